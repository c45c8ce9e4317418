"use client";

import type { NewApiKey } from "@cse/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { withStepUp } from "@/features/stepUp/stepUp";
import { exchange } from "@/providers/exchange";
import { useSession } from "@/providers/session";

const KEY = ["own", "keys"] as const;

/** This person's API keys; asked for once somebody is signed in. */
export function useApiKeys() {
  const signedIn = useSession((session) => session.state === "user");
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => exchange().apiKeys({ signal }),
    enabled: signedIn,
  });
}

/** What can be done with keys; each change is followed by a new look. */
export function useApiKeyChanges() {
  const queries = useQueryClient();
  const after = async <Result>(change: Promise<Result>): Promise<Result> => {
    try {
      return await change;
    } finally {
      await queries.invalidateQueries({ queryKey: KEY });
    }
  };
  return {
    make: (key: NewApiKey) => after(withStepUp(() => exchange().makeKey(key))),
    revoke: (id: string) => after(exchange().revokeKey(id)),
  };
}
