import type { AbstractIntlMessages } from "next-intl";
import { useLateWords } from "@/i18n/useLateWords";

/** The words of what is done on a chart, null until they have come. */
export function useChartingWords(): AbstractIntlMessages | null {
  return useLateWords("charting");
}
