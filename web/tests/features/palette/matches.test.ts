import { describe, expect, it } from "vitest";
import { matches } from "@/features/palette/matches";

describe("the search", () => {
  it.each([
    ["Luna Park LUNA-USDC", "luna", true],
    ["Luna Park LUNA-USDC", "park lu", true],
    ["Nóva Quill", "NOVA", true],
    ["Luna Park", "nova", false],
    ["Luna Park", "", true],
    ["Luna Park", "   ", true],
    ["سجّل", "سجل", true],
  ])("in %j for %j is %s", (text, query, found) => expect(matches(text, query)).toBe(found));
});
