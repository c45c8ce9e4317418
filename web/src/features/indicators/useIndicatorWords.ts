import type { AbstractIntlMessages } from "next-intl";
import { useLateWords } from "@/i18n/useLateWords";

/** The words of indicators, null until they have come. */
export function useIndicatorWords(): AbstractIntlMessages | null {
  return useLateWords("indicators");
}
