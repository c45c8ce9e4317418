import { describe, expect, it } from "vitest";
import { drawnAt, snapped, stepsOf } from "@/features/chart/snapping";

/** A tick of 0.00001 and orders at every tick; one of 0.5 with orders at every tenth of it. */
const LUNA = { tickDecimals: 5, tickSize: 1n, priceIncrement: 1n };
const COARSE = { tickDecimals: 1, tickSize: 5n, priceIncrement: 10n };

describe("a price of the picture", () => {
  it.each([
    [0.042034, LUNA, 4_203n],
    [0.042036, LUNA, 4_204n],
    [0.1 + 0.2, LUNA, 30_000n],
    [0.000004, LUNA, 1n],
    [0, LUNA, 1n],
    [-3, LUNA, 1n],
    [60_001.2, COARSE, 120_000n],
    [60_002.6, COARSE, 120_010n],
    [2.4, COARSE, 10n],
    [Number.NaN, LUNA, null],
    [Number.POSITIVE_INFINITY, LUNA, null],
  ])("%d is the order's price %s", (price, grid, ticks) => {
    expect(snapped(price, grid)).toBe(ticks);
  });

  it("is where the ticks that it snapped to are drawn", () => {
    expect(drawnAt(4_203n, LUNA)).toBe(0.04203);
    expect(snapped(drawnAt(120_010n, COARSE), COARSE)).toBe(120_010n);
  });
});

describe("a price by keys", () => {
  it.each([
    [{ key: "ArrowUp" }, 1],
    [{ key: "ArrowDown" }, -1],
    [{ key: "ArrowUp", shiftKey: true }, 10],
    [{ key: "ArrowDown", altKey: true }, -100],
    [{ key: "PageDown" }, -10],
    [{ key: "Enter" }, 0],
    [{ key: "a" }, 0],
  ])("%o moves %d", (event, steps) => {
    expect(stepsOf({ shiftKey: false, altKey: false, ...event })).toBe(steps);
  });
});
