import type { DeskRates } from "@cse/client";
import { describe, expect, it } from "vitest";
import { byTier, ownRate, rateNow, within } from "@/features/admin/rates/rateForm";

const STANDARD = { tier: 0, limit: "orders", at_once: 50_000, per_second: 66 } as const;
const OWN = { tier: 3, limit: "orders", at_once: 500, per_second: 5 } as const;
const CANCELS = { tier: 0, limit: "cancels", at_once: 100_000, per_second: 132 } as const;
const BOUNDS = { at_once_min: 500, at_once_max: 50_000, per_second_min: 5, per_second_max: 66 };
const RATES: DeskRates = {
  items: [OWN, CANCELS, STANDARD],
  bounds: [
    { limit: "orders", ...BOUNDS },
    { limit: "cancels", ...BOUNDS },
  ],
};

describe("a rate", () => {
  it("is that of tier 0 where the tier has none of its own", () => {
    expect([rateNow(RATES, 3, "orders"), rateNow(RATES, 4, "orders")]).toEqual([OWN, STANDARD]);
    expect(ownRate(RATES, 4, "orders")).toBeUndefined();
  });

  it("stands with its tier, the lowest first", () => {
    expect(byTier(RATES)).toEqual([
      [0, [STANDARD, CANCELS]],
      [3, [OWN]],
    ]);
  });

  it.each([
    ["500", 500],
    [" 501 ", 501],
    ["499", null],
    ["50001", null],
    ["", null],
    ["5e3", null],
    ["-500", null],
    ["500.5", null],
    ["99999999999", null],
  ])("typed as %j is %j", (text, number) => {
    expect(within(text, 500, 50_000)).toBe(number);
  });
});
