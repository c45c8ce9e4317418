import type { LevelPair } from "@cse/client";
import { describe, expect, it } from "vitest";
import { bookRows, commonScale, sweepTo } from "@/features/trade/book/rows";

const ASKS: LevelPair[] = [
  [4_203n, 36n],
  [4_204n, 60n],
  [4_206n, 20n],
  [4_208n, 15n],
  [4_211n, 86n],
];
const BIDS: LevelPair[] = [
  [4_201n, 43n],
  [4_200n, 60n],
  [4_198n, 30n],
  [4_196n, 65n],
];
const NONE = new Map<bigint, bigint>();

it("the rows of each side are grouped away from the middle", () => {
  expect(bookRows("ask", ASKS, 5n, 1, NONE)[0]?.price).toBe(4_205n);
  expect(bookRows("bid", BIDS, 5n, 1, NONE)[0]?.price).toBe(4_200n);
});

it("draws both sides to the larger total", () => {
  const [bids, asks] = [bookRows("bid", BIDS, 1n, 9, NONE), bookRows("ask", ASKS, 1n, 9, NONE)];
  expect(commonScale(bids, asks)).toBe(217n);
  expect(commonScale([], [])).toBe(0n);
});

describe("sizes in the quote asset", () => {
  it("are of each level at its own price, whatever the group's is", () => {
    const own = new Map([[4_204n, 6n]]);
    const rows = bookRows("ask", ASKS, 5n, 9, own, "quote");
    const first = 36n * 4_203n + 60n * 4_204n;
    const second = 20n * 4_206n + 15n * 4_208n;
    expect(rows.map(({ price, size, total, ownSize }) => [price, size, total, ownSize])).toEqual([
      [4_205n, first, first, 6n * 4_204n],
      [4_210n, second, first + second, 0n],
      [4_215n, 86n * 4_211n, first + second + 86n * 4_211n, 0n],
    ]);
  });

  it("are lots in the base asset", () => {
    const [row] = bookRows("bid", BIDS, 1n, 1, new Map([[4_201n, 3n]]));
    expect(row).toMatchObject({ size: 43n, total: 43n, ownSize: 3n });
  });
});

it("draws each level to the largest one of both sides", () => {
  const [bids, asks] = [bookRows("bid", BIDS, 1n, 9, NONE), bookRows("ask", ASKS, 1n, 9, NONE)];
  expect(commonScale(bids, asks, "level")).toBe(86n);
});

describe("what taking down to a row would come to", () => {
  it("counts every level at that price or better", () => {
    expect(sweepTo("ask", ASKS, 4_206n)).toEqual({
      lots: 116n,
      tickLots: 36n * 4_203n + 60n * 4_204n + 20n * 4_206n,
    });
    expect(sweepTo("bid", BIDS, 4_200n)).toEqual({ lots: 103n, tickLots: 43n * 4_201n + 60n * 4_200n });
  });
});
