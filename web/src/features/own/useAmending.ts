"use client";

import { lazy, useState } from "react";

/** Comes when the first pencil is pressed. */
export const AmendForm = lazy(() => import("./AmendForm"));

/** Whether an order is being typed over; what leaves that gives the focus back to its pencil. */
export function useAmending(key: string): { amending: boolean; begin: () => void; end: () => void } {
  const [amending, setAmending] = useState(false);
  return {
    amending,
    begin: () => setAmending(true),
    end: () => {
      setAmending(false);
      requestAnimationFrame(() => document.getElementById(`amend-${key}`)?.focus());
    },
  };
}
