import { pairOf, type Ticker } from "@cse/client";
import { csvText } from "@/components/csv";
import { compareDecimals, dayChangePpm, tickerSpreadPpm } from "@/providers/market/change";
import type { Listing } from "@/providers/market/markets";

/** What is shown of the markets; all of it stands in the address. */
export interface View {
  readonly tab: Tab;
  readonly category: string;
  readonly query: string;
  readonly sort: SortKey;
  readonly descending: boolean;
}

export const TABS = ["all", "starred", "rising", "falling"] as const;
export type Tab = (typeof TABS)[number];

const SORTS = ["name", "price", "change", "volume", "spread", "high", "low", "trades"] as const;
export type SortKey = (typeof SORTS)[number];

/** The view that an address names; what it does not know is left at its default. */
export function viewOf(search: URLSearchParams): View {
  const tab = search.get("view");
  const sort = search.get("sort") ?? "";
  const key = sort.replace(/^-/, "");
  const known = (SORTS as readonly string[]).includes(key);
  return {
    tab: (TABS as readonly (string | null)[]).includes(tab) ? (tab as Tab) : "all",
    category: search.get("category") ?? "",
    query: (search.get("q") ?? "").slice(0, 64),
    sort: known ? (key as SortKey) : "volume",
    descending: known ? sort.startsWith("-") : true,
  };
}

/** How an address names a sort; null for the default one. */
export function sortText(sort: SortKey, descending: boolean): string | null {
  if (sort === "volume" && descending) return null;
  return `${descending ? "-" : ""}${sort}`;
}

/** What an address says of no view: the parts of it that a view has. */
const VIEW_OF_NONE = { view: null, sort: null, category: null, q: null } as const;

/** What becomes of an address that is to show a saved view; what is no part of a view stays as it is. */
export function toSaved(search: string): Record<keyof typeof VIEW_OF_NONE, string | null> {
  const saved = new URLSearchParams(searchOf(viewOf(new URLSearchParams(search))));
  return { ...VIEW_OF_NONE, ...Object.fromEntries(saved) };
}

/** The query of an address that names the view. */
export function searchOf({ tab, category, query, sort, descending }: View): string {
  const search = new URLSearchParams();
  if (tab !== "all") search.set("view", tab);
  if (category) search.set("category", category);
  if (query) search.set("q", query);
  const ordered = sortText(sort, descending);
  if (ordered !== null) search.set("sort", ordered);
  return search.toString();
}

/** The rows of a view in their order. */
export function rowsOf(
  listings: readonly Listing[],
  view: View,
  tickerOf: (market: string) => Ticker | undefined,
  starred: readonly string[],
): Listing[] {
  const wanted = fold(view.query);
  const rows = listings.filter((listing) => {
    if (view.category && listing.creator?.category !== view.category) return false;
    if (wanted && !fold(`${listing.name} ${listing.market} ${pairOf(listing.market)}`).includes(wanted)) {
      return false;
    }
    if (view.tab === "starred") return starred.includes(listing.market);
    if (view.tab === "all") return true;
    const change = dayChangePpm(tickerOf(listing.market)) ?? 0n;
    return view.tab === "rising" ? change > 0n : change < 0n;
  });
  const compare = comparison(view.sort, tickerOf);
  return rows.sort(
    (a, b) => (view.descending ? -compare(a, b) : compare(a, b)) || (a.market < b.market ? -1 : 1),
  );
}

/** Without case and marks, so that "Nóva" is found by "nova". */
function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase().trim();
}

type Comparison = (a: Listing, b: Listing) => number;

function comparison(sort: SortKey, tickerOf: (market: string) => Ticker | undefined): Comparison {
  const decimals = (field: (ticker: Ticker) => string | null): Comparison => {
    const value = (listing: Listing) => {
      const ticker = tickerOf(listing.market);
      return ticker ? field(ticker) : null;
    };
    return (a, b) => compareDecimals(value(a), value(b));
  };
  const parts = (value: (ticker: Ticker | undefined) => bigint | null): Comparison => {
    return (a, b) => {
      const left = value(tickerOf(a.market));
      const right = value(tickerOf(b.market));
      if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
      return left < right ? -1 : left > right ? 1 : 0;
    };
  };
  switch (sort) {
    case "name":
      return (a, b) => a.name.localeCompare(b.name);
    case "price":
      return decimals((ticker) => ticker.last_price);
    case "high":
      return decimals((ticker) => ticker.high_24h);
    case "low":
      return decimals((ticker) => ticker.low_24h);
    case "volume":
      return decimals((ticker) => ticker.quote_volume_24h);
    case "trades":
      return decimals((ticker) => String(ticker.trades_24h));
    case "change":
      return parts(dayChangePpm);
    case "spread":
      return parts(tickerSpreadPpm);
  }
}

const HEAD = [
  "market",
  "name",
  "last_price",
  "open_24h",
  "high_24h",
  "low_24h",
  "quote_volume_24h",
  "trades_24h",
  "status",
] as const;

/** The filtered rows, whole, as a table for other programs: the exchange's own figures, unrounded. */
export function csvOf(rows: readonly Listing[], tickerOf: (market: string) => Ticker | undefined): string {
  return csvText(
    HEAD,
    rows.map((listing) => {
      const facts = { ...tickerOf(listing.market), ...listing };
      return HEAD.map((name) => facts[name]);
    }),
  );
}
