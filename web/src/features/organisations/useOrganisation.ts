"use client";

import { type OrganisationAccount, OrganisationsClient, type OrganisationView } from "@cse/client";
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

/** One with its members and policy; others change it as well, so it is looked at now and then. */
export function useOne(id: string) {
  const signedIn = useSession((session) => session.state === "user");
  return useQuery({
    queryKey: key(id, "one"),
    queryFn: ({ signal }) => organisations().one(id, { signal }),
    enabled: signedIn,
    refetchInterval: LOOK_MS,
  });
}

/** What was asked for, also by others. */
export function useApprovals(id: string) {
  return useQuery({
    queryKey: key(id, "requests"),
    queryFn: ({ signal }) => organisations().requests(id, { signal }),
    refetchInterval: LOOK_MS,
  });
}

/** Its keys, looked at anew each time: others have them made by an approval. */
export function useKeys(id: string) {
  return useQuery({
    queryKey: key(id, "keys"),
    queryFn: ({ signal }) => organisations().keys(id, { signal }),
    staleTime: 0,
  });
}

/** Its accounts that are not archived, the main one first. */
export function inUseOf(of: OrganisationView): OrganisationAccount[] {
  return of.accounts.filter((one) => one.archived_at === null);
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

/** After one has left: what is still shown of it cannot be looked at any more, only the list. */
export function useLeft(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["own", "accounts"] });
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
