import { expect, it } from "vitest";
import { toggled } from "@/providers/kept/toggled";

it("a list has what it had not, and is without what it had", () => {
  expect(toggled(["a"], "b")).toEqual(["a", "b"]);
  expect(toggled(["a", "b"], "a")).toEqual(["b"]);
});
