import { expect, it } from "vitest";
import { fillMarks, orderPrices } from "@/features/trade/chart/ownLines";
import { known } from "@/providers/own/orderState";
import { fill, order } from "../../../providers/own/wire";

const orders = (...words: ReturnType<typeof order>[]) => new Map(words.map((word) => [word.id, known(word)]));

it("draws orders at their price, and those that wait at that of the trade that they wait for", () => {
  const lines = orderPrices(
    orders(
      order({ id: "1" }),
      order({ id: "2", status: "cancelled" }),
      order({ id: "3", market: "NOVA-USDC" }),
      order({ id: "4", type: "market", price: null }),
      order({ id: "5", type: "stop_limit", trigger: "waiting", stop_price: "0.04100" }),
      order({ id: "6", type: "stop_loss", trigger: "waiting", stop_price: "0.04050", price: null }),
      order({ id: "7", type: "take_profit", trigger: "attached", stop_price: "0.05000", price: null }),
    ),
    "LUNA-USDC",
  );
  expect([...lines].map(([key, { price, waits }]) => [key, price, waits])).toEqual([
    ["1", "0.04206", false],
    ["5", "0.04100", true],
    ["6", "0.04050", true],
  ]);
});

it("marks the bars that hold one's fills", () => {
  const at = (time: string) => fill({ time: `2026-11-25T${time}.000000Z` });
  const fills = [
    at("12:01:00"),
    { ...at("12:14:59"), side: "sell" as const },
    at("12:15:00"),
    fill({ market: "NOVA-USDC" }),
  ];
  const marks = fillMarks(fills, "LUNA-USDC", "15m");
  expect([...marks]).toEqual([
    [Date.parse("2026-11-25T12:00:00Z"), { buys: 1, sells: 1 }],
    [Date.parse("2026-11-25T12:15:00Z"), { buys: 1, sells: 0 }],
  ]);
});
