"use client";

import { lazy, useEffect, useRef, useState } from "react";

/** Comes when the first pencil is pressed. */
export const AmendForm = lazy(() => import("./AmendForm"));

/** Whether an order is being typed over; what leaves that gives the focus back to its pencil. */
export function useAmending(key: string): { amending: boolean; begin: () => void; end: () => void } {
  const [amending, setAmending] = useState(false);
  const left = useRef(false);
  // Once the row stands there again, however long that takes.
  useEffect(() => {
    if (amending || !left.current) return;
    left.current = false;
    document.getElementById(`amend-${key}`)?.focus();
  }, [amending, key]);
  return {
    amending,
    begin: () => setAmending(true),
    end: () => {
      left.current = true;
      setAmending(false);
    },
  };
}
