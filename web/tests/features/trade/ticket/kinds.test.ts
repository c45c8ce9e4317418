import { listRequest, orderRequest } from "@cse/client";
import { describe, expect, it } from "vitest";
import { type Draft, EMPTY_DRAFT, edited } from "@/features/trade/ticket/draft";
import { KINDS, neededFields, timesOf } from "@/features/trade/ticket/kinds";
import { readDraft } from "@/features/trade/ticket/reading";
import { LUNA } from "../markets";

const WRITTEN: Draft = {
  ...EMPTY_DRAFT,
  side: "sell",
  price: "0.042",
  size: "8000",
  spend: "500",
  stop: "0.04011",
  trail: "5",
  profit: "0.046",
};
const draft = (edit: Partial<Draft>): Draft => ({ ...WRITTEN, ...edit });

describe("each kind", () => {
  it.each<[string, Partial<Draft>, object]>([
    ["limit", {}, { type: "limit", price: "0.04200", quantity: "8000.0", time_in_force: "gtc" }],
    ["limit by day", { timeInForce: "day" }, { time_in_force: "day" }],
    [
      "limit until a time",
      { timeInForce: "gtd", until: "2027-01-02T03:04" },
      { time_in_force: "gtd", expires_at: new Date("2027-01-02T03:04").toISOString() },
    ],
    ["iceberg", { shown: "500" }, { display_quantity: "500.0" }],
    ["iceberg that is let go", { shown: "500", timeInForce: "ioc" }, { display_quantity: undefined }],
    ["market", { type: "market" }, { quantity: "8000.0", price: undefined, time_in_force: undefined }],
    [
      "market by amount",
      { type: "market", by: "spend", worst: "0.04" },
      { quote_amount: "500", price: "0.04000" },
    ],
    ["stop-loss", { type: "stop_loss" }, { stop_price: "0.04011", quantity: "8000.0", price: undefined }],
    [
      "stop-loss to buy",
      { type: "stop_loss", side: "buy", worst: "0.05" },
      { price: "0.05000", side: "buy" },
    ],
    ["stop-loss by amount", { type: "stop_loss", side: "buy", by: "spend" }, { quote_amount: "500" }],
    ["stop-loss to sell goes by quantity", { type: "stop_loss", by: "spend" }, { quantity: "8000.0" }],
    ["stop-limit", { type: "stop_limit" }, { stop_price: "0.04011", price: "0.04200" }],
    ["take-profit", { type: "take_profit" }, { type: "take_profit", stop_price: "0.04011" }],
    ["take-profit limit", { type: "take_profit_limit" }, { price: "0.04200", stop_price: "0.04011" }],
    ["trailing stop", { type: "trailing_stop" }, { trailing_percent: "5", stop_price: undefined }],
    [
      "trailing stop by amount",
      { type: "trailing_stop", trailBy: "amount", trail: "0.001" },
      { trailing_delta: "0.00100" },
    ],
    ["self-trade rule", { selfTrade: "cancel_both" }, { self_trade_prevention: "cancel_both" }],
  ])("%s becomes its request", (_, edit, request) => {
    const reading = readDraft(draft(edit), LUNA, "en");
    expect(reading.complete).toBe(true);
    const made: Record<string, unknown> = orderRequest(reading.order, LUNA, "w-1");
    const said = Object.fromEntries(Object.keys(request).map((key) => [key, made[key]]));
    expect(said).toEqual(request);
  });

  it("OCO becomes a limit and a stop of one quantity", () => {
    const { list } = readDraft(draft({ type: "oco" }), LUNA, "en");
    expect(list && listRequest(list, LUNA, "w-1")).toMatchObject({
      kind: "oco",
      orders: [
        { type: "limit", side: "sell", price: "0.04200", quantity: "8000.0" },
        { type: "stop_loss", side: "sell", stop_price: "0.04011", quantity: "8000.0" },
      ],
    });
  });

  it("limit buy with its exits becomes a bracket", () => {
    const { list } = readDraft(draft({ side: "buy", exits: true }), LUNA, "en");
    expect(list && listRequest(list, LUNA, "w-1")).toMatchObject({
      kind: "bracket",
      orders: [
        { type: "limit", side: "buy", price: "0.04200", quantity: "8000.0" },
        { type: "limit", side: "sell", price: "0.04600" },
        { type: "stop_loss", side: "sell", stop_price: "0.04011" },
      ],
    });
    expect(readDraft(draft({ exits: true }), LUNA, "en").list).toBeNull();
  });

  it.each(KINDS)("%s is incomplete without any of its fields", (type) => {
    const whole = draft({ type, side: "buy", worst: "0.05" });
    expect(readDraft(whole, LUNA, "en").complete).toBe(true);
    for (const name of neededFields(whole)) {
      expect(readDraft({ ...whole, [name]: "" }, LUNA, "en").complete).toBe(false);
    }
  });
});

describe("an edit", () => {
  it.each<[string, Partial<Draft>, Partial<Draft>, Partial<Draft>]>([
    ["to a stop drops what it cannot be", { postOnly: true }, { type: "stop_loss" }, { postOnly: false }],
    ["to a stop drops fok", { timeInForce: "fok" }, { type: "stop_loss" }, { timeInForce: "gtc" }],
    ["to a stop-limit keeps it", { timeInForce: "fok" }, { type: "stop_limit" }, { timeInForce: "fok" }],
    ["to post-only keeps a day", { timeInForce: "day" }, { postOnly: true }, { timeInForce: "day" }],
    ["of the side forgets its stop", { stop: "0.04" }, { side: "buy" }, { stop: "", price: "0.042" }],
    ["to the same side does not", { stop: "0.04" }, { side: "sell" }, { stop: "0.04" }],
  ])("%s", (_, before, edit, after) => {
    expect(edited(draft(before), edit)).toMatchObject(after);
  });
});

it("only what may rest takes ioc and fok", () => {
  expect(KINDS.filter((kind) => timesOf(kind).includes("fok"))).toEqual([
    "limit",
    "stop_limit",
    "take_profit_limit",
  ]);
});
