import { expect, it } from "vitest";
import { withRules } from "@/features/trade/phase/liveListing";
import { LUNA, LUNA_RULES } from "../markets";

const LISTING = { ...LUNA, name: "Luna Park", cover: null, demo: true, creator: null };

it("a listing is the same object while its rules are the same", () => {
  expect(withRules(LISTING, null)).toBe(LISTING);
  expect(withRules(LISTING, { ...LUNA_RULES })).toBe(LISTING);
});

it("a listing takes status and rules over and keeps who it is", () => {
  const changed = withRules(LISTING, { ...LUNA_RULES, status: "auction", tick_size: "0.00005" });
  expect(changed).toMatchObject({ name: "Luna Park", status: "auction", priceIncrement: 5n, tickSize: 1n });
});
