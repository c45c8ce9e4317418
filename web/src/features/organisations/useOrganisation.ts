"use client";

import { OrganisationsClient } from "@cse/client";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { exchange } from "@/providers/exchange";
import { useSession } from "@/providers/session";

const LOOK_MS = 10_000;
const key = (id: string, what: string) => ["own", "organisation", id, what] as const;

let client: OrganisationsClient | undefined;

/** How this tab's person acts in organisations. */
export function organisations(): OrganisationsClient {
  client ??= new OrganisationsClient(exchange().calls);
  return client;
}

export function useOne(id: string) {
  const signedIn = useSession((session) => session.state === "user");
  return useQuery({
    queryKey: key(id, "one"),
    queryFn: ({ signal }) => organisations().one(id, { signal }),
    enabled: signedIn,
  });
}

/** What was asked for; others ask as well, so it is looked at now and then. */
export function useApprovals(id: string) {
  return useQuery({
    queryKey: key(id, "requests"),
    queryFn: ({ signal }) => organisations().requests(id, { signal }),
    refetchInterval: LOOK_MS,
  });
}

export function useHoldings(account: string) {
  return useQuery({
    queryKey: ["own", "organisation", "balances", account],
    queryFn: async ({ signal }) => (await exchange().forAccount(account).balances({ signal })).items,
  });
}

export function useLog(id: string) {
  return useInfiniteQuery({
    queryKey: key(id, "log"),
    queryFn: ({ pageParam, signal }) => organisations().log(id, pageParam, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** After anything that changes: all of it is looked at anew. */
export function useChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all(
      [
        ["own", "organisation"],
        ["own", "accounts"],
      ].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
  };
}
