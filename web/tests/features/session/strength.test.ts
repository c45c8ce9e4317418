import { describe, expect, it } from "vitest";
import { strengthOf } from "@/features/session/strength";

describe("the strength of a password", () => {
  it.each([
    ["", 0],
    ["Xk9!fQ2#v", 0],
    ["aaaaaaaaaaaa", 1],
    ["1234567890", 1],
    ["abcdefghijkl", 1],
    ["correct horse battery", 3],
    ["Xk9!fQ2#vLm4", 3],
    ["пароль-очень-длинный", 3],
  ])("%j is %i", (password, level) => expect(strengthOf(password)).toBe(level));

  it("is less where it holds what others know", () => {
    const password = "ada.lovelace";
    expect(strengthOf(password, ["ada.lovelace@example.com"])).toBeLessThan(strengthOf(password));
  });
});
