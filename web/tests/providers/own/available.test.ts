import type { Balance } from "@cse/client";
import { describe, expect, it } from "vitest";
import { tokensHeld } from "@/providers/own/available";

const balance = (asset: string, available: string, locked = "0"): [string, Balance] => [
  asset,
  { asset, available, locked } as Balance,
];

describe("how many tokens are owned", () => {
  it.each<[string, [string, Balance][] | null, number]>([
    ["not known yet", null, 0],
    ["money alone is none", [balance("USDC", "1000")], 0],
    ["free", [balance("USDC", "1000"), balance("LUNA", "0.5")], 1],
    ["all of it in orders", [balance("LUNA", "0.00", "3")], 1],
    ["sold again", [balance("LUNA", "0.00", "0"), balance("NOVA", "7")], 1],
  ])("%s", (_, balances, expected) => {
    expect(tokensHeld(balances && new Map(balances))).toBe(expected);
  });
});
