/** Paints the book's depth: what could be sold to the left of the middle, and bought to the right of it. */

import type { BookFrame, LevelPair } from "@cse/client";
import { faded, type Palette } from "@/canvas/palette";
import type { Surface } from "@/canvas/surface";
import type { BookSide } from "../book/rows";

/** Room under the curves for prices. */
const AXIS_PX = 22;
const PARTS = 100_000n;

export interface DepthPicture {
  levels: Pick<BookFrame, "bids" | "asks">;
  twiceMiddle: bigint;
  /** From the middle to an edge, and to what is pointed at, in half ticks. */
  reach: bigint;
  pointed: bigint | null;
  /** The larger of both sides' totals in sight, in lots: one scale for both. */
  largest: bigint;
  own: Record<BookSide, ReadonlyMap<bigint, bigint>>;
  price: (ticks: bigint) => string;
}

interface Places {
  x: (ticks: bigint) => number;
  y: (lots: bigint) => number;
  ground: number;
}

export function paintDepth(surface: Surface, palette: Palette, picture: DepthPicture): void {
  const { context, width, height } = surface;
  const { twiceMiddle, reach, largest } = picture;
  const ground = height - AXIS_PX;
  const places: Places = {
    ground,
    x: (ticks) => (width / 2) * (1 + part(2n * ticks - twiceMiddle, reach)),
    y: (lots) => ground - part(lots, largest) * (ground - 8),
  };
  context.fillStyle = palette.lineRow;
  context.fillRect(Math.round(width / 2), 0, 1, ground);
  context.fillRect(0, ground, width, 1);
  for (const side of ["bid", "ask"] as const) {
    const colours = side === "bid" ? [palette.up, palette.upBar] : [palette.down, palette.downBar];
    paintSide(context, places, side, picture, side === "bid" ? 0 : width, colours as [string, string]);
    paintOwn(context, palette, places, picture.own[side].keys(), width);
  }
  if (picture.pointed !== null) paintPointed(context, palette, places, picture, width);
  paintPrices(context, palette, picture, width, height);
}

function part(amount: bigint, whole: bigint): number {
  return whole > 0n ? Number((amount * PARTS) / whole) / Number(PARTS) : 0;
}

function paintSide(
  context: CanvasRenderingContext2D,
  { x, y, ground }: Places,
  side: BookSide,
  { levels, twiceMiddle, reach }: DepthPicture,
  edge: number,
  [line, fill]: [string, string],
): void {
  const steps: readonly LevelPair[] = side === "bid" ? levels.bids : levels.asks;
  let lots = 0n;
  let height = ground;
  context.beginPath();
  context.moveTo(x(steps[0]?.[0] ?? 0n), ground);
  for (const [ticks, more] of steps) {
    const apart = 2n * ticks - twiceMiddle;
    if ((apart < 0n ? -apart : apart) > reach) break;
    context.lineTo(x(ticks), height);
    lots += more;
    height = y(lots);
    context.lineTo(x(ticks), height);
  }
  context.lineTo(edge, height);
  context.strokeStyle = line;
  context.lineWidth = 1.5;
  context.stroke();
  context.lineTo(edge, ground);
  context.closePath();
  context.fillStyle = fill;
  context.fill();
}

/** One's own orders: a mark on the ground at each price. */
function paintOwn(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { x, ground }: Places,
  prices: Iterable<bigint>,
  width: number,
): void {
  context.fillStyle = palette.accent;
  for (const ticks of prices) {
    const at = x(ticks);
    if (at < 0 || at > width) continue;
    context.beginPath();
    context.moveTo(at - 4, ground);
    context.lineTo(at, ground - 7);
    context.lineTo(at + 4, ground);
    context.closePath();
    context.fill();
  }
}

/** The same distance on both sides. */
function paintPointed(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { ground }: Places,
  { pointed, reach }: DepthPicture,
  width: number,
): void {
  const away = part(pointed ?? 0n, reach) * (width / 2);
  context.fillStyle = faded(palette.text3, 0.08);
  context.fillRect(width / 2 - away, 0, 2 * away, ground);
  context.fillStyle = palette.text3;
  for (const at of [width / 2 - away, width / 2 + away]) {
    context.fillRect(Math.min(Math.max(Math.round(at), 0), width - 1), 0, 1, ground);
  }
}

function paintPrices(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { twiceMiddle, reach, price }: DepthPicture,
  width: number,
  height: number,
): void {
  const lowest = twiceMiddle > reach ? (twiceMiddle - reach) / 2n : 0n;
  context.font = `400 11px ${palette.family}`;
  context.textBaseline = "middle";
  context.fillStyle = palette.text3;
  const middle = height - AXIS_PX / 2;
  const texts = [
    { text: price(lowest), align: "left", at: 4 },
    { text: price(twiceMiddle / 2n), align: "center", at: width / 2 },
    { text: price((twiceMiddle + reach) / 2n), align: "right", at: width - 4 },
  ] as const;
  for (const { text, align, at } of texts) {
    context.textAlign = align;
    context.fillText(text, at, middle);
  }
}
