"use client";

import type { Fill, Order } from "@cse/client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { exchangeOf, useSession } from "../session";
import { pagesKey, useOwn } from "./own";
import { mergedFills } from "./ownStore";

const PAGE = 50;
/** A list of the past that is fetched page by page, newest first. */
export interface Past<Item> {
  /** Null until the first page is there. */
  readonly items: readonly Item[] | null;
  /** Why the last page that was asked for is not there. */
  readonly error: unknown;
  readonly hasOlder: boolean;
  readonly isLoadingOlder: boolean;
  older(): void;
  retry(): void;
}

/** Closed orders, of a market or of all; only while somebody looks at them. */
export function useClosedOrders(market: string | null, looked: boolean): Past<Order> {
  const { account, client } = useOwnClient();
  const query = usePages([...pagesKey("closed"), account, market], looked, (cursor, signal) =>
    client().orders({ status: "closed", limit: PAGE, cursor, market: market ?? undefined }, { signal }),
  );
  return {
    ...query,
    items: useMemo(() => query.pages?.flatMap((page) => page.items) ?? null, [query.pages]),
  };
}

/** Fills, of a market or of all: what the streams told before what was fetched. */
export function useFills(market: string | null, looked: boolean): Past<Fill> {
  const recent = useOwn((state) => state.fills);
  const { account, client } = useOwnClient();
  const query = usePages([...pagesKey("fills"), account, market], looked, (cursor, signal) =>
    client().fills({ limit: PAGE, cursor, market: market ?? undefined }, { signal }),
  );
  const items = useMemo(() => {
    const told = market === null ? recent : recent.filter((fill) => fill.market === market);
    const fetched = query.pages?.flatMap((page) => page.items);
    // None that the streams told of may only mean that the newest ones were in other markets.
    if (!fetched) return told.length > 0 ? told : null;
    return mergedFills(fetched, told);
  }, [query.pages, recent, market]);
  return { ...query, items };
}

/** The account that the tab is about, and what its pages are fetched by. */
function useOwnClient() {
  const account = useSession((state) => state.account);
  return { account, client: () => exchangeOf(account) };
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

export function usePages<Item>(
  queryKey: readonly (string | null)[],
  looked: boolean,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
) {
  const signedIn = useSession((state) => state.state === "user");
  const query = useInfiniteQuery({
    queryKey,
    enabled: signedIn && looked,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  return {
    pages: query.data?.pages ?? null,
    error: query.error,
    hasOlder: query.hasNextPage,
    isLoadingOlder: query.isFetchingNextPage,
    older: () => void query.fetchNextPage(),
    retry: () => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch()),
  };
}
