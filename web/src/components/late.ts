import { type ComponentType, type LazyExoticComponent, lazy, useEffect, useState } from "react";

// biome-ignore lint/suspicious/noExplicitAny: parts of all kinds wait here
type Part = ComponentType<any>;

const AT_REST_MS = 800;
const loads = new Set<() => Promise<unknown>>();

/** A part that no first view needs. It comes once the page is at rest, so that a lost line takes nothing away. */
export function late<P extends Part>(load: () => Promise<{ default: P }>): LazyExoticComponent<P> {
  loads.add(load);
  return lazy(load);
}

/** Whether the page has come to rest; then all such parts are fetched. */
export function useAtRest(): boolean {
  const [rests, setRests] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setRests(true);
      for (const load of loads) void load().catch(() => {});
    }, AT_REST_MS);
    return () => clearTimeout(timer);
  }, []);
  return rests;
}
