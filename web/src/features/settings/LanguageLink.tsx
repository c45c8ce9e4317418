"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { classes } from "@/components/classes";
import { type Locale, localeOf, withoutLocale } from "@/i18n/locales";
import { rememberLanguage } from "@/i18n/rememberLanguage";
import { useAddressPath } from "@/i18n/useAddressPath";
import { usePreferences } from "@/providers/kept/preferences";
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
      onClick={() => {
        rememberLanguage(locale);
        usePreferences.getState().set({ language: locale });
      }}
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
