import { describe, expect, test } from "vitest";
import {
  bucketAfter,
  bucketStart,
  bucketsBetween,
  INTERVALS,
  type Interval,
  intervalMs,
  isInterval,
} from "../src/intervals.ts";

describe("buckets", () => {
  test.each<[Interval, string, string, string]>([
    ["1m", "2026-11-25T11:59:59.999Z", "2026-11-25T11:59:00Z", "2026-11-25T12:00:00Z"],
    ["1m", "2026-11-25T12:00:00Z", "2026-11-25T12:00:00Z", "2026-11-25T12:01:00Z"],
    ["15s", "2026-11-25T12:00:44.5Z", "2026-11-25T12:00:30Z", "2026-11-25T12:00:45Z"],
    ["4h", "2026-11-25T07:59:59Z", "2026-11-25T04:00:00Z", "2026-11-25T08:00:00Z"],
    ["1d", "2026-03-29T01:30:00Z", "2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z"],
    ["3d", "1970-01-03T23:00:00Z", "1970-01-01T00:00:00Z", "1970-01-04T00:00:00Z"],
    ["1w", "2026-11-25T12:00:00Z", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"],
    ["1w", "1970-01-01T00:00:00Z", "1969-12-29T00:00:00Z", "1970-01-05T00:00:00Z"],
    ["1M", "2026-02-28T23:59:59Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"],
    ["1M", "2026-12-31T00:00:00Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"],
  ])("%s at %s", (interval, time, start, next) => {
    const begin = bucketStart(Date.parse(time), interval);
    expect(begin).toBe(Date.parse(start));
    expect(bucketAfter(begin, interval)).toBe(Date.parse(next));
    expect(bucketAfter(bucketAfter(begin, interval), interval, -1)).toBe(begin);
    expect(bucketsBetween(begin, Date.parse(next), interval)).toBe(1);
  });

  test("months are counted over the year's end", () => {
    const [from, to] = ["2026-11-01T00:00:00Z", "2027-02-01T00:00:00Z"].map(Date.parse) as [number, number];
    expect(bucketsBetween(from, to, "1M")).toBe(3);
  });

  test("intervals rise, and only months have no length", () => {
    const lengths = INTERVALS.map(intervalMs);
    expect(lengths.filter((length) => length === null)).toHaveLength(1);
    const known = lengths.filter((length) => length !== null);
    expect([...known].sort((a, b) => a - b)).toEqual(known);
    expect([isInterval("1m"), isInterval("7m"), isInterval("")]).toEqual([true, false, false]);
  });
});
