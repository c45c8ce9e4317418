"use client";

import type { Balance, BalancesFrame, Fill, FillsFrame, Order, OrdersFrame } from "@cse/client";
import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { exchange, liveStreams } from "./exchange";
import { useSession } from "./session";

/** Keys of a person's own data; all begin with `own`, so that they go when the person does. */
const BALANCES = ["own", "balances"] as const;
const OPEN = ["own", "orders", "open"] as const;
const CLOSED = ["own", "orders", "closed"] as const;
const FILLS = ["own", "fills"] as const;
const PAGE = 50;

/** What the person has: fetched once, then as the exchange says it over the socket. */
export function useBalances() {
  const signedIn = useSession((state) => state.state === "user");
  const queries = useQueryClient();
  useEffect(() => {
    if (!signedIn) return;
    return liveStreams().subscribe("user.balances", (frame) => {
      queries.setQueryData<Balance[]>(BALANCES, (held) => foldBalances(held ?? [], frame));
    });
  }, [signedIn, queries]);
  return useQuery({
    queryKey: BALANCES,
    enabled: signedIn,
    queryFn: async ({ signal }) => (await exchange().balances({ signal })).items,
  });
}

export function useOpenOrders() {
  const signedIn = useSession((state) => state.state === "user");
  const queries = useQueryClient();
  useEffect(() => {
    if (!signedIn) return;
    return liveStreams().subscribe("user.orders", (frame) => {
      queries.setQueryData<Order[]>(OPEN, (held) => foldOpenOrders(held ?? [], frame));
      if (frame.orders.some((order) => order.status !== "open")) {
        void queries.invalidateQueries({ queryKey: CLOSED });
      }
    });
  }, [signedIn, queries]);
  return useQuery({
    queryKey: OPEN,
    enabled: signedIn,
    queryFn: async ({ signal }) =>
      (await exchange().orders({ status: "open", limit: 500 }, { signal })).items,
  });
}

/** Closed orders, newest first, page by page; only while somebody looks at them. */
export function useClosedOrders(looked: boolean) {
  const signedIn = useSession((state) => state.state === "user");
  return useInfiniteQuery({
    queryKey: CLOSED,
    enabled: signedIn && looked,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      exchange().orders({ status: "closed", limit: PAGE, cursor: pageParam }, { signal }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** Fills, newest first, page by page. */
export function useFills(looked: boolean) {
  const signedIn = useSession((state) => state.state === "user");
  const queries = useQueryClient();
  useEffect(() => {
    if (!signedIn || !looked) return;
    return liveStreams().subscribe("user.fills", (frame) => {
      queries.setQueryData<FillPages>(FILLS, (held) => held && foldFills(held, frame));
    });
  }, [signedIn, looked, queries]);
  return useInfiniteQuery({
    queryKey: FILLS,
    enabled: signedIn && looked,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => exchange().fills({ limit: PAGE, cursor: pageParam }, { signal }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** Says that the person's own data has changed by something that was done here. */
export function useOwnChanged(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ["own"] });
}

export function foldBalances(held: readonly Balance[], frame: BalancesFrame): Balance[] {
  if (frame.reset) return [...frame.balances];
  const told = new Map(frame.balances.map((balance) => [balance.asset, balance]));
  const kept = held.map((balance) => told.get(balance.asset) ?? balance);
  const known = new Set(held.map((balance) => balance.asset));
  return [...kept, ...frame.balances.filter((balance) => !known.has(balance.asset))];
}

/** Newest first; orders that have closed fall out. */
export function foldOpenOrders(held: readonly Order[], frame: OrdersFrame): Order[] {
  const told = new Map(frame.orders.map((order) => [order.id, order]));
  const others = frame.reset ? [] : held.filter((order) => !told.has(order.id));
  const open = [...told.values()].filter((order) => order.status === "open");
  return [...open, ...others].sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
}

type FillPage = Awaited<ReturnType<ReturnType<typeof exchange>["fills"]>>;
type FillPages = InfiniteData<FillPage, string | undefined>;

/** New fills before the first page; those that are known already are left out. */
export function foldFills(held: FillPages, frame: FillsFrame): FillPages {
  const known = new Set(held.pages.flatMap((page) => page.items.map(fillKey)));
  const fresh = frame.fills.filter((fill) => !known.has(fillKey(fill))).reverse();
  const [first, ...rest] = held.pages;
  if (fresh.length === 0 || !first) return held;
  return { ...held, pages: [{ ...first, items: [...fresh, ...first.items] }, ...rest] };
}

/** One trade may have the person on both sides. */
function fillKey(fill: Fill): string {
  return `${fill.trade_id} ${fill.order_id}`;
}
