import { type ComponentType, type LazyExoticComponent, lazy, useEffect, useState } from "react";

// biome-ignore lint/suspicious/noExplicitAny: parts of all kinds wait here
type Part = ComponentType<any>;

/** So long after it is drawn a page has what its first view needs. */
const AT_REST_MS = 3_000;
/** On the browser's timeline: when a page came to rest, and when all such parts had come. */
const RESTS = "cse.rests";
const ALL_HERE = "cse.late";
const loads = new Set<() => Promise<unknown>>();
/** What such parts ask for once they are there, as their words. */
const coming = new Set<Promise<unknown>>();

/** Has something else come along with such parts, as their words. */
export function alongWithLate(load: () => Promise<unknown>): void {
  loads.add(load);
}

/** Counts what a part asks for among what a page at rest waits for; gives it as it is. */
export function comesLate<Value>(asked: Promise<Value>): Promise<Value> {
  const over = () => void coming.delete(asked);
  coming.add(asked);
  asked.then(over, over);
  return asked;
}

/** Fetches all such parts, and waits until they have what they ask for. */
async function fetchAll(): Promise<void> {
  await Promise.allSettled([...loads].map((load) => load()));
  do {
    await Promise.allSettled(coming);
    // A part asks once it is drawn.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  } while (coming.size > 0);
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
      void fetchAll().then(() => performance.mark(ALL_HERE));
    }, AT_REST_MS);
    return () => clearTimeout(timer);
  }, []);
  return rests;
}
