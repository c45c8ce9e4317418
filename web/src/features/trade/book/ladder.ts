/** The book of an auction as one ladder: both sides at each price, around the price that is indicated. */

import { groupLevels, type LevelPair } from "@cse/client";
import type { OwnLevels } from "./ownLevels";

/** Lots at a price of both sides, and one's own among them. */
export interface LadderRow {
  readonly price: bigint;
  readonly buy: bigint;
  readonly sell: bigint;
  readonly ownBuy: bigint;
  readonly ownSell: bigint;
}

interface Ladder {
  /** Highest price first; the last one is the nearest above the price indicated. */
  readonly above: readonly LadderRow[];
  /** At the very price. */
  readonly at: LadderRow | null;
  /** Highest first as well; the first is the nearest below. */
  readonly below: readonly LadderRow[];
  /** The most lots of one side in a row, to which all bars are drawn. */
  readonly largest: bigint;
}

interface Sides {
  readonly bids: readonly LevelPair[];
  readonly asks: readonly LevelPair[];
}

/** Whether somebody bids as much as, or more than, somebody else asks. */
export function isCrossed(book: Sides | null): boolean {
  const [bid, ask] = [book?.bids[0]?.[0], book?.asks[0]?.[0]];
  return bid !== undefined && ask !== undefined && bid >= ask;
}

/**
 * Rows of `multiple` ticks, at most `count` above and as many below the price that is indicated, or below
 * and above the middle of the best prices where none is. A bid stands at the multiple at or below its
 * price, an ask at the one at or above: what is shown at a price is ready to trade at it.
 */
export function ladderOf(
  { bids, asks }: Sides,
  indicated: bigint | null,
  multiple: bigint,
  count: number,
  own: OwnLevels,
): Ladder {
  const rows = new Map<bigint, LadderRow>();
  const put = (price: bigint, part: Partial<LadderRow>) => {
    const empty = { price, buy: 0n, sell: 0n, ownBuy: 0n, ownSell: 0n };
    rows.set(price, { ...(rows.get(price) ?? empty), ...part });
  };
  for (const row of groupLevels(bids, multiple, "bids", bids.length, own.bids)) {
    put(row.price, { buy: row.quantity, ownBuy: row.own });
  }
  for (const row of groupLevels(asks, multiple, "asks", asks.length, own.asks)) {
    put(row.price, { sell: row.quantity, ownSell: row.own });
  }
  const twice = indicated === null ? twiceBetween(bids, asks) : 2n * indicated;
  const sorted = [...rows.values()].sort((left, right) => (left.price < right.price ? 1 : -1));
  const above = sorted.filter((row) => 2n * row.price > twice).slice(-count);
  const below = sorted.filter((row) => 2n * row.price < twice).slice(0, count);
  const at = sorted.find((row) => 2n * row.price === twice) ?? null;
  const largest = [...above, ...below, ...(at ? [at] : [])].reduce(
    (most, { buy, sell }) => (buy > most ? buy : sell > most ? sell : most),
    0n,
  );
  return { above, at, below, largest };
}

/** Which sides of a row would trade at the price indicated: bids at it or above, asks at it or below. */
export function wouldTrade(price: bigint, indicated: bigint | null): { buy: boolean; sell: boolean } {
  if (indicated === null) return { buy: false, sell: false };
  return { buy: price >= indicated, sell: price <= indicated };
}

function twiceBetween(bids: readonly LevelPair[], asks: readonly LevelPair[]): bigint {
  const [bid, ask] = [bids[0]?.[0], asks[0]?.[0]];
  if (bid === undefined) return ask === undefined ? 0n : 2n * ask - 1n;
  return ask === undefined ? 2n * bid + 1n : bid + ask;
}
