/** What amounts are worth, in units. */

import { decimalsOf, parseUnits, powerOfTen } from "@cse/client";

/** An amount at a price, rounded down to the unit. */
export function worth(units: bigint, assetDecimals: number, price: string, decimals: number): bigint {
  const places = decimalsOf(price);
  return (units * parseUnits(price, places) * powerOfTen(decimals)) / powerOfTen(assetDecimals + places);
}

/** To two decimals, towards zero: a value is never shown higher than it is. */
export function rounded(units: bigint, decimals: number): bigint {
  return decimals <= 2 ? units * 10n ** BigInt(2 - decimals) : units / 10n ** BigInt(decimals - 2);
}
