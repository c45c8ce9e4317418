"use client";

import type ordering from "#messages/en/ordering.json";
import type { Locale } from "@/i18n/locales";
import { lateWords } from "@/i18n/useLateWords";

type OrderingWords = typeof ordering;

/** The words about ordering, as they are written. */
export async function orderingWords(locale: Locale): Promise<OrderingWords> {
  return (await lateWords("ordering", locale)) as OrderingWords;
}
