import { describe, expect, test } from "vitest";
import { cameOrWent, kept } from "@/features/trade/feed/useFollowed";

const BOOK = { bids: [], asks: [] };

describe("what is followed", () => {
  test.each([
    ["the same pieces", { book: BOOK, lastText: "1.00" }, true],
    ["another price", { book: BOOK, lastText: "1.01" }, false],
    ["another book of the same levels", { book: { ...BOOK }, lastText: "1.00" }, false],
    ["no book any more", { book: null, lastText: "1.00" }, false],
  ])("%s", (_, newer, same) => {
    const held = { book: BOOK as typeof BOOK | null, lastText: "1.00" };
    expect(kept(held, newer) === held).toBe(same);
  });

  test.each([
    ["a price moved", { book: BOOK, lastText: "1.01" }, false],
    ["the book changed", { book: { ...BOOK }, lastText: "1.00" }, false],
    ["the book went", { book: null, lastText: "1.00" }, true],
    ["there is no trade any more", { book: BOOK, lastText: null }, true],
  ])("is read at once only where a piece came or went: %s", (_, other, atOnce) => {
    const one = { book: BOOK as typeof BOOK | null, lastText: "1.00" as string | null };
    expect(cameOrWent(one, other)).toBe(atOnce);
    expect(cameOrWent(other, one)).toBe(atOnce);
  });
});
