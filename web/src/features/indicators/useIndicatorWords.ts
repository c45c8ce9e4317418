import type { AbstractIntlMessages } from "next-intl";
import { type LateWords, useLateWords } from "@/i18n/useLateWords";

const WORDS: LateWords = {
  en: () => import("../../../messages/en/indicators.json"),
  ar: () => import("../../../messages/ar/indicators.json"),
};

/** The words of indicators, null until they have come. */
export function useIndicatorWords(): AbstractIntlMessages | null {
  return useLateWords("indicators", WORDS);
}
