import { type PortfolioView, type PositionView, parseUnits, partPpm, type Ticker } from "@cse/client";
import { csvText } from "@/components/csv";
import { unlisted } from "@/features/own/valuation";
import { worth } from "@/features/own/worth";
import {
  type AssetFacts,
  type Listing,
  type Listings,
  VALUE_ASSET,
  valueDecimals,
  valuedIn,
} from "@/providers/market/markets";

/** A position at the last prices. Values are units of the value asset; null is what nobody knows. */
export interface Position {
  readonly asset: AssetFacts;
  readonly listing: Listing | null;
  /** What its value is worked out of, so that a row shows no other price beside it. */
  readonly ticker: Ticker | undefined;
  /** The value asset itself, which has no cost and no gain. */
  readonly isMoney: boolean;
  readonly amount: bigint;
  readonly averageCost: string | null;
  readonly value: bigint | null;
  readonly sharePpm: bigint | null;
  readonly cost: bigint | null;
  readonly unrealised: bigint | null;
  readonly unrealisedPpm: bigint | null;
  readonly realised: bigint | null;
  readonly fees: bigint | null;
}

/** The markets whose prices positions are valued by. */
export function marketsOf(view: PortfolioView | undefined, listings: Listings | undefined): string[] {
  const names = (view?.positions ?? []).map((one) => valuedIn(one.asset));
  return names.filter((market) => listings?.byMarket.has(market));
}

/** All positions, the most valuable first and money last, and what they come to. */
export interface Positions {
  readonly rows: readonly Position[];
  readonly decimals: number;
  /** Null where something that is held has no price: `pricedValue` is what all else is worth. */
  readonly value: bigint | null;
  readonly pricedValue: bigint;
  readonly unpriced: readonly string[];
  readonly unrealised: bigint | null;
  readonly unrealisedPpm: bigint | null;
  readonly realised: bigint | null;
  readonly fees: bigint | null;
  readonly creatorShare: bigint | null;
  readonly putIn: bigint | null;
  readonly takenOut: bigint | null;
  readonly gain: bigint | null;
  readonly gainPpm: bigint | null;
  /** The first transfer's time. */
  readonly since: string | null;
}

/** What the exchange says of the account, at the prices that every other page shows. */
export function positionsOf(
  view: PortfolioView,
  listings: Listings,
  tickerOf: (market: string) => Ticker | undefined,
): Positions {
  const decimals = valueDecimals(listings);
  const money = (text: string | null) => (text === null ? null : parseUnits(text, decimals));
  const found = view.positions.map((one) => rowOf(one, listings, tickerOf, decimals));
  const value = sum(found.map((row) => row.value));
  const tokens = found.filter((row) => !row.isMoney);
  const unpriced = found.filter((row) => row.value === null);
  const unrealised = sum(tokens.map((row) => row.unrealised));
  const cost = sum(tokens.map((row) => row.cost));
  const [putIn, takenOut] = [money(view.put_in), money(view.taken_out)];
  const gain = value === null || putIn === null || takenOut === null ? null : value - putIn + takenOut;
  return {
    rows: found.map((row) => ({ ...row, sharePpm: partPpm(row.value, value) })).sort(byValue),
    decimals,
    value,
    pricedValue: found.reduce((total, row) => total + (row.value ?? 0n), 0n),
    unpriced: unpriced.map((row) => row.asset.asset),
    unrealised,
    unrealisedPpm: partPpm(unrealised, cost),
    realised: money(view.realised),
    fees: money(view.fees),
    creatorShare: money(view.creator_share),
    putIn,
    takenOut,
    gain,
    gainPpm: partPpm(gain, putIn),
    since: view.since,
  };
}

function rowOf(
  one: PositionView,
  listings: Listings,
  tickerOf: (market: string) => Ticker | undefined,
  decimals: number,
): Position {
  const asset = listings.assets.get(one.asset) ?? unlisted(one.asset, one.amount);
  const units = (text: string | null) => (text === null ? null : parseUnits(text, decimals));
  const amount = parseUnits(one.amount, asset.decimals);
  const isMoney = asset.asset === VALUE_ASSET;
  const listing = listings.byMarket.get(valuedIn(asset.asset)) ?? null;
  const ticker = listing ? tickerOf(listing.market) : undefined;
  const price = ticker?.last_price;
  const priced = price == null ? null : worth(amount, asset.decimals, price, decimals);
  const value = isMoney ? amount : amount === 0n ? 0n : priced;
  const cost = units(one.cost);
  const unrealised = value === null || cost === null ? null : value - cost;
  return {
    asset,
    listing,
    ticker,
    isMoney,
    amount,
    averageCost: one.average_cost,
    value,
    sharePpm: null,
    cost,
    unrealised,
    unrealisedPpm: partPpm(unrealised, cost),
    realised: units(one.realised),
    fees: units(one.fees),
  };
}

/** The sum; not known where a part is not. */
function sum(values: readonly (bigint | null)[]): bigint | null {
  return values.reduce<bigint | null>(
    (total, value) => (total === null || value === null ? null : total + value),
    0n,
  );
}

function byValue(a: Position, b: Position): number {
  if (a.isMoney !== b.isMoney) return a.isMoney ? 1 : -1;
  const [left, right] = [a.value ?? -1n, b.value ?? -1n];
  return left > right ? -1 : left < right ? 1 : 0;
}

const FIELDS = [
  "asset",
  "amount",
  "average_cost",
  "cost",
  "last_price",
  "value",
  "share_ppm",
  "unrealised",
  "unrealised_ppm",
  "realised",
  "fees",
] as const satisfies readonly (keyof PositionView)[];

/** Positions as a table for other programs: the exchange's own words and figures, unrounded. */
export function positionsCsv(view: PortfolioView): string {
  return csvText(
    FIELDS,
    view.positions.map((one) => FIELDS.map((field) => one[field])),
  );
}
