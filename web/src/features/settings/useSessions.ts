"use client";

import type { SessionView } from "@cse/client";
import { account } from "@/providers/account";
import { useGuarding, useGuardingChange } from "@/providers/guarding";

/** Where this person is signed in. */
export function useSessions() {
  return useGuarding("sessions", (options) => account().sessions(options));
}

/** What can be done with sessions. */
export function useSessionChanges() {
  const after = useGuardingChange("sessions");
  return {
    name: (session: SessionView, name: string) =>
      after(account().nameSession(session.id, name.trim() === "" ? null : name)),
    end: (session: SessionView) => after(account().endSession(session.id)),
    endOthers: () => after(account().endOtherSessions()),
  };
}
