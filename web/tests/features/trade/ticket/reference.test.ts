import type { AuctionView, BookFrame, Ticker } from "@cse/client";
import { expect, it } from "vitest";
import { twiceReference } from "@/features/trade/ticket/reference";
import { LUNA } from "../markets";

const AUCTION = { ...LUNA, status: "auction" } as const;
const book = { bids: [[4_200n, 1n]], asks: [[4_100n, 1n]] } as unknown as BookFrame;
const auction = { price: "0.04150" } as AuctionView;
const ticker = { last_price: "0.04000" } as Ticker;

it("is the middle of an open book", () => {
  expect(twiceReference(LUNA, { book, auction: null, ticker })).toBe(8_300n);
  expect(twiceReference(LUNA, { book: null, auction: null, ticker })).toBeNull();
});

it("is in an auction the price indicated, else the last one", () => {
  expect(twiceReference(AUCTION, { book, auction, ticker })).toBe(8_300n);
  expect(twiceReference(AUCTION, { book, auction: { ...auction, price: null }, ticker })).toBe(8_000n);
  expect(
    twiceReference(AUCTION, { book, auction: null, ticker: { ...ticker, last_price: null } }),
  ).toBeNull();
});
