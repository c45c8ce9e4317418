/** Which columns of the portfolio's tables a person has left out. */

import { OPTIONAL_OF_FILLS } from "@/features/own/FillsTable";
import { OPTIONAL_OF_ORDERS } from "@/features/own/OrdersTable";
import { keptStore } from "@/providers/kept/keptStore";
import { toggled } from "@/providers/kept/toggled";
import { OPTIONAL_OF_POSITIONS } from "./positionColumns";

/** What may be left out of each table. */
export const OPTIONAL = {
  positions: OPTIONAL_OF_POSITIONS,
  orders: OPTIONAL_OF_ORDERS,
  history: OPTIONAL_OF_ORDERS,
  fills: OPTIONAL_OF_FILLS,
} as const;
export type ColumnsOf = keyof typeof OPTIONAL;
type Hidden = Record<ColumnsOf, readonly string[]>;

const TABLES = Object.keys(OPTIONAL) as ColumnsOf[];
const AT_FIRST: Hidden = { positions: [], orders: [], history: [], fills: [] };

/** By hand: a library for it would be fetched with the page. What a table does not have is no column of it. */
const KEPT = {
  safeParse: (value: unknown) => {
    const kept = (typeof value === "object" ? value : null) as Partial<Record<ColumnsOf, unknown>> | null;
    const hiddenOf = (table: ColumnsOf) => {
      const names = kept?.[table];
      return Array.isArray(names) ? OPTIONAL[table].filter((name) => names.includes(name)) : [];
    };
    const data = Object.fromEntries(TABLES.map((table) => [table, hiddenOf(table)])) as unknown as Hidden;
    return { success: true as const, data };
  },
};

export const useColumns = keptStore("cse.columns", KEPT, AT_FIRST, (change, now) => ({
  toggle: (table: ColumnsOf, column: string) => change({ [table]: toggled(now()[table], column) }),
}));
