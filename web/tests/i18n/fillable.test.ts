import compile from "icu-minify/compile";
import { describe, expect, it } from "vitest";
import { fillable } from "@/i18n/fillable";
import { LATE_WORDS } from "@/i18n/lateWords";

describe.each(Object.entries(LATE_WORDS))("late words of %s", (_, languages) => {
  it.each(Object.entries(languages))("are in %s what the build would have made of them", async (_, load) => {
    const words = (await load()).default;
    expect(fillable(words)).toEqual(compiled(words));
  });
});

function compiled(words: unknown): unknown {
  if (typeof words === "string") return JSON.parse(JSON.stringify(compile(words)));
  return Object.fromEntries(
    Object.entries(words as Record<string, unknown>).map(([key, inner]) => [key, compiled(inner)]),
  );
}
