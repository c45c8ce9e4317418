import { describe, expect, it } from "vitest";
import { isUnderLast } from "@/features/chart/lastLabel";

/** A pixel of the picture is a hundredth of the price, from above. */
const axis = { convertToPixel: (value: number) => 1_000 - value * 100 };

describe("a label is printed over that of the last price", () => {
  // The last price of 5 is at 500, and its label's second line below it.
  it.each<[number, boolean]>([
    [480, false],
    [481, true],
    [500, true],
    [533, true],
    [534, false],
  ])("at %d: %s", (height, under) => {
    expect(isUnderLast(height, 5, axis)).toBe(under);
  });

  it("nowhere without a last price or an axis", () => {
    expect(isUnderLast(500, null, axis)).toBe(false);
    expect(isUnderLast(500, 5, null)).toBe(false);
  });
});
