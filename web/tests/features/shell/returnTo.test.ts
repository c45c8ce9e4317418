import { describe, expect, it } from "vitest";
import { placeOf } from "@/features/shell/places";
import { returnPath } from "@/features/shell/returnTo";

describe("where to go after signing in", () => {
  it.each([
    ["", "/"],
    ["?to=%2Ftrade%2FLUNA-USDC", "/trade/LUNA-USDC"],
    ["?to=/portfolio", "/portfolio"],
    ["?to=https://evil.example", "/"],
    ["?to=//evil.example", "/"],
    ["?to=/%5Cevil.example", "/"],
    ["?to=/a%0d%0ab", "/"],
    ["?to=javascript:alert(1)", "/"],
    ["?to=/trade/x?y=1", "/"],
  ])("from %j is %s: this app and nothing else", (search, path) => expect(returnPath(search)).toBe(path));
});

describe("the room of a path", () => {
  it.each([
    ["/en", "home"],
    ["/ar/markets", "markets"],
    ["/en/trade/LUNA-USDC", "trade"],
    ["/en/sign-in", "account"],
    ["/en/lost", "other"],
  ])("%s is %s", (path, place) => expect(placeOf(path)).toBe(place));
});
