import type { AbstractIntlMessages } from "next-intl";
import { type LateWords, useLateWords } from "@/i18n/useLateWords";

const WORDS: LateWords = {
  en: () => import("../../../messages/en/charting.json"),
  ar: () => import("../../../messages/ar/charting.json"),
};

/** The words of what is done on a chart, null until they have come. */
export function useChartingWords(): AbstractIntlMessages | null {
  return useLateWords("charting", WORDS);
}
