import { describe, expect, it } from "vitest";
import { coverArt, fnv1a, hueOf, initialsOf } from "@/components/coverArt";

describe("the hash of an id", () => {
  it.each([
    ["", 0x811c9dc5],
    ["a", 0xe40c292c],
    ["foobar", 0xbf9cf968],
  ])("of %j is %i, as FNV-1a says", (text, hash) => expect(fnv1a(text)).toBe(hash));

  it("reads UTF-8, not code units", () => expect(fnv1a("é")).toBe(fnv1a("\u00e9")));
});

describe("a cover", () => {
  it("never changes", () => expect(coverArt("HAZL")).toEqual(coverArt("HAZL")));

  it("differs by id", () => expect(coverArt("HAZL").back).not.toBe(coverArt("OLAN").back));

  it("keeps away from the colours of up and down", () => {
    for (let id = 0; id < 2_000; id++) {
      const hue = hueOf(`creator ${id}`);
      for (const taken of [156, 353]) {
        expect(Math.abs(((hue - taken + 540) % 360) - 180)).toBeGreaterThanOrEqual(12);
      }
    }
  });

  it("stays within its recipe", () => {
    const art = coverArt("1042");
    expect(art.hairs).toHaveLength(26);
    expect(art.disc.r).toBeGreaterThanOrEqual(70);
    expect(art.disc.r).toBeLessThanOrEqual(120);
    expect(art.turn % 90).toBe(0);
  });
});

describe("initials", () => {
  it.each([
    ["Luna Park", "LP"],
    ["Moth & Meridian", "MM"],
    ["Bitcoin", "BI"],
    ["USDC", "US"],
    ["  نجوم الليل ", "نا"],
    ["<script>alert(1)</script>", "SC"],
    ["𝒜pex 𝒵one", "𝒜𝒵"],
    ["", ""],
    ["!!!", ""],
  ])("of %j are %j", (name, initials) => expect(initialsOf(name)).toBe(initials));
});
