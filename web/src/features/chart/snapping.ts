/** From heights and prices of the picture, which are floats, to prices that an order can have, and back. */

import type { Market } from "@cse/client";

type Grid = Pick<Market, "tickDecimals" | "tickSize" | "priceIncrement">;

/** The nearest price that an order can have, in ticks: a multiple of the step, at least one; null of no number. */
export function snapped(price: number, grid: Grid): bigint | null {
  const ticks = (price * 10 ** grid.tickDecimals) / Number(grid.tickSize);
  if (!Number.isFinite(ticks)) return null;
  const steps = BigInt(Math.round(ticks / Number(grid.priceIncrement)));
  return (steps > 0n ? steps : 1n) * grid.priceIncrement;
}

/** Where a price in ticks is drawn. */
export function drawnAt(ticks: bigint, grid: Grid): number {
  return Number(ticks * grid.tickSize) / 10 ** grid.tickDecimals;
}

const KEYS: Record<string, number> = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };

/** How many steps a key moves a price: 1, with Shift or by a page 10, with Alt 100; 0 of any other key. */
export function stepsOf(event: { key: string; shiftKey: boolean; altKey: boolean }): number {
  if (event.key === "PageUp") return 10;
  if (event.key === "PageDown") return -10;
  return (KEYS[event.key] ?? 0) * (event.altKey ? 100 : event.shiftKey ? 10 : 1);
}
