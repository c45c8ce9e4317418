import compile from "icu-minify/compile";
import { expect, it } from "vitest";
import { fillable } from "@/features/own/orderingWords";
import ar from "../../../messages/ar/ordering.json";
import en from "../../../messages/en/ordering.json";

it.each([
  ["en", en],
  ["ar", ar],
])("words of %s are what the build would have made of them", (_, words) => {
  expect(fillable(words)).toEqual(compiled(words));
});

function compiled(words: unknown): unknown {
  if (typeof words === "string") return JSON.parse(JSON.stringify(compile(words)));
  return Object.fromEntries(
    Object.entries(words as Record<string, unknown>).map(([key, inner]) => [key, compiled(inner)]),
  );
}
