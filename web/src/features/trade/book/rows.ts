/** The rows of a book that are shown, and what taking them would come to. */

import { divideToNearest, type GroupedLevel, groupLevels, type LevelPair } from "@cse/client";

export type BookSide = "bid" | "ask";

export type BookRow = GroupedLevel;

/** The first `count` groups of a side, from its levels, best first, and one's own open lots by ticks. */
export function bookRows(
  side: BookSide,
  levels: readonly LevelPair[],
  multiple: bigint,
  count: number,
  own: ReadonlyMap<bigint, bigint>,
): BookRow[] {
  return groupLevels(levels, multiple, side === "bid" ? "bids" : "asks", count, own);
}

/** The largest total of both sides, to which both sides' bars are drawn. */
export function commonScale(bids: readonly BookRow[], asks: readonly BookRow[]): bigint {
  const [bid, ask] = [bids.at(-1)?.cumulative ?? 0n, asks.at(-1)?.cumulative ?? 0n];
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
