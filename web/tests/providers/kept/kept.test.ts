// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { browserStorage, hasKept, keep, type Place, readKept } from "@/providers/kept/kept";

const NUMBERS = {
  safeParse: (value: unknown) =>
    typeof value === "number" ? { success: true as const, data: value } : { success: false as const },
};
const refusing = (): never => {
  throw new DOMException("full", "QuotaExceededError");
};
const REFUSING: Place = { getItem: refusing, setItem: refusing, removeItem: refusing };

beforeEach(() => localStorage.clear());

describe("what is kept", () => {
  it("is there until it is taken away", () => {
    keep(browserStorage(), "cse.test", 7);
    expect([
      hasKept(browserStorage(), "cse.test"),
      readKept(browserStorage(), "cse.test", NUMBERS, 0),
    ]).toEqual([true, 7]);
    keep(browserStorage(), "cse.test", null);
    expect([
      hasKept(browserStorage(), "cse.test"),
      readKept(browserStorage(), "cse.test", NUMBERS, 0),
    ]).toEqual([false, 0]);
  });

  it("is nothing, and no fault, where a device keeps nothing", () => {
    for (const place of [REFUSING, null]) {
      keep(place, "cse.test", 7);
      expect([hasKept(place, "cse.test"), readKept(place, "cse.test", NUMBERS, 0)]).toEqual([false, 0]);
    }
  });
});
