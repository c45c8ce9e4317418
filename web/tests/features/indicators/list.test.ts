import { expect, it } from "vitest";
import { FORMULAS } from "@/features/indicators/formulas/formulas";
import { LIST } from "@/features/indicators/generated/list";

it("computes every indicator of the list, and no other", () => {
  expect(Object.keys(FORMULAS).sort()).toEqual(LIST.map((entry) => entry.name).sort());
});
