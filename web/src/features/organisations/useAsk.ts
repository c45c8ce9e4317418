"use client";

import type { ApprovalRequest } from "@cse/client";
import { useTranslations } from "next-intl";
import { showToast } from "@/components/Toast";
import { withStepUp } from "@/features/stepUp/stepUp";
import { useChanged } from "./useOrganisation";

/** Asks for what may take others, and says whether it is done or waits for them. */
export function useAsk(): (work: () => Promise<ApprovalRequest>) => Promise<ApprovalRequest> {
  const t = useTranslations("organisations");
  const changed = useChanged();
  return async (work) => {
    try {
      const request = await withStepUp(work);
      const isOpen = request.state === "open";
      showToast({
        key: `request ${request.id}`,
        tone: isOpen ? "info" : "good",
        title: t(isOpen ? "asked" : "done"),
      });
      return request;
    } finally {
      await changed();
    }
  };
}
