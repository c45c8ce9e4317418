"use client";

import type { StreamStatus } from "@cse/client";
import { useSyncExternalStore } from "react";
import { liveStreams } from "./exchange";

const REDRAW_MS = 1_000;

/** What all components show: figures may be a second old, a change of state is told at once. */
let shown: StreamStatus | null = null;
let shownAt = 0;
const redraws = new Set<() => void>();
let following = false;

/** How the socket is; null while pages are built. */
export function useStreamStatus(): StreamStatus | null {
  return useSyncExternalStore(
    listen,
    () => shown,
    () => null,
  );
}

function listen(redraw: () => void): () => void {
  redraws.add(redraw);
  if (!following) {
    following = true;
    liveStreams().onStatus(take);
    take(liveStreams().status);
  }
  return () => redraws.delete(redraw);
}

function take(status: StreamStatus) {
  if (status.state === shown?.state && Date.now() - shownAt < REDRAW_MS) return;
  shown = status;
  shownAt = Date.now();
  for (const redraw of redraws) redraw();
}
