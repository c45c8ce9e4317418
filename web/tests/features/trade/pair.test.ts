import { describe, expect, it } from "vitest";
import { nearestMarkets, pairFromPath } from "@/features/trade/pair";

describe("the market of a path", () => {
  it.each<[string, string | null]>([
    ["/en/trade/LUNA-USDC", "LUNA-USDC"],
    ["/ar/trade/luna-usdc", "LUNA-USDC"],
    ["/en/trade/LUNA-USDC/", "LUNA-USDC"],
    ["/en/trade/_", null],
    ["/en/trade", null],
    ["/", null],
    ["/en/trade/%E0%A4%A", "%E0%A4%A"],
    ["/en/trade/%3Cscript%3E", "<SCRIPT>"],
  ])("%s", (path, pair) => {
    expect(pairFromPath(path)).toBe(pair);
  });

  it("is cut to a length that can be shown", () => {
    expect(pairFromPath(`/en/trade/${"A".repeat(1_000)}`)).toHaveLength(300);
  });
});

describe("the nearest markets", () => {
  const MARKETS = ["BTC-USDC", "KIKO-USDC", "LUNA-USDC", "NOVA-USDC", "TIDE-USDC"];
  it.each<[string, string]>([
    ["LUNA", "LUNA-USDC"],
    ["LUNE-USDC", "LUNA-USDC"],
    ["LUNAUSDC", "LUNA-USDC"],
    ["nova/usdc", "NOVA-USDC"],
    ["TDIE", "TIDE-USDC"],
  ])("to %s", (asked, nearest) => {
    expect(nearestMarkets(asked, MARKETS, 1)).toEqual([nearest]);
  });

  it("are as many as asked for, and none of none", () => {
    expect(nearestMarkets("X", MARKETS, 3)).toHaveLength(3);
    expect(nearestMarkets("X", [], 3)).toEqual([]);
  });
});
