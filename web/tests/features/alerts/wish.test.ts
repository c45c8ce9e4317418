import { describe, expect, it } from "vitest";
import { steppedWish, wishOf } from "@/features/alerts/wish";
import { LUNA } from "../trade/markets";

const LAST = "0.04203";

describe("what a typed price waits for", () => {
  it.each([
    ["", "en", LAST, { kind: "empty" }],
    ["0.05", "en", LAST, { kind: "ready", direction: "at_or_above", price: "0.05000", first: false }],
    ["0.04204", "en", LAST, { kind: "ready", direction: "at_or_above", price: "0.04204", first: false }],
    ["0.04202", "en", LAST, { kind: "ready", direction: "at_or_below", price: "0.04202", first: false }],
    ["0,04", "de", LAST, { kind: "ready", direction: "at_or_below", price: "0.04000", first: false }],
    ["0.05", "en", null, { kind: "ready", direction: "at_or_above", price: "0.05000", first: true }],
    ["0.04203", "en", LAST, { kind: "refused", reason: "there" }],
    ["0.042035", "en", LAST, { kind: "refused", reason: "offTick" }],
    ["0", "en", LAST, { kind: "refused", reason: "notPrice" }],
    ["soon", "en", LAST, { kind: "refused", reason: "notPrice" }],
    ["1.234", "de", LAST, { kind: "ambiguous", first: "1234", second: "1.234" }],
  ])("%s in %s beside %s", (typed, locale, last, expected) => {
    expect(wishOf(typed, locale, LUNA, last)).toEqual(expected);
  });
});

describe("a step from what was typed, or from the last price", () => {
  it.each([
    ["", "en", LAST, 1, "0.04204"],
    ["0.05", "en", LAST, -10, "0.0499"],
    ["0,05", "de", LAST, 1, "0,05001"],
    ["0.00001", "en", LAST, -100, "0.00001"],
    ["", "en", null, 1, "0.00001"],
  ])("%s in %s beside %s by %s", (typed, locale, last, by, expected) => {
    expect(steppedWish(typed, locale, LUNA, last, by)).toBe(expected);
  });
});
