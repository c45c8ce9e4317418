/** How old what is on screen may be, from what the connection last heard. */

export type Freshness = "live" | "quiet" | "stale";

export interface Heard {
  /** Whether the socket is open and its heartbeat arrives. */
  connected: boolean;
  /** When the connection last received anything, on this machine's clock. */
  lastMessageAtMs: number | null;
  /** When this market last moved. */
  lastMarketAtMs: number | null;
}

export interface Age {
  freshness: Freshness;
  /** Whole seconds since the last sign of life; null where there was none yet. */
  seconds: number | null;
}

const QUIET_AFTER_MS = 3_000;
export const STALE_AFTER_MS = 10_000;

/**
 * Silence of the market while the heartbeat lives is told (`quiet`); silence of the connection makes the
 * figures doubtful (`stale`). A market in which nobody trades is quiet and true.
 */
export function ageOf(heard: Heard, nowMs: number): Age {
  const { connected, lastMessageAtMs, lastMarketAtMs } = heard;
  const silence = lastMessageAtMs === null ? null : nowMs - lastMessageAtMs;
  if (!connected || (silence !== null && silence >= STALE_AFTER_MS)) {
    return { freshness: "stale", seconds: wholeSeconds(silence) };
  }
  const marketSilence = lastMarketAtMs === null ? null : nowMs - lastMarketAtMs;
  if (marketSilence !== null && marketSilence >= QUIET_AFTER_MS) {
    return { freshness: "quiet", seconds: wholeSeconds(marketSilence) };
  }
  return { freshness: "live", seconds: wholeSeconds(silence) };
}

function wholeSeconds(ms: number | null): number | null {
  return ms === null ? null : Math.max(0, Math.floor(ms / 1_000));
}
