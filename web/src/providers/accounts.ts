"use client";

import { AccountsClient, type HeldAccount, type NewTransfer } from "@cse/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { exchange } from "./exchange";
import { EVENTS_KEY } from "./guarding";
import { useSession } from "./session";

const KEY = ["own", "accounts"] as const;

const accounts = () => new AccountsClient(exchange().calls);

/** This person's accounts, the main one first, archived ones too, and what each has. */
export function useAccounts() {
  const signedIn = useSession((session) => session.state === "user");
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => accounts().list({ signal }),
    enabled: signedIn,
  });
}

/** What can be done with them; each is followed by a new look, whatever came of it. */
export function useAccountChanges() {
  const queries = useQueryClient();
  async function after<Result>(change: Promise<Result>): Promise<Result> {
    try {
      return await change;
    } finally {
      await Promise.all([KEY, EVENTS_KEY].map((queryKey) => queries.invalidateQueries({ queryKey })));
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
