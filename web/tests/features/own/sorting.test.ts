import { describe, expect, it } from "vitest";
import { afterPress, figureKey, inOrder, type Sort } from "@/features/own/sorting";

describe("rows in an order", () => {
  const rows = [
    { id: "a", price: "9.5" },
    { id: "b", price: "10" },
    { id: "c", price: null },
    { id: "d", price: "9.50" },
    { id: "e", price: "0.000000000000000001" },
  ];

  it.each([
    ["ascending", ["e", "a", "d", "b", "c"]],
    ["descending", ["b", "a", "d", "e", "c"]],
  ] as const)("%s by figures, not by their texts", (order, ids) => {
    expect(inOrder(rows, order, (row) => figureKey(row.price)).map(({ id }) => id)).toEqual(ids);
  });

  it("leave what was given as it was", () => {
    inOrder(rows, "descending", (row) => row.id);
    expect(rows[0]?.id).toBe("a");
  });
});

it.each<[string, Sort<string> | null, Sort<string> | null]>([
  ["nothing", null, { column: "price", order: "descending" }],
  ["another column", { column: "time", order: "ascending" }, { column: "price", order: "descending" }],
  ["it", { column: "price", order: "descending" }, { column: "price", order: "ascending" }],
  ["it the other way round", { column: "price", order: "ascending" }, null],
])("a press on a column when %s is sorted", (_, before, after) => {
  expect(afterPress(before, "price", "descending")).toEqual(after);
});
