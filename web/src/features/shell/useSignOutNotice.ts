"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { showToast, useToasts } from "@/components/Toast";
import { useSession } from "@/providers/session";

const KEY = "session";

/** Says how a sign-out went, wherever it was asked for, that one is still owed, or that the session was ended. */
export function useSignOutNotice(): void {
  const t = useTranslations("common");
  const errors = useTranslations("errors.codes");
  const signOut = useSession((session) => session.signOut);
  const ended = useSession((session) => session.ended);
  useEffect(() => {
    if (signOut === "done") showToast({ key: KEY, tone: "good", title: t("signedOut") });
    else if (signOut === "owed")
      showToast({ key: KEY, tone: "error", title: t("signOutFailed"), body: t("signOutOwed") });
    // Whoever was away would take the page of a visitor for their own.
    else if (ended) showToast({ key: KEY, tone: "info", title: errors("session_ended"), lifeMs: 0 });
    else useToasts.getState().dismiss(KEY);
  }, [signOut, ended, t, errors]);
}
