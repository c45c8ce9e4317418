"use client";

import { useCallback, useSyncExternalStore } from "react";

const CHANGED = "cse:search";

/**
 * A page's state in the query of its address, so that Back, reload and sharing work. Empty while pages
 * are built and in the first render, as the address is not known there.
 */
export function useUrlState(): [
  URLSearchParams,
  (change: Record<string, string | null>, push?: boolean) => void,
] {
  const search = useSyncExternalStore(
    listen,
    () => location.search,
    () => "",
  );
  const change = useCallback((values: Record<string, string | null>, push = false) => {
    const next = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(values)) {
      if (value === null || value === "") next.delete(name);
      else next.set(name, value);
    }
    const query = next.size > 0 ? `?${next}` : "";
    if (query === location.search) return;
    const address = `${location.pathname}${query}`;
    if (push) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    dispatchEvent(new Event(CHANGED));
  }, []);
  return [new URLSearchParams(search), change];
}

function listen(redraw: () => void): () => void {
  addEventListener("popstate", redraw);
  addEventListener(CHANGED, redraw);
  return () => {
    removeEventListener("popstate", redraw);
    removeEventListener(CHANGED, redraw);
  };
}
