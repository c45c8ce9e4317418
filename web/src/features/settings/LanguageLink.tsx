"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { classes } from "@/components/classes";
import { type Locale, localeOf, withoutLocale } from "@/i18n/locales";
import { useAddressPath } from "@/i18n/useAddressPath";
import styles from "./LanguageLink.module.css";

/** The same page in another language. A whole load: direction and words change everywhere at once. */
export function LanguageLink({
  locale,
  children,
  className,
}: {
  locale: Locale;
  children: ReactNode;
  className?: string;
}) {
  // The language of a page is the same in both; only the rest of the path is the browser's to tell.
  const routed = usePathname();
  const pathname = useAddressPath() ?? routed;
  const here = localeOf(routed) === locale;
  return (
    <a
      href={languagePath(pathname, locale)}
      hrefLang={locale}
      lang={locale}
      aria-current={here ? "true" : undefined}
      className={classes(!here && styles.foreign, className)}
      onClick={() => rememberLanguage(locale)}
    >
      {children}
    </a>
  );
}

/** The path of the same page in `locale`. */
export function languagePath(pathname: string, locale: Locale): string {
  const rest = withoutLocale(pathname);
  return `/${locale}${rest === "/" ? "" : rest}`;
}

/** Kept for a year, for paths without a language; the server reads it. By TLS its name is bound to the host. */
export function rememberLanguage(locale: Locale): void {
  const [prefix, secure] = location.protocol === "https:" ? ["__Host-", "; secure"] : ["", ""];
  // biome-ignore lint/suspicious/noDocumentCookie: the store that would replace it is not everywhere yet
  document.cookie = `${prefix}cse_locale=${locale}; path=/; max-age=31536000; samesite=lax${secure}`;
}
