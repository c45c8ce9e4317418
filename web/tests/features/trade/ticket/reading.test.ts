import { describe, expect, it } from "vitest";
import { type Draft, EMPTY_DRAFT } from "@/features/trade/ticket/draft";
import { readDraft } from "@/features/trade/ticket/reading";
import { LUNA, STEPS } from "../markets";

const draft = (edit: Partial<Draft>): Draft => ({ ...EMPTY_DRAFT, ...edit });

describe("reading a draft", () => {
  it.each<[string, string, bigint]>([
    ["1.5k", "en", 15_000n],
    ["2m", "en", 20_000_000n],
    ["12,522.2", "en", 125_222n],
    ["12.522,2", "de", 125_222n],
    ["0,5", "de", 5n],
  ])("a size of %s in %s", (size, locale, lots) => {
    expect(readDraft(draft({ size }), LUNA, locale).order.quantity).toBe(lots);
  });

  it.each<[string, string, string]>([
    ["0,5", "en", "foreign_mark"],
    ["1.234", "de", "ambiguous"],
    ["1e3", "en", "exponent"],
    ["-5", "en", "negative"],
    ["0.55", "en", "too_many_decimals"],
    ["abc", "en", "not_a_number"],
  ])("a size of %s in %s is refused: %s", (size, locale, reason) => {
    const reading = readDraft(draft({ size }), LUNA, locale);
    expect(reading.size.problem?.reason).toBe(reason);
    expect(reading.order.quantity).toBeUndefined();
  });

  it("names the steps on both sides of what lies between", () => {
    expect(readDraft(draft({ price: "1.12" }), STEPS, "en").price.problem).toEqual({
      reason: "off_step",
      readings: [],
      nearest: [22n, 23n],
      decimals: 2,
    });
    expect(readDraft(draft({ price: "1.15" }), STEPS, "en").order.price).toBe(23n);
  });

  it("has no complaint about what is empty", () => {
    const reading = readDraft(draft({}), LUNA, "en");
    expect([reading.price.problem, reading.size.problem, reading.complete]).toEqual([null, null, false]);
  });

  it.each<[string, Partial<Draft>, boolean]>([
    ["limit without a price", { size: "1" }, false],
    ["limit", { size: "1", price: "0.04" }, true],
    ["market by quantity", { type: "market", size: "1" }, true],
    ["market by spend", { type: "market", by: "spend", spend: "10" }, true],
    ["market by spend with only a size", { type: "market", by: "spend", size: "1" }, false],
  ])("%s: complete is %s", (_, edit, complete) => {
    expect(readDraft(draft(edit), LUNA, "en").complete).toBe(complete);
  });

  it("leaves out of the order what the other type typed", () => {
    const market = readDraft(
      draft({ type: "market", price: "0.04", size: "1", spend: "9", postOnly: true }),
      LUNA,
      "en",
    );
    expect(market.order).toEqual({
      side: "buy",
      type: "market",
      price: undefined,
      quantity: 10n,
      quoteAmount: undefined,
      timeInForce: undefined,
      postOnly: undefined,
    });
  });
});
