/**
 * Counters of draws and commits for who measures: a page that has `window.__cse_counts` before it starts
 * gets them counted there; in every other page the calls do nothing.
 */

import { useEffect } from "react";

interface Counts {
  /** Draws by canvas. */
  draws: Record<string, number>;
  /** React commits by part of the page. */
  commits: Record<string, number>;
}

declare global {
  interface Window {
    __cse_counts?: Counts;
  }
}

/** Counts a drawing of a canvas. */
export function countDraw(canvas: string): void {
  add("draws", canvas);
}

/** Counts a commit of a part of the page. */
export function countCommit(part: string): void {
  add("commits", part);
}

function add(kind: keyof Counts, name: string): void {
  const counts = typeof window === "undefined" ? undefined : window.__cse_counts;
  if (counts) counts[kind][name] = (counts[kind][name] ?? 0) + 1;
}

/** Counts the commits of the component that calls it. */
export function useCommitCount(part: string): void {
  useEffect(() => countCommit(part));
}
