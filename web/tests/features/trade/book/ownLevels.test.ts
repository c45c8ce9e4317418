import { describe, expect, it } from "vitest";
import { firstMet, ownLevels, restingOrders } from "@/features/trade/book/ownLevels";
import { known } from "@/providers/own/orderState";
import { order } from "../../../providers/own/wire";
import { LUNA } from "../markets";

const orders = (...words: ReturnType<typeof order>[]) => new Map(words.map((word) => [word.id, known(word)]));

describe("one's own levels", () => {
  it("are the open orders of this market with a price, summed up by price", () => {
    const resting = restingOrders(
      orders(
        order({ id: "1" }),
        order({ id: "2", remaining_quantity: "5.5" }),
        order({ id: "3", side: "sell", price: "0.04300" }),
        order({ id: "4", status: "filled" }),
        order({ id: "5", market: "NOVA-USDC" }),
        order({ id: "6", type: "market", price: null }),
        order({ id: "7", type: "stop_limit", trigger: "waiting", stop_price: "0.04100" }),
      ),
      "LUNA-USDC",
    );
    const levels = ownLevels(resting, LUNA);
    expect([...levels.bids]).toEqual([[4_206n, 1_055n]]);
    expect([...levels.asks]).toEqual([[4_300n, 1_000n]]);
  });
});

describe("one's own order in the way of another", () => {
  const own = {
    bids: new Map([
      [4_100n, 1n],
      [4_150n, 1n],
    ]),
    asks: new Map([
      [4_300n, 1n],
      [4_250n, 1n],
    ]),
  };
  it.each<["buy" | "sell", bigint | null, bigint | null]>([
    ["buy", 4_300n, 4_250n],
    ["buy", 4_250n, 4_250n],
    ["buy", 4_249n, null],
    ["sell", 4_100n, 4_150n],
    ["sell", 4_151n, null],
    ["sell", null, null],
  ])("a %s down to %s meets %s", (side, worst, met) => {
    expect(firstMet(side, own, worst)).toBe(met);
  });
});
