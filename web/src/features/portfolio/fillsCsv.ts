import type { Fill } from "@cse/client";

const FIELDS = [
  "time",
  "trade_id",
  "order_id",
  "market",
  "side",
  "price",
  "quantity",
  "notional",
  "fee",
  "fee_asset",
  "liquidity",
] as const satisfies readonly (keyof Fill)[];

/** Fills as a table for other programs: the exchange's own words and figures, unrounded. */
export function fillsCsv(fills: readonly Fill[]): string {
  const lines = fills.map((fill) => FIELDS.map((field) => fill[field]).join(","));
  return `${[FIELDS.join(","), ...lines].join("\r\n")}\r\n`;
}
