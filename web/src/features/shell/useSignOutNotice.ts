"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { showToast, useToasts } from "@/components/Toast";
import { useSession } from "@/providers/session";

const KEY = "session";

/** Says how a sign-out went, wherever it was asked for, and that one is still owed. */
export function useSignOutNotice(): void {
  const t = useTranslations("common");
  const signOut = useSession((session) => session.signOut);
  useEffect(() => {
    if (signOut === "done") showToast({ key: KEY, tone: "good", title: t("signedOut") });
    else if (signOut === "owed")
      showToast({ key: KEY, tone: "error", title: t("signOutFailed"), body: t("signOutOwed") });
    else useToasts.getState().dismiss(KEY);
  }, [signOut, t]);
}
