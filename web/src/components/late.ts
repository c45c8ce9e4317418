import { type ComponentType, type LazyExoticComponent, lazy, useEffect, useState } from "react";

// biome-ignore lint/suspicious/noExplicitAny: parts of all kinds wait here
type Part = ComponentType<any>;

/** So long after it is drawn a page has what its first view needs. */
const AT_REST_MS = 3_000;
/** On the browser's timeline: when a page came to rest, and when all such parts had come. */
const RESTS = "cse.rests";
const ALL_HERE = "cse.late";
const loads = new Set<() => Promise<unknown>>();

/** Has something else come along with such parts, as their words. */
export function alongWithLate(load: () => Promise<unknown>): void {
  loads.add(load);
}

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
      performance.mark(RESTS);
      void Promise.allSettled([...loads].map((load) => load())).then(() => performance.mark(ALL_HERE));
    }, AT_REST_MS);
    return () => clearTimeout(timer);
  }, []);
  return rests;
}
