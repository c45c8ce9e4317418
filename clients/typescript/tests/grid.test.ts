import { describe, expect, test } from "vitest";
import { type Grid, gridOf, steppedOn } from "../src/grid.ts";
import { market } from "./markets.ts";

/** Ticks of 0.05 and lots of 0.1, of which new orders have every second and every fifth. */
const COARSE = { ...market(), tickDecimals: 2, tickSize: 5n, priceIncrement: 2n, quantityIncrement: 5n };

describe("the grid of a market", () => {
  test.each<["price" | "quantity", Grid]>([
    ["price", { decimals: 2, unit: 5n, step: 10n }],
    ["quantity", { decimals: 1, unit: 1n, step: 5n }],
  ])("of its %s", (of, grid) => expect(gridOf(COARSE, of)).toEqual(grid));
});

describe("a step", () => {
  test.each<[bigint, number, bigint]>([
    [120n, 1, 130n],
    [120n, -1, 110n],
    [120n, 10, 220n],
    // From between two steps, the next one in that direction.
    [123n, 1, 130n],
    [123n, -1, 120n],
    [123n, -2, 110n],
    [0n, 1, 10n],
    [10n, -1, 10n],
    [5n, -10, 10n],
  ])("from %s by %d leads to %s", (value, by, to) => {
    expect(steppedOn(gridOf(COARSE, "price"), value, by)).toBe(to);
  });
});
