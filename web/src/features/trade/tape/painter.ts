/** Paints the newest trades: price and arrow in the taker's colour, size, time. */

import type { FigureSetter } from "@/canvas/figures";
import type { Palette } from "@/canvas/palette";
import { fillArrow, type Surface } from "@/canvas/surface";

const TAPE_ROW_HEIGHT = 22;

const PADDING = 12;
const SIZE_END = 104;

/** One trade as it is shown; texts are final. */
export interface TapeRow {
  key: string;
  buy: boolean;
  price: string;
  quantity: string;
  time: string;
  own: boolean;
}

/** Paints rows from the top, newest first, as many as there is room for. */
export function paintTape(
  { context, width, height }: Surface,
  figures: FigureSetter,
  palette: Palette,
  rows: readonly TapeRow[],
): void {
  const shown = rows.slice(0, Math.ceil(height / TAPE_ROW_HEIGHT));
  figures.begin();
  for (const [index, row] of shown.entries()) {
    const middle = index * TAPE_ROW_HEIGHT + TAPE_ROW_HEIGHT / 2 + 0.5;
    context.fillStyle = row.buy ? palette.up : palette.down;
    figures.start(row.price, PADDING, middle);
    fillArrow(context, row.buy, PADDING + figures.width(row.price) + 9, middle - 0.5);
    context.fillStyle = palette.text1;
    figures.end(row.quantity, width - SIZE_END, middle);
    context.fillStyle = palette.text2;
    figures.end(row.time, width - PADDING, middle);
    if (row.own) paintOwn(context, palette, middle);
  }
}

function paintOwn(context: CanvasRenderingContext2D, palette: Palette, middle: number): void {
  context.fillStyle = palette.accent;
  context.beginPath();
  context.moveTo(3, middle - 4);
  context.lineTo(8, middle);
  context.lineTo(3, middle + 4);
  context.closePath();
  context.fill();
}
