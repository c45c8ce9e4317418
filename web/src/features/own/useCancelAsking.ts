"use client";

import { useCallback, useState } from "react";
import type { TrackedOrder } from "@/providers/own/orderState";
import { ownStore } from "@/providers/own/own";
import { linkedRows, type OrderRow, orderRow } from "./orderRows";
import { useCancel } from "./useCancel";

export interface CancelAsking {
  /** Cancels an order, or first asks because of those that are linked with it. */
  press: (tracked: TrackedOrder) => void;
  /** The order and those others while it is asked; null while it is not. */
  asked: { readonly row: OrderRow; readonly others: readonly OrderRow[] } | null;
  keep: () => void;
  confirm: () => void;
}

/** Cancels orders; asks first where others would go with one. */
export function useCancelAsking(): CancelAsking {
  const cancel = useCancel();
  const [asked, ask] = useState<CancelAsking["asked"]>(null);
  const press = useCallback(
    (tracked: TrackedOrder) => {
      const row = orderRow(tracked);
      const others = linkedRows(tracked, ownStore.getState().orders.values());
      if (row && others.length > 0) ask({ row, others });
      else void cancel(tracked);
    },
    [cancel],
  );
  return {
    press,
    asked,
    keep: () => ask(null),
    confirm: () => {
      if (asked) void cancel(asked.row.tracked);
      ask(null);
    },
  };
}
