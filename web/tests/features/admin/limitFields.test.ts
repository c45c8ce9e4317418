import type { RiskLimits } from "@cse/client";
import { describe, expect, it } from "vitest";
import { isNone, limitFields, limitsAsked, ownLimits } from "@/features/admin/risk/limitFields";

const NONE = {
  max_quantity: "0",
  max_notional: "0",
  max_notional_per_minute: "0",
  max_open_orders: 0,
  flag_notional_per_minute: "0",
  flag_cancels: 0,
  flag_cancels_per_fill: 0,
  flag_far_orders: 0,
  flag_far_ppm: 0,
  flag_self_trades: 0,
};
const ALL: RiskLimits[] = [
  { ...NONE, market: "LAB-USDC", tier: 0, max_notional: "500", flag_cancels: 20 },
  { ...NONE, market: "LAB-USDC", tier: 2, max_quantity: "7" },
];

function asked(tier: number, values: Record<string, string>) {
  const own = ownLimits(ALL, "LAB-USDC", tier);
  return limitsAsked(own, tier, limitFields(ALL, "LAB-USDC", tier), values, "why");
}

describe("limits of a tier", () => {
  it.each([
    ["its own", "LAB-USDC", 2, "7", "0"],
    ["those of tier 0 where it has none", "LAB-USDC", 3, "0", "500"],
    ["nothing where nothing is set", "ART-USDC", 3, "0", "0"],
  ])("begin with %s", (_, market, tier, quantity, notional) => {
    const now = new Map(limitFields(ALL, market, tier).map((field) => [field.name, field.now]));
    expect([now.get("max_quantity"), now.get("max_notional")]).toEqual([quantity, notional]);
  });

  it("are sent as far as they change where it has some of its own", () => {
    expect(asked(2, { max_quantity: "7", flag_far_orders: "5" })).toEqual({
      reason: "why",
      tier: 2,
      flag_far_orders: 5,
      seen: { flag_far_orders: 0 },
    });
  });

  it("are sent all with the first, so that none of tier 0 falls away unseen", () => {
    const first = { ...NONE, max_notional: "400", flag_cancels: 20, reason: "why", tier: 3, seen: NONE };
    expect(asked(3, { max_notional: "400" })).toEqual(first);
  });

  it("are none when all of them are", () => {
    const fields = limitFields(ALL, "LAB-USDC", 2);
    expect([isNone(fields, {}), isNone(fields, { max_quantity: "0.0" })]).toEqual([false, true]);
  });
});
