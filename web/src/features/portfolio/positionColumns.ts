/** The columns of the table of positions, and what rows are compared by in them. */

import { figureKey, type SortKey, unitsKey } from "@/features/own/sorting";
import { dayChangePpm } from "@/providers/market/change";
import type { Position } from "./positions";

export const COLUMNS = [
  "token",
  "amount",
  "averageCost",
  "last",
  "day",
  "value",
  "share",
  "unrealised",
  "percent",
  "realised",
  "fees",
] as const;
export type Column = (typeof COLUMNS)[number];
/** A phone shows first what most want to know, and the rest when the table is moved. */
export const ON_PHONES: readonly Column[] = [
  "token",
  "value",
  "unrealised",
  "percent",
  "amount",
  "averageCost",
  "last",
  "day",
  "share",
  "realised",
  "fees",
];
/** Beside the chart: what a holding costs and gains now. */
export const IN_PANEL: readonly Column[] = [
  "token",
  "amount",
  "averageCost",
  "last",
  "value",
  "unrealised",
  "percent",
  "realised",
];
export const QUIET: ReadonlySet<Column> = new Set(["averageCost", "share", "realised", "fees"]);
export const FIGURES: ReadonlySet<Column> = new Set(COLUMNS.filter((column) => column !== "token"));
/** What may be left out: a row is always one of a token. */
export const OPTIONAL_OF_POSITIONS = COLUMNS.filter((column) => column !== "token");

/** What a position is compared by in a column; money has neither cost nor gain. */
export function keyOf(row: Position, column: Column): SortKey {
  switch (column) {
    case "token":
      return row.asset.name;
    case "averageCost":
      return figureKey(row.averageCost);
    case "last":
      return row.listing ? figureKey(row.ticker?.last_price ?? null) : null;
    case "day":
      return row.listing ? dayChangePpm(row.ticker) : null;
    case "amount":
      return unitsKey(row.amount, row.asset.decimals);
    case "share":
      return row.sharePpm;
    case "unrealised":
    case "realised":
      return row.isMoney ? null : row[column];
    case "percent":
      return row.unrealisedPpm;
    case "value":
    case "fees":
      return row[column];
  }
}
