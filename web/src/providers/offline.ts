import type { StreamStatus } from "@cse/client";
import { liveStreams } from "./exchange";

/** When this device had live prices last, in milliseconds; the offline page says it. */
const LIVE_AT = "cse.live";
const NOTED_EVERY_MS = 5_000;
const WORKER = "/sw.js";

/** Has an offline page at hand from now on, and keeps when prices were live last. Returns what ends the second. */
export function readyForOffline(): () => void {
  // There is none where pages are not built, nor in a window that keeps nothing.
  if (process.env.NODE_ENV === "production") {
    void navigator.serviceWorker?.register(WORKER).catch(() => undefined);
  }
  return liveStreams().onStatus(noteWhenLive((at) => localStorage.setItem(LIVE_AT, String(at))));
}

/** Takes every status of the feed, and gives out when it was live: seldom while it is, and as it ends. */
export function noteWhenLive(keep: (at: number) => void): (status: StreamStatus) => void {
  let noted = 0;
  let wasLive = false;
  return ({ state, lastMessageAt: at }) => {
    const isLive = state === "live";
    const due = isLive ? at !== null && at >= noted + NOTED_EVERY_MS : wasLive;
    wasLive = isLive;
    if (!due || at === null || at === noted) return;
    noted = at;
    try {
      keep(at);
    } catch {
      // The device keeps nothing.
    }
  };
}
