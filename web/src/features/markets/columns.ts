/** The columns of the table of markets, and the room that each takes. */

import type { SortKey } from "./view";

export type ColumnKey = SortKey | "star" | "spark" | "status";

interface Column {
  readonly key: ColumnKey;
  readonly sortable: boolean;
  readonly end: boolean;
  /** As CSS's grid has it. */
  readonly room: string;
  /** Whether a narrow window has room for it. */
  readonly narrow: boolean;
}

export const COLUMNS: readonly Column[] = [
  { key: "star", sortable: false, end: false, room: "20px", narrow: true },
  { key: "name", sortable: true, end: false, room: "minmax(160px, 1.5fr)", narrow: true },
  { key: "price", sortable: true, end: true, room: "minmax(90px, 1fr)", narrow: true },
  { key: "change", sortable: true, end: true, room: "minmax(90px, 0.9fr)", narrow: true },
  { key: "spark", sortable: false, end: true, room: "120px", narrow: true },
  { key: "volume", sortable: true, end: true, room: "minmax(80px, 0.9fr)", narrow: true },
  { key: "spread", sortable: true, end: true, room: "minmax(64px, 0.7fr)", narrow: true },
  { key: "high", sortable: true, end: true, room: "minmax(80px, 0.9fr)", narrow: false },
  { key: "low", sortable: true, end: true, room: "minmax(80px, 0.9fr)", narrow: false },
  { key: "trades", sortable: true, end: true, room: "minmax(64px, 0.7fr)", narrow: false },
  { key: "status", sortable: false, end: false, room: "96px", narrow: false },
];

/** What may be left out: a row is always one of a market, with its star. */
export const OPTIONAL = [
  "price",
  "change",
  "spark",
  "volume",
  "spread",
  "high",
  "low",
  "trades",
  "status",
] as const satisfies readonly ColumnKey[];
export type OptionalColumn = (typeof OPTIONAL)[number];

/** The columns without those that are hidden. */
export function columnsWithout(hidden: readonly ColumnKey[]): readonly Column[] {
  return COLUMNS.filter(({ key }) => !hidden.includes(key));
}

/** The grid's columns in a wide window, and in a narrow one. */
export function templatesOf(columns: readonly Column[]): { wide: string; narrow: string } {
  const rooms = (some: readonly Column[]) => some.map(({ room }) => room).join(" ");
  return { wide: rooms(columns), narrow: rooms(columns.filter(({ narrow }) => narrow)) };
}
