import type { LevelPair } from "@cse/client";
import { describe, expect, it } from "vitest";
import { isCrossed, ladderOf, wouldTrade } from "@/features/trade/book/ladder";

const BIDS: LevelPair[] = [
  [105n, 10n],
  [101n, 5n],
  [97n, 7n],
];
const ASKS: LevelPair[] = [
  [100n, 8n],
  [101n, 4n],
  [106n, 9n],
];
const CROSSED = { bids: BIDS, asks: ASKS };
const NONE = { bids: new Map<bigint, bigint>(), asks: new Map<bigint, bigint>() };
const lots = (rows: readonly { price: bigint; buy: bigint; sell: bigint }[]) =>
  rows.map(({ price, buy, sell }) => [price, buy, sell].map(Number));

describe("the ladder of an auction", () => {
  it("shows both sides at each price, the highest first, around the price indicated", () => {
    const ladder = ladderOf(CROSSED, 101n, 1n, 9, NONE);
    expect(lots(ladder.above)).toEqual([
      [106, 0, 9],
      [105, 10, 0],
    ]);
    expect(ladder.at).toMatchObject({ price: 101n, buy: 5n, sell: 4n });
    expect(lots(ladder.below)).toEqual([
      [100, 0, 8],
      [97, 7, 0],
    ]);
    expect(ladder.largest).toBe(10n);
  });

  it("keeps the rows that are nearest where there is no room for all", () => {
    const ladder = ladderOf(CROSSED, 101n, 1n, 1, NONE);
    expect([lots(ladder.above), lots(ladder.below)]).toEqual([[[105, 10, 0]], [[100, 0, 8]]]);
  });

  it("sums up by steps so that a row holds what is ready to trade at its price", () => {
    const ladder = ladderOf(CROSSED, 101n, 5n, 9, NONE);
    // Bids go down to the step, asks up to it: 105 has the bid of 105 and the ask of 101.
    expect(lots(ladder.above)).toEqual([
      [110, 0, 9],
      [105, 10, 4],
    ]);
    expect(lots(ladder.below)).toEqual([
      [100, 5, 8],
      [95, 7, 0],
    ]);
  });

  it("marks one's own", () => {
    const own = { bids: new Map([[105n, 3n]]), asks: new Map<bigint, bigint>() };
    expect(ladderOf(CROSSED, 101n, 1n, 9, own).above.at(-1)).toMatchObject({ ownBuy: 3n, ownSell: 0n });
  });

  it("stands around the middle while no two orders meet", () => {
    const ladder = ladderOf({ bids: BIDS.slice(2), asks: ASKS.slice(1) }, null, 1n, 9, NONE);
    expect([lots(ladder.above), ladder.at, lots(ladder.below)]).toEqual([
      [
        [106, 0, 9],
        [101, 0, 4],
      ],
      null,
      [[97, 7, 0]],
    ]);
  });

  it("shows one side alone, and nothing", () => {
    expect(lots(ladderOf({ bids: [], asks: ASKS }, null, 1n, 9, NONE).above)).toHaveLength(3);
    expect(lots(ladderOf({ bids: BIDS, asks: [] }, null, 1n, 9, NONE).below)).toHaveLength(3);
    expect(ladderOf({ bids: [], asks: [] }, null, 1n, 9, NONE)).toMatchObject({
      above: [],
      below: [],
      largest: 0n,
    });
  });
});

it("bids at the price or above and asks at it or below would trade", () => {
  expect(wouldTrade(101n, 101n)).toEqual({ buy: true, sell: true });
  expect(wouldTrade(102n, 101n)).toEqual({ buy: true, sell: false });
  expect(wouldTrade(100n, 101n)).toEqual({ buy: false, sell: true });
  expect(wouldTrade(100n, null)).toEqual({ buy: false, sell: false });
});

it("a book is crossed where bids and asks meet", () => {
  expect(isCrossed(CROSSED)).toBe(true);
  expect(isCrossed({ bids: [[100n, 1n]], asks: [[100n, 1n]] })).toBe(true);
  expect(isCrossed({ bids: [[99n, 1n]], asks: [[100n, 1n]] })).toBe(false);
  expect(isCrossed({ bids: [], asks: ASKS })).toBe(false);
  expect(isCrossed(null)).toBe(false);
});
