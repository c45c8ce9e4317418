"use client";

import {
  AccountsClient,
  type Balance,
  type HeldAccount,
  type HeldAccounts,
  type NewTransfer,
} from "@cse/client";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { exchange } from "./exchange";
import { EVENTS_KEY } from "./guarding";
import { useBalances } from "./own/own";
import { exchangeOf, useSession } from "./session";

const KEY = ["own", "accounts"] as const;
const TRANSFERS_KEY = ["own", "transfers"] as const;
const PAGE = 20;

const accounts = () => new AccountsClient(exchange().calls);

/**
 * This person's accounts, the main one first, archived ones too, and what each has. The one in use has
 * what the stream tells of it, so that play money and trades are seen here as everywhere else.
 */
export function useAccounts() {
  const account = useSession((session) => session.account);
  const live = useBalances().data;
  const query = useHeld(({ items }) => items);
  const data = useMemo(() => withLive(query.data, account, live), [query.data, account, live]);
  return { ...query, data };
}

/** The organisations that this person acts for, with their accounts. */
export function useOrganisations() {
  return useHeld(({ organisations }) => organisations);
}

function useHeld<Part>(select: (held: HeldAccounts) => Part) {
  const signedIn = useSession((session) => session.state === "user");
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => accounts().all({ signal }),
    enabled: signedIn,
    select,
  });
}

function withLive(
  held: readonly HeldAccount[] | undefined,
  account: string | null,
  live: ReadonlyMap<string, Balance> | null,
): readonly HeldAccount[] | undefined {
  if (live === null) return held;
  return held?.map((one) => (one.account.id === account ? { ...one, balances: [...live.values()] } : one));
}

/** What came to an account and left it, the latest first, page by page. */
export function useTransfers(account: string) {
  return useInfiniteQuery({
    queryKey: [...TRANSFERS_KEY, account],
    queryFn: ({ pageParam, signal }) =>
      new AccountsClient(exchangeOf(account).calls).transfers({ limit: PAGE, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    enabled: account !== "",
  });
}

/** What can be done with them; each is followed by a new look, whatever came of it. */
export function useAccountChanges() {
  const queries = useQueryClient();
  async function after<Result>(change: Promise<Result>): Promise<Result> {
    try {
      return await change;
    } finally {
      await Promise.all(
        [KEY, TRANSFERS_KEY, EVENTS_KEY].map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
    }
  }
  return {
    open: (name: string) => after(accounts().open(name)),
    rename: (id: string, name: string) => after(accounts().rename(id, name)),
    archive: (id: string) => after(accounts().archive(id)),
    restore: (id: string) => after(accounts().restore(id)),
    transfer: (wish: NewTransfer & { idempotencyKey: string }) => after(accounts().transfer(wish)),
    looked: () => void queries.invalidateQueries({ queryKey: KEY }),
  };
}

/** Those that are in use. */
export function inUse(held: readonly HeldAccount[] | undefined): readonly HeldAccount[] {
  return held?.filter(({ account }) => account.archived_at === null) ?? [];
}
