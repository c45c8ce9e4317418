"use client";

import type { StreamStatus } from "@cse/client";
import { useSyncExternalStore } from "react";
import { liveStreams } from "./exchange";

const REDRAW_MS = 1_000;

let shown: StreamStatus | null = null;
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
    const take = followStreamStatus((status) => {
      shown = status;
      for (const tell of redraws) tell();
    });
    liveStreams().onStatus(take);
    take(liveStreams().status);
  }
  return () => redraws.delete(redraw);
}

/** Takes every status and shows what a reader can follow: news at once, figures once a second. */
export function followStreamStatus(show: (status: StreamStatus) => void): (status: StreamStatus) => void {
  let told: string | null = null;
  let shownAt = 0;
  let later: ReturnType<typeof setTimeout> | undefined;
  return (status) => {
    clearTimeout(later);
    const showNow = () => {
      told = kindOf(status);
      shownAt = Date.now();
      show(status);
    };
    const wait = kindOf(status) === told ? shownAt + REDRAW_MS - Date.now() : 0;
    if (wait <= 0) showNow();
    else later = setTimeout(showNow, wait);
  };
}

/** What is news by itself: another state, and figures where there were none. */
function kindOf(status: StreamStatus): string {
  return `${status.state} ${status.latencyMs !== null} ${status.journalSequence > 0n}`;
}
