"use client";

import type { AbstractIntlMessages } from "next-intl";
import { useLocale } from "next-intl";
import { useEffect, useState } from "react";
import type ordering from "#messages/en/ordering.json";
import type { Locale } from "@/i18n/locales";

export type OrderingWords = typeof ordering;

/** The words about ordering, as they are written; what has something to fill in is not for showing. */
export async function orderingWords(locale: Locale): Promise<OrderingWords> {
  const { LATE_WORDS } = await import("@/i18n/lateWords");
  return (await LATE_WORDS.ordering[locale]()).default;
}

/** The same words for `useTranslations("ordering")`, null until they are needed and have come. */
export function useOrderingWords(needed = true): AbstractIntlMessages | null {
  const locale = useLocale();
  const [words, setWords] = useState<AbstractIntlMessages | null>(null);
  useEffect(() => {
    if (!needed) return;
    let gone = false;
    void orderingWords(locale).then((found) => {
      if (!gone) setWords({ ordering: fillable(found) as AbstractIntlMessages });
    });
    return () => {
      gone = true;
    };
  }, [locale, needed]);
  return words;
}

/**
 * Messages as the formatter takes them, which has no parser: `["at ", ["price"]]` for `at {price}`. These
 * words have names to fill in and nothing else: no plurals, no tags.
 */
export function fillable(words: unknown): unknown {
  if (typeof words === "string") {
    if (!words.includes("{")) return words;
    const parts = words.split(/\{(\w+)\}/).map((part, at) => (at % 2 === 1 ? [part] : part));
    return parts.filter((part) => part !== "");
  }
  return Object.fromEntries(
    Object.entries(words as Record<string, unknown>).map(([key, inner]) => [key, fillable(inner)]),
  );
}
