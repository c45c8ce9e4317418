"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { showToast } from "@/components/Toast";
import { useErrorWords } from "@/providers/errorWords";
import { cancelOrder } from "@/providers/own/cancelling";
import type { TrackedOrder } from "@/providers/own/orderState";
import { cancelParts } from "@/providers/own/own";

/** Cancels one order and says how that ended: cancelled, filled first, or not known yet. */
export function useCancel(): (tracked: TrackedOrder) => Promise<void> {
  const t = useTranslations("own.toasts");
  const errors = useErrorWords();
  return useCallback(
    async (tracked) => {
      const key = `order.${tracked.key}`;
      const outcome = await cancelOrder(cancelParts(), tracked.key);
      switch (outcome.kind) {
        case "cancelled":
          return showToast({ key, tone: "info", title: t("cancelled") });
        case "filled_first":
          return showToast({ key, tone: "info", title: t("filledFirstTitle"), body: t("filledFirst") });
        case "already_closed":
          return showToast({ key, tone: "info", title: t("alreadyClosed") });
        case "unknown":
          return showToast({ key, tone: "error", title: t("cancelUnknown"), body: t("cancelUnknownText") });
        case "refused":
          return showToast({
            key,
            tone: "error",
            title: t("cancelRefused"),
            body: errors(outcome.error).happened,
          });
      }
    },
    [errors, t],
  );
}
