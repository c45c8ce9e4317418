/** Growing waits with chance in them, so that many clients do not come back at once. */

import type { Timing } from "../timing.ts";

export interface BackoffLimits {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** Between half and the whole of `firstMs * 2 ** (attempt - 1)`, at most `mostMs`; attempts count from 1. */
export function backoffMs(attempt: number, limits: BackoffLimits, timing: Pick<Timing, "random">): number {
  const whole = Math.min(limits.mostMs, limits.firstMs * 2 ** Math.min(attempt - 1, 30));
  return whole / 2 + (whole / 2) * timing.random();
}
