"use client";

import type { SessionView } from "@cse/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { exchange } from "@/providers/exchange";
import { useSession } from "@/providers/session";

const KEY = ["own", "sessions"] as const;

/** Where this person is signed in; asked for once somebody is. */
export function useSessions() {
  const signedIn = useSession((session) => session.state === "user");
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => exchange().sessions({ signal }),
    enabled: signedIn,
  });
}

/** What can be done with sessions; each change is followed by a new look. */
export function useSessionChanges() {
  const queries = useQueryClient();
  const after = async <Result>(change: Promise<Result>): Promise<Result> => {
    try {
      return await change;
    } finally {
      await queries.invalidateQueries({ queryKey: KEY });
    }
  };
  return {
    name: (session: SessionView, name: string) =>
      after(exchange().nameSession(session.id, name.trim() === "" ? null : name)),
    end: (session: SessionView) => after(exchange().endSession(session.id)),
    endOthers: () => after(exchange().endOtherSessions()),
  };
}
