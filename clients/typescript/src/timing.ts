/** Time, timers and chance, handed in so that tests own them. */

export type Timer = ReturnType<typeof setTimeout>;

export interface Timing {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds of a clock that never steps. */
  monotonicMs(): number;
  setTimer(callback: () => void, delayMs: number): Timer;
  clearTimer(timer: Timer | undefined): void;
  sleep(delayMs: number): Promise<void>;
  /** From 0 up to but not 1. */
  random(): number;
}

export const SYSTEM_TIMING: Timing = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimer: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimer: (timer) => clearTimeout(timer),
  sleep: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
  random: () => Math.random(),
};
