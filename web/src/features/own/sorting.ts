import { parseUnits, powerOfTen } from "@cse/client";
import { useState } from "react";
import type { SortOrder } from "@/components/Table";

/** What rows are compared by: text, or a figure as whole units. What is not known is last, either way. */
export type SortKey = string | bigint | null;

export interface Sort<Column> {
  readonly column: Column;
  readonly order: SortOrder;
}

/** More decimals than any figure of the wire has. */
const DECIMALS = 18;

/** A decimal string of the wire, to be compared. */
export function figureKey(text: string | null): bigint | null {
  return text === null ? null : parseUnits(text, DECIMALS);
}

/** Units of an asset, to be compared with those of another one. */
export function unitsKey(units: bigint, decimals: number): bigint {
  return units * powerOfTen(DECIMALS - decimals);
}

/** The items in an order; those that compare alike stay as they came. */
export function inOrder<Item>(
  items: readonly Item[],
  order: SortOrder,
  keyOf: (item: Item) => SortKey,
): readonly Item[] {
  const turn = order === "ascending" ? 1 : -1;
  return items
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((left, right) => {
      if (left.key === right.key) return 0;
      if (left.key === null) return 1;
      if (right.key === null) return -1;
      return left.key < right.key ? -turn : turn;
    })
    .map(({ item }) => item);
}

/** What a press on a column's head makes of the order: there, the other way round, as it came. */
export function afterPress<Column>(
  sort: Sort<Column> | null,
  column: Column,
  first: SortOrder,
): Sort<Column> | null {
  if (sort?.column !== column) return { column, order: first };
  if (sort.order !== first) return null;
  return { column, order: first === "ascending" ? "descending" : "ascending" };
}

/** By which column a table is sorted, and what its heads need; figures begin with the largest. */
export function useSort<Column>(figures: ReadonlySet<Column>) {
  const [sort, setSort] = useState<Sort<Column> | null>(null);
  return {
    sort,
    headOf: (column: Column) => ({
      sorted: sort?.column === column ? sort.order : null,
      onSort: () =>
        setSort((now) => afterPress(now, column, figures.has(column) ? "descending" : "ascending")),
    }),
  };
}
