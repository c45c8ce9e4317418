"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { exchange } from "@/providers/exchange";
import { useSession } from "@/providers/session";

const KEY = ["own", "security"] as const;

/** What guards this person's account; asked for once somebody is signed in. */
export function useSecurity() {
  const signedIn = useSession((session) => session.state === "user");
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => exchange().security({ signal }),
    enabled: signedIn,
  });
}

/** Has what guards the account looked at anew. */
export function useSecurityChanged(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: KEY });
}
