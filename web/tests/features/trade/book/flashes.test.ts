import { describe, expect, it } from "vitest";
import { FLASH_MS, Flashes } from "@/features/trade/book/flashes";

const rows = (...pairs: [bigint, bigint][]) => pairs.map(([price, quantity]) => ({ price, quantity }));

describe("flashes", () => {
  it("leave a new book alone", () => {
    const flashes = new Flashes();
    flashes.note(rows([1n, 5n]), 0);
    expect(flashes.strength(1n, 0)).toBe(0);
    expect(flashes.nextChange(0)).toBeNull();
  });

  it("mark a changed size for 400 ms, in two steps", () => {
    const flashes = new Flashes();
    flashes.note(rows([1n, 5n], [2n, 5n]), 0);
    flashes.note(rows([1n, 6n], [2n, 5n]), 1_000);
    expect([1_000, 1_199, 1_200, 1_399, 1_400].map((now) => flashes.strength(1n, now))).toEqual([
      1, 1, 0.5, 0.5, 0,
    ]);
    expect(flashes.strength(2n, 1_000)).toBe(0);
    expect(flashes.nextChange(1_000)).toBe(FLASH_MS / 2);
    expect(flashes.nextChange(1_300)).toBe(100);
  });

  it("mark no size more than twice a second", () => {
    const flashes = new Flashes();
    let starts = 0;
    for (let now = 0; now <= 3_000; now += 20) {
      const before = flashes.strength(1n, now);
      flashes.note(rows([1n, BigInt(now)]), now);
      if (before === 0 && flashes.strength(1n, now) === 1) starts += 1;
    }
    expect(starts).toBeLessThanOrEqual(6);
    expect(starts).toBeGreaterThan(3);
  });

  it("forget when the book is another one", () => {
    const flashes = new Flashes();
    flashes.note(rows([1n, 5n]), 0);
    flashes.reset();
    flashes.note(rows([1n, 6n]), 1_000);
    expect(flashes.strength(1n, 1_000)).toBe(0);
  });
});
