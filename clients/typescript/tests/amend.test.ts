import { describe, expect, test } from "vitest";
import { type Amendment, amendQuote, amendRequest } from "../src/amend.ts";
import { amendable } from "../src/amendable.ts";
import type { Order } from "../src/client.ts";
import { order as answered } from "./answers.ts";
import { market } from "./markets.ts";

const LUNA = market();
const BOOK = { bids: [[4190n, 9_000n]], asks: [[4210n, 2_000n]] } as const;
const LAST = 4200n;

function order(facts: Partial<Order> = {}): Order {
  const plain = { price: "0.04190", quantity: "1000.0", remaining_quantity: "1000.0" };
  return answered("mine", { ...plain, filled_quantity: "0", ...facts });
}

const STOP = order({
  side: "sell",
  type: "stop_loss",
  trigger: "waiting",
  price: null,
  stop_price: "0.04000",
});

describe("an amend", () => {
  test("asks nothing of a price that stays, and all of one that is new", () => {
    // Of 0.04200 the band ends at 0.04242.
    const banded = market({ price_band_ppm: 10_000 });
    const old = order({ price: "0.04300" });
    const problems = (change: Amendment) =>
      amendQuote(old, change, BOOK, banded, null, LAST).problems.map(({ code }) => code);
    expect(problems({ quantity: 20_000n })).toEqual([]);
    expect(problems({ price: 4310n })).toContain("price_outside_band");
  });

  test("leaves no iceberg smaller than what it shows", () => {
    const iceberg = order({ display_quantity: "200.0" });
    expect(amendQuote(iceberg, { quantity: 1_000n }, BOOK, LUNA, null, LAST).problems).toMatchObject([
      { code: "invalid_display_quantity" },
    ]);
  });

  test.each<[string, Amendment, boolean]>([
    ["nothing", {}, true],
    ["a smaller size", { quantity: 9_000n }, true],
    ["a larger size", { quantity: 10_001n }, false],
    ["another price", { price: 4180n }, false],
    ["a smaller size at another price", { price: 4191n, quantity: 9_000n }, false],
  ])("to %s keeps its place: %s", (_, change, keeps) => {
    expect(amendQuote(order(), change, BOOK, LUNA, null, LAST).keepsPlace).toBe(keeps);
  });

  test("is of what remains, which may trade at once", () => {
    const { estimate } = amendQuote(
      order({ filled_quantity: "400.0" }),
      { price: 4210n },
      BOOK,
      LUNA,
      null,
      LAST,
    );
    expect(estimate).toMatchObject({ filled: 2_000n, rests: 4_000n });
  });

  test("counts what the order holds as free", () => {
    // 1,000 at 0.0419 are 41.9 and the maker's fee of 0.0419; at 0.042 it takes 42.084001.
    const change = { price: 4200n };
    const lacking = amendQuote(order(), change, BOOK, LUNA, { base: 0n, quote: 142_100n }, LAST);
    expect(lacking.problems).toMatchObject([
      { code: "insufficient_funds", needed: 42_084_001n, available: 42_084_000n },
    ]);
    expect(amendQuote(order(), change, BOOK, LUNA, { base: 0n, quote: 142_101n }, LAST).problems).toEqual([]);
    expect(
      amendQuote(order(), { quantity: 500n }, BOOK, LUNA, { base: 0n, quote: 0n }, LAST).problems,
    ).toEqual([]);
  });

  test.each<[string, Order, Amendment, string]>([
    ["what is filled", order({ filled_quantity: "400.0" }), { quantity: 4_000n }, "amend_below_filled"],
    ["less than the least", order(), { quantity: 10n }, "below_min_notional"],
    ["a price that takes, post-only", order({ post_only: true }), { price: 4210n }, "post_only_would_take"],
    ["a stop that has been met", STOP, { stopPrice: 4200n }, "would_trigger"],
    ["a stop of nothing", STOP, { stopPrice: 0n }, "invalid_stop_price"],
  ])("to %s is refused", (_, of, change, code) => {
    expect(amendQuote(of, change, BOOK, LUNA, { base: 0n, quote: 10n ** 9n }, LAST).problems[0]?.code).toBe(
      code,
    );
  });

  test("of one that waits has no place to lose", () => {
    expect(amendQuote(STOP, { stopPrice: 4100n }, BOOK, LUNA, { base: 0n, quote: 0n }, LAST)).toMatchObject({
      changes: true,
      keepsPlace: null,
      problems: [],
      estimate: { waits: 10_000n },
    });
  });

  test("asks for what is to be another, and no more", () => {
    expect(amendRequest(order(), { price: 4190n, quantity: 9_000n }, LUNA)).toEqual({ quantity: "900.0" });
    expect(amendRequest(STOP, { stopPrice: 4100n }, LUNA)).toEqual({ stop_price: "0.04100" });
  });
});

test.each<[string, Order, boolean, string[]]>([
  ["in the book", order(), false, ["price", "quantity"]],
  ["that waits", STOP, false, ["stopPrice", "quantity"]],
  [
    "that waits to be a limit",
    order({ ...STOP, type: "stop_limit", price: "0.03990" }),
    false,
    ["stopPrice", "price", "quantity"],
  ],
  ["that trails", order({ ...STOP, type: "trailing_stop", trailing_delta: "0.001" }), false, ["quantity"]],
  ["that is linked", order(), true, []],
  ["that has fired", order({ ...STOP, trigger: "fired" }), false, []],
  ["that is closed", order({ status: "filled" }), false, []],
])("of an order %s may be changed", (_, of, linked, fields) => {
  expect(amendable(of, linked)).toEqual(fields);
});
