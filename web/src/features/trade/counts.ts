/**
 * Counters of draws and commits, kept only in a build made with `NEXT_PUBLIC_CSE_COUNTS=1`.
 *
 * The checks of budgets read them as `window.__cse_counts`; in every other build the calls fall away.
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

const COUNTING = process.env.NEXT_PUBLIC_CSE_COUNTS === "1";

export function countDraw(canvas: string): void {
  if (COUNTING) add("draws", canvas);
}

export function countCommit(part: string): void {
  if (COUNTING) add("commits", part);
}

function add(kind: keyof Counts, name: string): void {
  window.__cse_counts ??= { draws: {}, commits: {} };
  const counts = window.__cse_counts;
  counts[kind][name] = (counts[kind][name] ?? 0) + 1;
}

/** Counts the commits of the component that calls it. */
export function useCommitCount(part: string): void {
  useEffect(() => countCommit(part));
}
