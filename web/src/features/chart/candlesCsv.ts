/** The candles of a chart as a file that spreadsheets read: exact, in the exchange's own digits. */

import type { Bar } from "@cse/client";

const COLUMNS = ["time", "open", "high", "low", "close", "base_volume", "quote_volume", "trades"] as const;

/** A line for each candle, oldest first; a stretch without a trade has none at the exchange, and no line. */
export function candlesCsv(bars: readonly Bar[]): string {
  const lines = bars.flatMap(({ candle }) =>
    candle ? [COLUMNS.map((column) => candle[column]).join(",")] : [],
  );
  return `${[COLUMNS.join(","), ...lines].join("\r\n")}\r\n`;
}
