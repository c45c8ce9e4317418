import { describe, expect, it } from "vitest";
import { rounded } from "@/features/own/worth";

describe("a shown value", () => {
  it.each([
    [1_999_999n, 6, 199n],
    [-1_999_999n, 6, -199n],
    [5n, 0, 500n],
  ])("of %s with %i decimals is %s hundredths, never more than it is", (units, decimals, hundredths) => {
    expect(rounded(units, decimals)).toBe(hundredths);
  });
});
