import { describe, expect, it } from "vitest";
import { chartPoint } from "@/components/areaGeometry";
import { valuation } from "@/features/own/valuation";
import { dayOfHoldings } from "@/features/portfolio/dayCourse";
import { balance, LISTINGS, tickerOf } from "../own/holdings";

describe("a day of what is held", () => {
  const value = valuation([balance("USDC", "100"), balance("LUNA", "1000")], LISTINGS, tickerOf);
  const days = new Map([["LUNA-USDC", { start: 0, stepMs: 10, closes: ["0.04", "0.0500119"] }]]);

  it("is these amounts at the prices of each time, exactly", () => {
    expect(dayOfHoldings(value, days)).toEqual([chartPoint(10, "140.000000"), chartPoint(20, "150.011900")]);
  });

  it("is as long as the shortest course of them", () => {
    const both = valuation([balance("LUNA", "1000"), balance("BTC", "1")], LISTINGS, tickerOf);
    const longer = { start: -10, stepMs: 10, closes: ["1", "2", "3"] };
    const points = dayOfHoldings(both, new Map([...days, ["BTC-USDC", longer]]));
    expect(points.map(({ time, text }) => [time, text])).toEqual([
      [10, "42.000000"],
      [20, "53.011900"],
    ]);
  });

  it("is without what has no price, like the total", () => {
    const partly = valuation([balance("LUNA", "1000"), balance("NEW", "5")], LISTINGS, tickerOf);
    expect(dayOfHoldings(partly, days).map(({ text }) => text)).toEqual(["40.000000", "50.011900"]);
  });

  it("is not drawn where a price of the day is missing", () => {
    expect(dayOfHoldings(value, new Map())).toEqual([]);
  });
});
