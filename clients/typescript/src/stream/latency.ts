/** Round trips of the last minute. */

interface Sample {
  readonly at: number;
  readonly roundTripMs: number;
  readonly skewMs: number;
}

export const WINDOW_MS = 60_000;

export class LatencyWindow {
  #samples: Sample[] = [];

  /** A pong: when the ping went out and the pong came in by this clock, and the server's time in it. */
  add(nowMs: number, roundTripMs: number, serverMs: number): void {
    // The server stamped the pong about half a round trip ago.
    this.#samples.push({ at: nowMs, roundTripMs, skewMs: nowMs - roundTripMs / 2 - serverMs });
    this.#expire(nowMs);
  }

  clear(): void {
    this.#samples = [];
  }

  medianMs(nowMs: number): number | null {
    const sorted = this.#live(nowMs).map((sample) => sample.roundTripMs);
    sorted.sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? null;
  }

  worstMs(nowMs: number): number | null {
    const all = this.#live(nowMs).map((sample) => sample.roundTripMs);
    return all.length === 0 ? null : Math.max(...all);
  }

  /** This clock less the server's, from the quickest round trip, which knows it best. */
  skewMs(nowMs: number): number | null {
    const live = this.#live(nowMs);
    const [first] = live;
    if (first === undefined) return null;
    const quickest = live.reduce((best, one) => (one.roundTripMs < best.roundTripMs ? one : best), first);
    return Math.round(quickest.skewMs);
  }

  #live(nowMs: number): Sample[] {
    this.#expire(nowMs);
    return this.#samples;
  }

  #expire(nowMs: number): void {
    this.#samples = this.#samples.filter((sample) => nowMs - sample.at <= WINDOW_MS);
  }
}
