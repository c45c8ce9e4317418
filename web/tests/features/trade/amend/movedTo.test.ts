import { expect, it } from "vitest";
import { movedTo } from "@/features/trade/amend/movedTo";
import { known } from "@/providers/own/orderState";
import { order } from "../../../providers/own/wire";

it.each([
  ["an order in the book its price", {}, { price: 4_180n }],
  [
    "one that waits the price that it waits for",
    { type: "stop_limit", trigger: "waiting", stop_price: "0.04100" } as const,
    { stopPrice: 4_180n },
  ],
])("moves of %s", (_, change, amendment) => {
  expect(movedTo(known(order(change)), 4_180n)).toEqual(amendment);
});
