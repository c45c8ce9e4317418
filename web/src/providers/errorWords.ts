"use client";

import { ApiError, OutcomeUnknown } from "@cse/client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { PasskeyDeclined, PasskeyElsewhere } from "./passkey";

interface ErrorWords {
  /** What happened. */
  readonly happened: string;
  /** Whether money is safe; empty where no money was in play. */
  readonly money: string;
  /** What to do now; empty where the first sentence says it. */
  readonly next: string;
  /** What support asks for; empty where the exchange gave none. */
  readonly reference: string;
}

const NOTHING = { money: "", next: "", reference: "" } as const;

/** An error in the reader's language: what happened, money state, next step, by the API's stable code. */
export function useErrorWords(): (error: unknown) => ErrorWords {
  const t = useTranslations("errors");
  return useCallback(
    (error) => {
      if (error instanceof ApiError) {
        const known = `codes.${error.code}` as Parameters<typeof t.has>[0];
        const seconds = error.retryAfterS ?? 0;
        // What has no words here is said in the exchange's own, which are better than none.
        const own = error.code === "unrecognised" ? t("codes.unrecognised") : error.sentence;
        return {
          happened: t.has(known) ? t(known as "codes.unavailable", { seconds }) : own,
          money: error.moneyState === "unknown" ? t("money.unknown") : "",
          next: error.retryable ? t("next.retry") : "",
          reference: error.reference,
        };
      }
      if (error instanceof OutcomeUnknown) {
        const unknown = error.moneyState === "unknown";
        return {
          happened: t(unknown ? "noAnswerMoney" : "noAnswer"),
          money: unknown ? t("money.unknown") : t("money.none"),
          next: unknown ? "" : t("next.connection"),
          reference: "",
        };
      }
      if (error instanceof PasskeyDeclined) return { ...NOTHING, happened: t("passkeyDeclined") };
      if (error instanceof PasskeyElsewhere) return { ...NOTHING, happened: t("passkeyElsewhere") };
      return { happened: t("page"), money: t("money.none"), next: t("next.reload"), reference: "" };
    },
    [t],
  );
}
