"use client";

import { useMemo, useState } from "react";
import { useOwn } from "@/providers/own/own";
import { type Standing, standingOf } from "@/providers/own/ownStore";
import { type OrderRow, openRows } from "./orderRows";

export interface OpenRows {
  /** Null until the open orders are known. */
  readonly rows: readonly OrderRow[] | null;
  readonly standing: Standing;
  readonly error: unknown;
  /** Takes a refused order off the list. */
  dismiss(key: string): void;
}

/** One's open orders as rows, of a market or of all, with those on their way and those just refused. */
export function useOpenRows(market: string | null): OpenRows {
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const orders = useOwn((state) => state.orders);
  const known = useOwn((state) => state.ordersKnown);
  const standing = useOwn((state) => standingOf(state.ordersKnown, state));
  const error = useOwn((state) => state.error);
  const rows = useMemo(() => openRows(orders, market, dismissed), [orders, market, dismissed]);
  return {
    rows: known || rows.length > 0 ? rows : null,
    standing,
    error,
    dismiss: (key) => setDismissed((held) => new Set(held).add(key)),
  };
}
