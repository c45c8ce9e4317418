import type { StreamStatus } from "@cse/client";
import { liveStreams } from "./exchange";
import { browserStorage, keep } from "./kept/kept";

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
  return liveStreams().onStatus(noteWhenLive((at) => keep(browserStorage(), LIVE_AT, at)));
}

/** Takes every status of the feed, and gives out when it was live: seldom while it is, and as it ends. */
export function noteWhenLive(note: (at: number) => void): (status: StreamStatus) => void {
  let noted = 0;
  let wasLive = false;
  return ({ state, lastMessageAt: at }) => {
    const isLive = state === "live";
    const due = isLive ? at !== null && at >= noted + NOTED_EVERY_MS : wasLive;
    wasLive = isLive;
    if (!due || at === null || at === noted) return;
    noted = at;
    note(at);
  };
}
