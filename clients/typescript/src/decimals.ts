/**
 * Amounts: strict decimal strings outside, integers (`bigint`) of a fixed number of decimals inside.
 *
 * Nothing here rounds on reading: what the unit cannot express is refused.
 */

export type DecimalReason = "malformed" | "too_many_decimals";

/** A text is not a number that the unit can express. */
export class DecimalError extends Error {
  readonly reason: DecimalReason;
  readonly text: string;

  constructor(reason: DecimalReason, text: string) {
    super(`${JSON.stringify(text.slice(0, 80))} is not an amount: ${reason.replaceAll("_", " ")}`);
    this.name = "DecimalError";
    this.reason = reason;
    this.text = text;
  }
}

const DECIMAL = /^-?[0-9]{1,40}(?:\.[0-9]{1,30})?$/;
const POWERS: bigint[] = [1n];

/** `10 ** exponent`. */
export function powerOfTen(exponent: number): bigint {
  for (let known = POWERS.length; known <= exponent; known += 1) {
    POWERS.push((POWERS[known - 1] as bigint) * 10n);
  }
  return POWERS[exponent] as bigint;
}

/**
 * Reads a decimal string as units of `10 ** -decimals`. Zeros at the end are no decimals.
 *
 * @throws DecimalError when the text is malformed or has more decimals.
 */
export function parseUnits(text: string, decimals: number): bigint {
  if (!DECIMAL.test(text)) throw new DecimalError("malformed", text);
  const point = text.indexOf(".");
  if (point < 0) return BigInt(text) * powerOfTen(decimals);
  let fraction = text.slice(point + 1);
  if (fraction.length > decimals) {
    if (/[^0]/.test(fraction.slice(decimals))) throw new DecimalError("too_many_decimals", text);
    fraction = fraction.slice(0, decimals);
  }
  return BigInt(text.slice(0, point) + fraction.padEnd(decimals, "0"));
}

/** Writes units with exactly `decimals` decimals; never an exponent, never a zero below zero. */
export function formatUnits(units: bigint, decimals: number): string {
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Writes units without needless zeros, as requests carry them. */
export function trimUnits(units: bigint, decimals: number): string {
  const text = formatUnits(units, decimals);
  return decimals === 0 ? text : text.replace(/\.?0+$/, "");
}

/** How many decimals a decimal string has, zeros at its end left out. */
export function decimalsOf(text: string): number {
  if (!DECIMAL.test(text)) throw new DecimalError("malformed", text);
  const point = text.indexOf(".");
  return point < 0 ? 0 : text.slice(point + 1).replace(/0+$/, "").length;
}

/** The largest whole number that is not above the quotient; `divisor` is above zero. */
export function divideDown(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

/** The smallest whole number that is not below the quotient; `divisor` is above zero. */
export function divideUp(dividend: bigint, divisor: bigint): bigint {
  return -divideDown(-dividend, divisor);
}

/** The whole number nearest to the quotient, halves to the even one; for what is shown only. */
export function divideToNearest(dividend: bigint, divisor: bigint): bigint {
  const quotient = divideDown(dividend, divisor);
  const twice = 2n * (dividend - quotient * divisor);
  const up = twice > divisor || (twice === divisor && quotient % 2n !== 0n);
  return up ? quotient + 1n : quotient;
}
