import { ApiError, OutcomeUnknown } from "@cse/client";
import { describe, expect, it } from "vitest";
import { WishKeys } from "@/providers/wish";

const refused = (status: number, code?: string) => new ApiError(status, { code });

/** The keys with which a wish is sent before and after it failed so. */
function sentAround(...errors: unknown[]): [string, string] {
  const keys = new WishKeys();
  const before = keys.keyOf("10 USDC");
  for (const error of errors) keys.failed("10 USDC", error);
  return [before, keys.keyOf("10 USDC")];
}

describe("a wish keeps its key", () => {
  it.each([
    ["there was no answer", [new OutcomeUnknown("unknown")]],
    ["the exchange says that it does not know", [refused(503, "outcome_unknown")]],
    ["something on the way answered", [refused(502)]],
    ["a page in between answered with what is no refusal of the exchange", [refused(404)]],
    ["it came too often after nobody knew", [refused(503, "outcome_unknown"), refused(429, "rate_limited")]],
    ["the session ended after nobody knew", [refused(502), refused(401, "not_authenticated")]],
    ["a part of the exchange was away", [refused(502), refused(503, "unavailable")]],
    ["the page itself failed", [new TypeError("none")]],
  ])("where %s", (_, errors) => {
    const [before, after] = sentAround(...errors);
    expect(after).toBe(before);
  });

  it("while another is written and taken back", () => {
    const keys = new WishKeys();
    const ten = keys.keyOf("10");
    keys.failed("10", refused(503, "outcome_unknown"));
    expect(keys.keyOf("100")).not.toBe(ten);
    expect([keys.isUnknown("100"), keys.isUnknown("10")]).toEqual([false, true]);
    expect(keys.keyOf("10")).toBe(ten);
  });

  it("no longer than until it is done", () => {
    const keys = new WishKeys();
    const first = keys.keyOf("10");
    keys.failed("10", new OutcomeUnknown("unknown"));
    keys.done("10");
    expect(keys.isUnknown("10")).toBe(false);
    expect(keys.keyOf("10")).not.toBe(first);
  });

  it("no longer than until it is refused for what it is, which would be repeated", () => {
    const [before, after] = sentAround(refused(503, "outcome_unknown"), refused(422, "insufficient_funds"));
    expect(after).not.toBe(before);
  });
});

it("has a key that the exchange takes", () => {
  expect(new WishKeys().keyOf("x".repeat(500))).toMatch(/^[0-9a-f-]{36}$/);
});
