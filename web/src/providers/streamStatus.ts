"use client";

import type { StreamStatus } from "@cse/client";
import { useSyncExternalStore } from "react";
import { liveStreams } from "./exchange";

const REDRAW_MS = 1_000;

/** What was handed out last; figures may be a second old, a change of state is told at once. */
let shown: StreamStatus | null = null;
let shownAt = 0;

/** How the socket is; null while pages are built. */
export function useStreamStatus(): StreamStatus | null {
  return useSyncExternalStore(listen, current, () => null);
}

function listen(redraw: () => void): () => void {
  return liveStreams().onStatus((status) => {
    if (status.state !== shown?.state || Date.now() - shownAt >= REDRAW_MS) redraw();
  });
}

function current(): StreamStatus {
  const { status } = liveStreams();
  if (shown === null || status.state !== shown.state || Date.now() - shownAt >= REDRAW_MS) {
    shown = status;
    shownAt = Date.now();
  }
  return shown;
}
