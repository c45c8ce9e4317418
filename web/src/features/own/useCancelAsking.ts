"use client";

import { useState } from "react";
import type { TrackedOrder } from "@/providers/own/orderState";
import { ownStore } from "@/providers/own/own";
import { linkedRows, type OrderRow } from "./orderRows";
import { useCancel } from "./useCancel";

export interface CancelAsking {
  /** Cancels the order, or first asks because of those that are linked with it. */
  press: () => void;
  /** Those others while it is asked; null while it is not. */
  linked: readonly OrderRow[] | null;
  keep: () => void;
  confirm: () => void;
}

/** Cancels an order; asks first where others would go with it. */
export function useCancelAsking(tracked: TrackedOrder): CancelAsking {
  const cancel = useCancel();
  const [linked, setLinked] = useState<readonly OrderRow[] | null>(null);
  return {
    press: () => {
      const others = linkedRows(tracked, ownStore.getState().orders.values());
      if (others.length > 0) setLinked(others);
      else void cancel(tracked);
    },
    linked,
    keep: () => setLinked(null),
    confirm: () => {
      setLinked(null);
      void cancel(tracked);
    },
  };
}
