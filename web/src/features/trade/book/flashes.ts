/** Which sizes changed a moment ago. New data is never held back for it; a size flashes at most twice a second. */

export const FLASH_MS = 400;
const REST_MS = 500;

interface Flash {
  quantity: bigint;
  startedAtMs: number;
}

export class Flashes {
  private seen = new Map<bigint, Flash>();

  /** Forgets everything, so that a new book does not flash as a whole. */
  reset(): void {
    this.seen = new Map();
  }

  /** Notes the sizes now shown. Only a size that was shown before and is now another one flashes. */
  note(rows: readonly { price: bigint; quantity: bigint }[], nowMs: number): void {
    const first = this.seen.size === 0;
    const next = new Map<bigint, Flash>();
    for (const { price, quantity } of rows) {
      const before = this.seen.get(price);
      const changed = before ? before.quantity !== quantity : !first;
      const rested = nowMs - (before?.startedAtMs ?? -Infinity) >= REST_MS;
      next.set(price, {
        quantity,
        startedAtMs: changed && rested ? nowMs : (before?.startedAtMs ?? -Infinity),
      });
    }
    this.seen = next;
  }

  /** How strong a price's flash is now: 1, then a half, then 0. */
  strength(price: bigint, nowMs: number): number {
    const age = nowMs - (this.seen.get(price)?.startedAtMs ?? -Infinity);
    if (age >= FLASH_MS) return 0;
    return age < FLASH_MS / 2 ? 1 : 0.5;
  }

  /** After how many milliseconds the picture changes by flashes alone; null when nothing flashes. */
  nextChange(nowMs: number): number | null {
    let soonest: number | null = null;
    for (const { startedAtMs } of this.seen.values()) {
      const age = nowMs - startedAtMs;
      if (age >= FLASH_MS) continue;
      const left = age < FLASH_MS / 2 ? FLASH_MS / 2 - age : FLASH_MS - age;
      soonest = soonest === null ? left : Math.min(soonest, left);
    }
    return soonest;
  }
}
