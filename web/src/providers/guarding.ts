"use client";

import type { CallOptions } from "@cse/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSession } from "@/providers/session";

/** What guards an account, each looked at by itself. */
type Guarding = "email" | "keys" | "security" | "sessions";

/** What happened to the account: whatever guards it, a change of it is told there. */
export const EVENTS_KEY = ["own", "events"] as const;

const keyOf = (what: Guarding) => ["own", what] as const;

/** Something that guards this person's account; asked for once somebody is signed in. */
export function useGuarding<Found>(what: Guarding, look: (options: CallOptions) => Promise<Found>) {
  const signedIn = useSession((session) => session.state === "user");
  return useQuery({ queryKey: keyOf(what), queryFn: ({ signal }) => look({ signal }), enabled: signedIn });
}

/** Has it looked at anew. */
export function useGuardingChanged(what: Guarding): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all([keyOf(what), EVENTS_KEY].map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
}

/** Makes changes that are followed by a new look, whatever came of them. */
export function useGuardingChange(what: Guarding): <Result>(change: Promise<Result>) => Promise<Result> {
  const changed = useGuardingChanged(what);
  return async (change) => {
    try {
      return await change;
    } finally {
      await changed();
    }
  };
}
