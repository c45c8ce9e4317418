/** How far to both sides of the middle a picture of the book's depth goes, and what lies within a distance. */

import type { BookFrame, LevelPair } from "@cse/client";
import { type BookSide, type Sweep, sweepTo } from "../book/rows";

/** Choices of how far, in millionths of the middle. */
export const REACHES_PPM = [2_000n, 5_000n, 10_000n, 20_000n, 50_000n, 100_000n, 200_000n, 500_000n] as const;

/** So many levels of each side are in sight at first, where there are that many. */
const LEVELS_AT_FIRST = 20;

type Levels = Pick<BookFrame, "bids" | "asks">;

/** Twice the middle in ticks; null while a side is empty, or where an auction has left the book crossed. */
export function twiceMiddleOf({ bids, asks }: Levels): bigint | null {
  const [bid, ask] = [bids[0]?.[0], asks[0]?.[0]];
  return bid === undefined || ask === undefined || bid >= ask ? null : bid + ask;
}

/** The choice, as its place among them, that first has enough of both sides in sight. */
export function reachAtFirst(levels: Levels, twiceMiddle: bigint): number {
  const farthest = [levels.bids, levels.asks].map((side) => {
    const [ticks] = side[Math.min(LEVELS_AT_FIRST, side.length) - 1] as LevelPair;
    const apart = 2n * ticks - twiceMiddle;
    return apart < 0n ? -apart : apart;
  });
  const enough = REACHES_PPM.findIndex((ppm) =>
    farthest.every((apart) => apart * 1_000_000n <= twiceMiddle * ppm),
  );
  return enough < 0 ? REACHES_PPM.length - 1 : enough;
}

/** A distance as a part of the reach, in half ticks. */
export function distanceOf(twiceMiddle: bigint, ppm: bigint, part: number): bigint {
  return (twiceMiddle * ppm * BigInt(Math.round(part * 1_000))) / 1_000_000_000n;
}

/** The price at a distance on each side of the middle, and what is there down, or up, to it. */
export type Mirrored = Record<BookSide, Sweep & { price: bigint }>;

export function mirroredAt(levels: Levels, twiceMiddle: bigint, distance: bigint): Mirrored {
  // Neither price lies farther out than the distance.
  const bid = (twiceMiddle - distance + 1n) / 2n;
  const ask = (twiceMiddle + distance) / 2n;
  return {
    bid: { price: bid, ...sweepTo("bid", levels.bids, bid) },
    ask: { price: ask, ...sweepTo("ask", levels.asks, ask) },
  };
}
