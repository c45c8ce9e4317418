import { bucketAfter, bucketStart, type Interval } from "@cse/client";
import { describe, expect, it } from "vitest";
import { bucketsBetween, countdown } from "@/features/chart/intervals";

const at = (text: string): number => Date.parse(text);

describe("buckets in UTC", () => {
  it.each<[Interval, string, string, string]>([
    ["1m", "2026-11-25T11:59:59.999Z", "2026-11-25T11:59:00Z", "2026-11-25T12:00:00Z"],
    ["1m", "2026-11-25T12:00:00.000Z", "2026-11-25T12:00:00Z", "2026-11-25T12:01:00Z"],
    ["15s", "2026-11-25T12:00:59.999Z", "2026-11-25T12:00:45Z", "2026-11-25T12:01:00Z"],
    ["4h", "2026-11-25T03:59:00Z", "2026-11-25T00:00:00Z", "2026-11-25T04:00:00Z"],
    ["1d", "2026-03-29T23:30:00Z", "2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z"],
    ["3d", "1970-01-05T00:00:00Z", "1970-01-04T00:00:00Z", "1970-01-07T00:00:00Z"],
    ["1w", "2026-11-29T23:59:59Z", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"],
    ["1M", "2026-12-31T23:59:59Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"],
  ])("%s at %s", (interval, time, start, next) => {
    expect(bucketStart(at(time), interval)).toBe(at(start));
    expect(bucketAfter(at(start), interval)).toBe(at(next));
    expect(bucketsBetween(interval, at(start), at(next))).toBe(1);
  });

  it("counts months over the year's end", () => {
    expect(bucketsBetween("1M", at("2026-11-01T00:00:00Z"), at("2027-02-01T00:00:00Z"))).toBe(3);
  });
});

describe("what is left of a bar", () => {
  const noon = at("2026-11-25T12:00:00Z");
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
