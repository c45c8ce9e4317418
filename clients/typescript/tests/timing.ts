/** Time that tests own: nothing happens unless it is let pass, and chance comes from a seed. */

import type { Timer, Timing } from "../src/timing.ts";

/** Numbers from 0 up to but not 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

interface Event {
  readonly at: number;
  readonly number: number;
  readonly callback: () => void;
}

export class SimulatedTiming implements Timing {
  readonly random: () => number;
  #now: number;
  #stepped = 0;
  #number = 0;
  #events: Event[] = [];
  readonly #begin: number;

  constructor(seed = 1, startMs = Date.UTC(2026, 10, 25, 14)) {
    this.random = seeded(seed);
    this.#now = startMs;
    this.#begin = startMs;
  }

  now(): number {
    return this.#now + this.#stepped;
  }

  /** Sets the clock forward, or back: no time passes. */
  step(milliseconds: number): void {
    this.#stepped += milliseconds;
  }

  monotonicMs(): number {
    return this.#now - this.#begin;
  }

  setTimer(callback: () => void, delayMs: number): Timer {
    this.#number += 1;
    const event = { at: this.#now + Math.max(delayMs, 0), number: this.#number, callback };
    this.#insert(event);
    return this.#number as unknown as Timer;
  }

  clearTimer(timer: Timer | undefined): void {
    const number = timer as unknown as number | undefined;
    if (number !== undefined) this.#events = this.#events.filter((event) => event.number !== number);
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.setTimer(resolve, delayMs));
  }

  /** Lets time pass, one event after the other, each with all that follows from it at once. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    await settle();
    for (let event = this.#events[0]; event !== undefined && event.at <= until; event = this.#events[0]) {
      this.#events.shift();
      this.#now = event.at;
      event.callback();
      await settle();
    }
    this.#now = until;
    await new Promise((resolve) => setImmediate(resolve));
  }

  #insert(event: Event): void {
    let at = this.#events.length;
    while (at > 0 && (this.#events[at - 1] as Event).at > event.at) at -= 1;
    this.#events.splice(at, 0, event);
  }
}

/** Lets promises run that are ready. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}
