import type { Locale } from "./locales";

/** How each calls itself. */
export const LOCALE_NAMES: Record<Locale, string> = {
  en: "English",
  es: "Español",
  "pt-BR": "Português (Brasil)",
  de: "Deutsch",
  fr: "Français",
  ja: "日本語",
  ko: "한국어",
  "zh-CN": "简体中文",
  ar: "العربية",
};
