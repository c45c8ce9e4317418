"use client";

import type { Fill, LedgerEntry, Order } from "@cse/client";
import { useMemo } from "react";
import { usePreferences } from "@/providers/kept/preferences";
import { pagesKey, useOwn } from "@/providers/own/own";
import { mergedFills } from "@/providers/own/ownStore";
import { type Past, usePages } from "@/providers/own/pages";
import { exchangeOf, useSession } from "@/providers/session";
import { type Choice, queryOf } from "./choice";

const PAGE = 100;

/** Closed orders of a choice, newest first. */
export function useChosenOrders(choice: Choice): Past<Order> {
  const { account, query, key } = useAsked(choice);
  const found = usePages([...pagesKey("closed"), account, key], true, (cursor, signal) =>
    exchangeOf(account).orders({ ...query, status: "closed", limit: PAGE, cursor }, { signal }),
  );
  return { ...found, items: useItems(found.pages) };
}

/** Fills of a choice, newest first: what the streams told before what was fetched. */
export function useChosenFills(choice: Choice): Past<Fill> {
  const recent = useOwn((state) => state.fills);
  const { account, query, key } = useAsked(choice);
  const found = usePages([...pagesKey("fills"), account, key], true, (cursor, signal) =>
    exchangeOf(account).fills({ ...query, limit: PAGE, cursor }, { signal }),
  );
  const fetched = useItems(found.pages);
  const items = useMemo(
    () =>
      fetched &&
      mergedFills(
        fetched,
        recent.filter((fill) => isOf(fill, query)),
      ),
    [fetched, recent, query],
  );
  return { ...found, items };
}

/** Entries of the ledger of a choice, newest first. */
export function useLedger(choice: Choice): Past<LedgerEntry> {
  const { account, query, key } = useAsked(choice);
  const found = usePages([...pagesKey("ledger"), account, key], true, (cursor, signal) =>
    exchangeOf(account).ledger({ ...query, limit: PAGE, cursor }, { signal }),
  );
  return { ...found, items: useItems(found.pages) };
}

function useAsked(choice: Choice) {
  const account = useSession((state) => state.account);
  const zone = usePreferences((state) => state.timeZone);
  const key = JSON.stringify([choice, zone]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the choice
  const query = useMemo(() => queryOf(choice, zone), [key]);
  return { account, query, key };
}

function useItems<Item>(pages: readonly { readonly items: readonly Item[] }[] | null) {
  return useMemo(() => pages?.flatMap((page) => page.items) ?? null, [pages]);
}

function isOf(fill: Fill, { market, side, from, to }: Record<string, string | undefined>): boolean {
  const at = Date.parse(fill.time);
  return (
    (!market || fill.market === market) &&
    (!side || fill.side === side) &&
    (!from || at >= Date.parse(from)) &&
    (!to || at < Date.parse(to))
  );
}
