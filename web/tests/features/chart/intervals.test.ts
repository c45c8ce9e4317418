import type { Interval } from "@cse/client";
import { describe, expect, it } from "vitest";
import { countdown, intervalWords, periodOf } from "@/features/chart/intervals";

describe("what is left of a bar", () => {
  const noon = Date.parse("2026-11-25T12:00:00Z");
  it.each<[Interval, number, string]>([
    ["15m", 0, "15:00"],
    ["15m", 6 * 60_000 + 37_000, "08:23"],
    ["4h", 1_000, "3:59:59"],
    ["1m", 61_000, "00:00"],
    ["1w", 0, "7d 0h"],
  ])("%s after %d ms", (interval, passed, text) => {
    expect(countdown(interval, noon, noon + passed)).toBe(text);
  });
});

it.each<[Interval, string, number]>([
  ["15s", "second", 15],
  ["1m", "minute", 1],
  ["12h", "hour", 12],
  ["3d", "day", 3],
  ["1w", "week", 1],
  ["1M", "month", 1],
])("the library knows %s as a count of %ss", (interval, type, span) => {
  expect(periodOf(interval)).toEqual({ type, span });
});

it.each<[Interval, string, string]>([
  ["1s", "en", "1 second"],
  ["15m", "en", "15 minutes"],
  ["1M", "en", "1 month"],
  ["15m", "ar", "15 دقيقة"],
  ["3d", "ar", "3 أيام"],
])("%s in %s is %s", (interval, locale, words) => {
  expect(intervalWords(interval, locale)).toBe(words);
});
