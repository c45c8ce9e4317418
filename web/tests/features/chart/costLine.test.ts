import { describe, expect, it } from "vitest";
import { isStruck } from "@/features/chart/costLine";

/** One pixel a unit, the highest price at the top. */
const AXIS = { convertToPixel: (value: number) => 500 - value };

describe("the name of the average cost", () => {
  it.each<[string, number | null, boolean]>([
    ["no price yet", null, false],
    ["right over its own line", 310, true],
    ["as high as the name", 320, true],
    ["clear of the name", 321, false],
    ["at its own line", 300, false],
    ["under its own line", 295, false],
  ])("is struck through by a last price %s: %j", (_, lastPrice, expected) => {
    expect(isStruck(200, lastPrice, AXIS)).toBe(expected);
  });
});
