import type { LevelPair } from "@cse/client";
import { describe, expect, it } from "vitest";
import {
  distanceOf,
  mirroredAt,
  REACHES_PPM,
  reachAtFirst,
  twiceMiddleOf,
} from "@/features/trade/depth/reach";

const BOOK = {
  bids: [
    [990n, 10n],
    [980n, 20n],
    [900n, 40n],
  ] as LevelPair[],
  asks: [
    [1_010n, 5n],
    [1_100n, 7n],
  ] as LevelPair[],
};

it.each([
  ["both sides", BOOK, 2_000n],
  ["no bids", { ...BOOK, bids: [] }, null],
  ["no asks", { ...BOOK, asks: [] }, null],
  ["a crossed book", { bids: [[1_020n, 1n]] as LevelPair[], asks: BOOK.asks }, null],
])("the middle of %s", (_, book, middle) => {
  expect(twiceMiddleOf(book)).toBe(middle);
});

describe("a distance", () => {
  it.each([
    // In half ticks: 20 is 10 ticks, where the best of both sides are.
    [19n, { bid: [991n, 0n], ask: [1_009n, 0n] }],
    [20n, { bid: [990n, 10n], ask: [1_010n, 5n] }],
    [40n, { bid: [980n, 30n], ask: [1_020n, 5n] }],
    [200n, { bid: [900n, 70n], ask: [1_100n, 12n] }],
  ])("of %s half ticks is the same on both sides", (distance, { bid, ask }) => {
    const found = mirroredAt(BOOK, 2_000n, distance);
    expect([found.bid.price, found.bid.lots]).toEqual(bid);
    expect([found.ask.price, found.ask.lots]).toEqual(ask);
  });

  it("is worth what its levels are worth at their own prices", () => {
    expect(mirroredAt(BOOK, 2_000n, 40n).bid.tickLots).toBe(990n * 10n + 980n * 20n);
  });

  it("never lies farther out than it says, between two ticks neither", () => {
    const { bid, ask } = mirroredAt(BOOK, 2_001n, 20n);
    expect(2n * bid.price).toBeGreaterThanOrEqual(2_001n - 20n);
    expect(2n * ask.price).toBeLessThanOrEqual(2_001n + 20n);
  });

  it("is a part of the reach", () => {
    expect(distanceOf(2_000n, 100_000n, 1)).toBe(200n);
    expect(distanceOf(2_000n, 100_000n, 0.5)).toBe(100n);
  });
});

it.each([
  ["has all of a small book in sight", BOOK, 100_000n],
  ["has twenty levels of each side in sight", ladder(40), 20_000n],
  ["ends at the widest", { bids: [[1n, 1n]] as LevelPair[], asks: [[9_999n, 1n]] as LevelPair[] }, 500_000n],
])("the first reach %s", (_, book, ppm) => {
  expect(REACHES_PPM[reachAtFirst(book, twiceMiddleOf(book) ?? 0n)]).toBe(ppm);
});

/** A level at each tick around 1,000. */
function ladder(count: number) {
  const away = Array.from({ length: count }, (_, index) => BigInt(index + 1));
  return {
    bids: away.map((ticks): LevelPair => [1_000n - ticks, 1n]),
    asks: away.map((ticks): LevelPair => [1_000n + ticks, 1n]),
  };
}
