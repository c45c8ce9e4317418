"use client";

import { useCallback, useSyncExternalStore } from "react";

const PHONE = "(max-width: 767px)";
const TABLET = "(max-width: 1023px)";

/** Whether the window is as narrow as a phone; null while pages are built and hydrated. */
export function usePhone(): boolean | null {
  return useMatch(PHONE);
}

/** Whether it is as narrow as a tablet held upright, where wide tables do not fit; null as above. */
export function useTablet(): boolean | null {
  return useMatch(TABLET);
}

function useMatch(query: string): boolean | null {
  const listen = useCallback(
    (redraw: () => void) => {
      const narrow = matchMedia(query);
      narrow.addEventListener("change", redraw);
      return () => narrow.removeEventListener("change", redraw);
    },
    [query],
  );
  return useSyncExternalStore(
    listen,
    () => matchMedia(query).matches,
    () => null,
  );
}
