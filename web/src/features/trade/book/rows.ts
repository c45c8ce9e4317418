/** From the levels of a book to the rows that are shown: grouped, summed up, with one's own orders. */

import { divideToNearest, type LevelPair } from "@cse/client";
import { groupPrice } from "./grouping";

export type BookSide = "bid" | "ask";

export interface BookRow {
  price: bigint;
  quantity: bigint;
  /** Everything from the best price down to this row. */
  total: bigint;
  /** What of it is one's own. */
  own: bigint;
}

/**
 * The first `count` groups of a side.
 *
 * @param levels best first.
 * @param own one's own open lots by price in ticks.
 */
export function bookRows(
  side: BookSide,
  levels: readonly LevelPair[],
  multiple: bigint,
  count: number,
  own: ReadonlyMap<bigint, bigint>,
): BookRow[] {
  const rows: BookRow[] = [];
  let total = 0n;
  for (const [ticks, lots] of levels) {
    const price = multiple === 1n ? ticks : groupPrice(side, ticks, multiple);
    const mine = own.size === 0 ? 0n : (own.get(ticks) ?? 0n);
    const row = rows.at(-1);
    if (row?.price === price) {
      total += lots;
      row.quantity += lots;
      row.own += mine;
      row.total = total;
      continue;
    }
    if (rows.length === count) break;
    total += lots;
    rows.push({ price, quantity: lots, total, own: mine });
  }
  return rows;
}

/** The largest total of both sides, to which both sides' bars are drawn. */
export function commonScale(bids: readonly BookRow[], asks: readonly BookRow[]): bigint {
  const [bid, ask] = [bids.at(-1)?.total ?? 0n, asks.at(-1)?.total ?? 0n];
  return bid > ask ? bid : ask;
}

/** What taking a side down to a price would come to. */
export interface Sweep {
  lots: bigint;
  /** Sum of price times quantity, in ticks times lots. */
  tickLots: bigint;
}

/** Sums up the levels at `limit` or better. */
export function sweepTo(side: BookSide, levels: readonly LevelPair[], limit: bigint): Sweep {
  let lots = 0n;
  let tickLots = 0n;
  for (const [ticks, quantity] of levels) {
    if (side === "ask" ? ticks > limit : ticks < limit) break;
    lots += quantity;
    tickLots += ticks * quantity;
  }
  return { lots, tickLots };
}

/** How far an average is from the middle, in millionths; above zero means dearer than the middle. */
export function effectPpm(sweep: Sweep, bestBid: bigint, bestAsk: bigint): bigint | null {
  const twiceMid = bestBid + bestAsk;
  if (sweep.lots === 0n || twiceMid <= 0n) return null;
  const scaled = 2_000_000n * sweep.tickLots - 1_000_000n * twiceMid * sweep.lots;
  return divideToNearest(scaled, twiceMid * sweep.lots);
}
