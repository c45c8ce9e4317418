import { describe, expect, it } from "vitest";
import { choiceOf, queryOf, startOfDay } from "@/features/portfolio/past/choice";

describe("choiceOf", () => {
  it("takes what a list can be narrowed by, and nothing that cannot be meant", () => {
    const search = new URLSearchParams(
      "tab=fills&market=LUNA-USDC&side=buy&kind=trade&asset=LUNA&from=2026-01-31&to=tomorrow",
    );
    expect(choiceOf("fills", search)).toEqual({ market: "LUNA-USDC", side: "buy", from: "2026-01-31" });
    expect(choiceOf("ledger", search)).toEqual({ asset: "LUNA", kind: "trade", from: "2026-01-31" });
    expect(choiceOf("history", new URLSearchParams("side=both&market=<script>&from=2026-02-99"))).toEqual({});
  });
});

describe("startOfDay", () => {
  it.each([
    ["2026-01-31", 0, "UTC", "2026-01-31T00:00:00.000Z"],
    ["2026-01-31", 1, "UTC", "2026-02-01T00:00:00.000Z"],
    ["2026-01-31", 0, "Asia/Kolkata", "2026-01-30T18:30:00.000Z"],
    // Clocks go on that day: it begins in winter and the next in summer.
    ["2026-03-29", 0, "Europe/Berlin", "2026-03-28T23:00:00.000Z"],
    ["2026-03-29", 1, "Europe/Berlin", "2026-03-29T22:00:00.000Z"],
    ["2026-11-01", 1, "America/New_York", "2026-11-02T05:00:00.000Z"],
  ])("%s and %i later in %s", (day, later, zone, expected) => {
    expect(startOfDay(day, later, zone)).toBe(expected);
  });
});

describe("queryOf", () => {
  it("has both days belong to the choice", () => {
    expect(queryOf({ side: "sell", from: "2026-01-31", to: "2026-01-31" }, "UTC")).toEqual({
      side: "sell",
      from: "2026-01-31T00:00:00.000Z",
      to: "2026-02-01T00:00:00.000Z",
    });
  });
});
