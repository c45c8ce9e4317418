import type { PriceAlertView } from "@cse/client";
import { describe, expect, it } from "vitest";
import { isThere, newlyReached, waitingIn } from "@/features/trade/chart/alerts/reached";
import { LUNA } from "../../markets";

function alert(id: string, changes: Partial<PriceAlertView> = {}): PriceAlertView {
  return {
    id,
    market: "LUNA-USDC",
    price: "0.04200",
    direction: "at_or_above",
    by_mail: false,
    created_at: "2026-11-27T12:00:00Z",
    reached_at: null,
    ...changes,
  };
}

const REACHED = { reached_at: "2026-11-27T13:00:00Z" };

describe("what is told", () => {
  it.each([
    ["nothing when they are looked at first", undefined, [alert("1", REACHED)], []],
    ["one that waited", [alert("1"), alert("2")], [alert("1", REACHED), alert("2")], ["1"]],
    ["none a second time", [alert("1", REACHED)], [alert("1", REACHED)], []],
    ["none that is new and reached", [alert("1")], [alert("1"), alert("2", REACHED)], []],
    ["none that was removed", [alert("1")], [], []],
    ["nothing while they are not known", [alert("1")], undefined, []],
  ])("is %s", (_, before, now, told) => {
    expect(newlyReached(before, now).map(({ id }) => id)).toEqual(told);
  });
});

it("waits only in its own market, until it is reached", () => {
  const all = [alert("1"), alert("2", REACHED), alert("3", { market: "NOVA-USDC" })];
  expect(waitingIn(all, "LUNA-USDC").map(({ id }) => id)).toEqual(["1"]);
  expect(waitingIn(undefined, "LUNA-USDC")).toEqual([]);
});

it.each([
  ["at_or_above", 4_199n, false],
  ["at_or_above", 4_200n, true],
  ["at_or_above", 4_300n, true],
  ["at_or_below", 4_201n, false],
  ["at_or_below", 4_200n, true],
  ["at_or_below", 4_000n, true],
])("%s is reached by a trade at %s: %s", (direction, last, there) => {
  expect(isThere(alert("1", { direction: direction as PriceAlertView["direction"] }), last, LUNA)).toBe(
    there,
  );
});
