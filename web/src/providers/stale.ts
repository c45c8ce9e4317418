"use client";

import { useEffect, useState } from "react";
import { useStreamStatus } from "./streamStatus";

const STALE_AFTER_MS = 10_000;

/** Seconds for which nothing was heard, once that is long enough to doubt what is shown; else null. */
export function useStaleSeconds(): number | null {
  const status = useStreamStatus();
  const [now, setNow] = useState(0);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (status?.lastMessageAt == null || now === 0) return null;
  const silentMs = now - status.lastMessageAt;
  return silentMs >= STALE_AFTER_MS ? Math.floor(silentMs / 1000) : null;
}
