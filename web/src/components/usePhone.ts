"use client";

import { useSyncExternalStore } from "react";

const PHONE = "(max-width: 767px)";

/** Whether the window is as narrow as a phone; null while pages are built and hydrated. */
export function usePhone(): boolean | null {
  return useSyncExternalStore(
    (redraw) => {
      const narrow = matchMedia(PHONE);
      narrow.addEventListener("change", redraw);
      return () => narrow.removeEventListener("change", redraw);
    },
    () => matchMedia(PHONE).matches,
    () => null,
  );
}
