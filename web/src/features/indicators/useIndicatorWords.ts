"use client";

import type { AbstractIntlMessages } from "next-intl";
import { useLocale } from "next-intl";
import { useEffect, useState } from "react";
import type { Locale } from "@/i18n/locales";

/** Words of a language that come with what needs them, not with the page; none of them fills anything in. */
const WORDS: Record<Locale, () => Promise<{ default: AbstractIntlMessages }>> = {
  en: () => import("../../../messages/en/indicators.json"),
  ar: () => import("../../../messages/ar/indicators.json"),
};

/** The words of indicators, null until they have come. */
export function useIndicatorWords(): AbstractIntlMessages | null {
  const locale = useLocale();
  const [words, setWords] = useState<AbstractIntlMessages | null>(null);
  useEffect(() => {
    let gone = false;
    void WORDS[locale]().then((found) => {
      if (!gone) setWords({ indicators: found.default });
    });
    return () => {
      gone = true;
    };
  }, [locale]);
  return words;
}
