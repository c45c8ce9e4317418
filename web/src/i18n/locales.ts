/** Languages of the app. The first is the one of pages without a language. */
export const LOCALES = ["en", "es", "pt-BR", "de", "fr", "ja", "ko", "zh-CN", "ar"] as const;
export type Locale = (typeof LOCALES)[number];

export function isLocale(text: string | undefined): text is Locale {
  return LOCALES.includes(text as Locale);
}

export function directionOf(locale: Locale): "ltr" | "rtl" {
  return locale === "ar" ? "rtl" : "ltr";
}

/** The path without its language, starting with a slash. */
export function withoutLocale(pathname: string): string {
  const [, first, ...rest] = pathname.split("/");
  return isLocale(first) ? `/${rest.join("/")}` : pathname;
}

/** The language of a path, or the first one. */
export function localeOf(pathname: string): Locale {
  const first = pathname.split("/")[1];
  return isLocale(first) ? first : LOCALES[0];
}
