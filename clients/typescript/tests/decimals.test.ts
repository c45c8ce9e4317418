import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DecimalError,
  decimalsOf,
  divideDown,
  divideToNearest,
  divideUp,
  formatUnits,
  parseUnits,
  trimUnits,
} from "../src/decimals.ts";

describe("reading the wire", () => {
  test.each<[string, number, bigint]>([
    ["0", 6, 0n],
    ["1", 0, 1n],
    ["1.5", 6, 1_500_000n],
    ["0.042010", 5, 4201n],
    ["12.500000", 1, 125n],
    ["-0.0012", 4, -12n],
    ["-0.5", 0 + 1, -5n],
    ["1000000000000000000", 18, 10n ** 36n],
  ])("%s with %i decimals", (text, decimals, units) => {
    expect(parseUnits(text, decimals)).toBe(units);
  });

  test.each<[string, number, string]>([
    ["", 6, "malformed"],
    [" 1", 6, "malformed"],
    ["1e3", 6, "malformed"],
    ["+1", 6, "malformed"],
    [".5", 6, "malformed"],
    ["5.", 6, "malformed"],
    ["1,5", 6, "malformed"],
    ["NaN", 6, "malformed"],
    ["٣", 6, "malformed"],
    ["1.0000001", 6, "too_many_decimals"],
    ["1.5", 0, "too_many_decimals"],
  ])("%j with %i decimals is %s", (text, decimals, reason) => {
    const read = (): bigint => parseUnits(text, decimals);
    expect(read).toThrow(DecimalError);
    expect(read).toThrow(expect.objectContaining({ reason }));
  });
});

describe("writing", () => {
  test.each<[bigint, number, string, string]>([
    [0n, 6, "0.000000", "0"],
    [1n, 8, "0.00000001", "0.00000001"],
    [-1n, 2, "-0.01", "-0.01"],
    [12_345_678_912_345_678n, 8, "123456789.12345678", "123456789.12345678"],
    [1_500_000n, 6, "1.500000", "1.5"],
    [100n, 0, "100", "100"],
    [10n ** 18n, 0, "1000000000000000000", "1000000000000000000"],
  ])("%s with %i decimals", (units, decimals, fixed, trimmed) => {
    expect(formatUnits(units, decimals)).toBe(fixed);
    expect(trimUnits(units, decimals)).toBe(trimmed);
  });

  test("what is written is read back", () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 38n), 10n ** 38n),
        fc.integer({ min: 0, max: 18 }),
        (units, decimals) => {
          expect(parseUnits(formatUnits(units, decimals), decimals)).toBe(units);
          expect(parseUnits(trimUnits(units, decimals), decimals)).toBe(units);
        },
      ),
    );
  });

  test("zeros at the end are no decimals", () => {
    expect(["1", "1.0", "0.0100", "10", "0.00001"].map(decimalsOf)).toEqual([0, 0, 2, 0, 5]);
  });
});

describe("dividing", () => {
  test.each<[bigint, bigint, bigint, bigint, bigint]>([
    [7n, 2n, 3n, 4n, 4n],
    [5n, 2n, 2n, 3n, 2n],
    [-5n, 2n, -3n, -2n, -2n],
    [-7n, 2n, -4n, -3n, -4n],
    [6n, 3n, 2n, 2n, 2n],
    [-1n, 3n, -1n, 0n, 0n],
    [0n, 9n, 0n, 0n, 0n],
  ])("%s / %s", (dividend, divisor, down, up, nearest) => {
    expect(divideDown(dividend, divisor)).toBe(down);
    expect(divideUp(dividend, divisor)).toBe(up);
    expect(divideToNearest(dividend, divisor)).toBe(nearest);
  });
});
