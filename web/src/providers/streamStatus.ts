"use client";

import type { StreamStatus } from "@cse/client";
import { useSyncExternalStore } from "react";
import { liveStreams } from "./exchange";

/** How the socket is; null while pages are built. Changes at most about once a second. */
export function useStreamStatus(): StreamStatus | null {
  return useSyncExternalStore(
    (listener) => liveStreams().onStatus(listener),
    () => liveStreams().status,
    () => null,
  );
}
