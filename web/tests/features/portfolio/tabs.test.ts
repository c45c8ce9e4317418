import { describe, expect, it } from "vitest";
import { tabOf, tabsOf } from "@/features/portfolio/tabs";

describe("the lists of a portfolio", () => {
  it.each([
    [null, false, "positions"],
    ["fills", false, "fills"],
    ["moon", false, "positions"],
    [null, true, "balances"],
    ["orders", true, "orders"],
    ["positions", true, "balances"],
    ["statements", true, "balances"],
  ] as const)("by the address's %j, of a visitor %s: %s", (named, visitor, tab) => {
    expect(tabOf(named, visitor)).toBe(tab);
  });

  it("are fewer for a visitor, whose sample was never traded", () => {
    expect(tabsOf(true)).toEqual(["balances", "orders", "history", "fills", "ledger"]);
    expect(tabsOf(false)).toHaveLength(7);
  });
});
