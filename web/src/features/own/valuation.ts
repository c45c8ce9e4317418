import { type Balance, decimalsOf, parseUnits, type Ticker } from "@cse/client";
import {
  type AssetFacts,
  type Listing,
  type Listings,
  VALUE_ASSET,
  valueDecimals,
  valuedIn,
} from "@/providers/market/markets";
import { worth } from "./worth";

/** One asset of a portfolio. Amounts are units of the asset, values units of the value asset. */
export interface Holding {
  readonly asset: AssetFacts;
  readonly listing: Listing | null;
  readonly available: bigint;
  readonly locked: bigint;
  readonly total: bigint;
  /** Null where there is no last price. */
  readonly value: bigint | null;
  /** What the same amount was worth 24 hours ago; null where that is not known. */
  readonly valueBefore: bigint | null;
}

export interface Valuation {
  /** The most valuable first, then those without a price, money last; nothing that is zero. */
  readonly holdings: readonly Holding[];
  /** The sum of what has a price; null where nothing of it has. */
  readonly total: bigint | null;
  /** Change of what the total counts against its worth a day ago; null unless all of that is known. */
  readonly dayChange: bigint | null;
  readonly decimals: number;
  /** Assets whose price is not known, so that the total is without them. */
  readonly unpriced: readonly string[];
}

/** What balances are worth at the last prices. */
export function valuation(
  balances: readonly Balance[],
  listings: Listings,
  tickerOf: (market: string) => Ticker | undefined,
): Valuation {
  const decimals = valueDecimals(listings);
  const holdings = balances
    .map((balance) => holdingOf(balance, listings, tickerOf, decimals))
    .filter((holding) => holding.total > 0n)
    .sort(byValue);
  const priced = holdings.filter((holding) => holding.value !== null);
  const known = priced.length > 0 || holdings.length === 0;
  const total = known ? sum(priced.map((holding) => holding.value ?? 0n)) : null;
  const before = priced.map((holding) => holding.valueBefore);
  const dayChange =
    total !== null && before.every((value) => value !== null) ? total - sum(before as bigint[]) : null;
  const unpriced = holdings.filter((holding) => holding.value === null).map((holding) => holding.asset.asset);
  return { holdings, total, dayChange, decimals, unpriced };
}

function holdingOf(
  balance: Balance,
  listings: Listings,
  tickerOf: (market: string) => Ticker | undefined,
  decimals: number,
): Holding {
  const asset =
    listings.assets.get(balance.asset) ?? unlisted(balance.asset, balance.available, balance.locked);
  const available = parseUnits(balance.available, asset.decimals);
  const locked = parseUnits(balance.locked, asset.decimals);
  const total = available + locked;
  if (asset.asset === VALUE_ASSET) {
    return { asset, listing: null, available, locked, total, value: total, valueBefore: total };
  }
  const listing = listings.byMarket.get(valuedIn(asset.asset)) ?? null;
  const ticker = listing ? tickerOf(listing.market) : undefined;
  const at = (price: string | null | undefined) =>
    price == null ? null : worth(total, asset.decimals, price, decimals);
  return {
    asset,
    listing,
    available,
    locked,
    total,
    value: at(ticker?.last_price),
    valueBefore: at(ticker?.open_24h),
  };
}

/** An asset that came after the listings: what is held of it has no price, and is not left out of sums. */
export function unlisted(asset: string, ...amounts: string[]): AssetFacts {
  return { asset, decimals: Math.max(...amounts.map(decimalsOf)), name: asset, cover: null, demo: false };
}

function byValue(a: Holding, b: Holding): number {
  // Money stands last: it is what is left.
  const money = Number(a.asset.asset === VALUE_ASSET) - Number(b.asset.asset === VALUE_ASSET);
  if (money !== 0) return money;
  if (a.value === null || b.value === null) {
    if (a.value === b.value) return a.asset.asset < b.asset.asset ? -1 : 1;
    return a.value === null ? 1 : -1;
  }
  return a.value > b.value ? -1 : a.value < b.value ? 1 : 0;
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
