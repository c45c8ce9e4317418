/** Paints the rows of one side of the book: bar, own mark, flash, hover, price, size, total. */

import type { FigureSetter } from "@/canvas/figures";
import type { Palette } from "@/canvas/palette";
import type { Surface } from "@/canvas/surface";
import { type BookBars, type BookRow, type BookSide, barOf } from "./rows";

/** The measures of a book's columns, in CSS pixels. */
export interface BookColumns {
  padding: number;
  rowHeight: number;
  /** Right edge of the size, seen from the right edge of the canvas. */
  sizeEnd: number;
  /** Whether there is room for the running total. */
  totals: boolean;
}

export const BOOK_COLUMNS: BookColumns = { padding: 12, rowHeight: 22, sizeEnd: 104, totals: true };
export const TICKET_COLUMNS: BookColumns = { padding: 6, rowHeight: 24, sizeEnd: 4, totals: false };

interface BookPicture {
  side: BookSide;
  rows: readonly BookRow[];
  /** How many rows the side has room for. */
  capacity: number;
  /** What bars stand for, and the longest one, to which both sides' bars are drawn. */
  bars: BookBars;
  scale: bigint;
  /** The row under the pointer or the keyboard's, or -1. */
  active: number;
  /** The price down to which the ticket's draft would take, in ticks. */
  takenTo: bigint | null;
  price: (ticks: bigint) => string;
  /** A size or a total in the unit of the rows. */
  amount: (size: bigint) => string;
  flash: (price: bigint) => number;
}

/** Where a row stands: asks have their best row at the bottom, bids at the top. */
export function rowTop(side: BookSide, index: number, capacity: number, rowHeight: number): number {
  return (side === "ask" ? capacity - 1 - index : index) * rowHeight;
}

/** Which row stands at a height, or -1 where none does. */
export function rowAt(
  side: BookSide,
  y: number,
  rowCount: number,
  capacity: number,
  rowHeight: number,
): number {
  const slot = Math.floor(y / rowHeight);
  const index = side === "ask" ? capacity - 1 - slot : slot;
  return index >= 0 && index < rowCount ? index : -1;
}

/** Paints a whole side. The setter must belong to the surface's context. */
export function paintBook(
  surface: Surface,
  figures: FigureSetter,
  palette: Palette,
  columns: BookColumns,
  picture: BookPicture,
): void {
  figures.begin();
  picture.rows.forEach((row, index) => {
    const top = rowTop(picture.side, index, picture.capacity, columns.rowHeight);
    paintGround(surface, palette, columns, picture, row, index, top);
    paintFigures(surface, figures, palette, columns, picture, row, top);
  });
}

function paintGround(
  { context, width }: Surface,
  palette: Palette,
  columns: BookColumns,
  picture: BookPicture,
  row: BookRow,
  index: number,
  top: number,
): void {
  const { rowHeight } = columns;
  const bid = picture.side === "bid";
  if (index === picture.active) {
    context.fillStyle = palette.hover;
    context.fillRect(0, top, width, rowHeight);
  }
  const part = picture.scale > 0n ? Number((barOf(row, picture.bars) * 10_000n) / picture.scale) / 10_000 : 0;
  const length = Math.max(1, Math.round(part * width));
  context.fillStyle = bid ? palette.upBar : palette.downBar;
  context.beginPath();
  context.roundRect(width - length, top + 1, length, rowHeight - 2, [2, 0, 0, 2]);
  context.fill();
  const taken =
    picture.takenTo !== null && (bid ? row.price >= picture.takenTo : row.price <= picture.takenTo);
  if (taken) {
    context.fillStyle = bid ? palette.down : palette.up;
    context.fillRect(0, top, 2, rowHeight);
  }
  if (row.own > 0n) paintOwnMark(context, palette, top + rowHeight / 2);
}

function paintOwnMark(context: CanvasRenderingContext2D, palette: Palette, middle: number): void {
  context.fillStyle = palette.accent;
  context.beginPath();
  context.moveTo(4, middle - 4);
  context.lineTo(9, middle);
  context.lineTo(4, middle + 4);
  context.closePath();
  context.fill();
}

function paintFigures(
  { context, width }: Surface,
  figures: FigureSetter,
  palette: Palette,
  columns: BookColumns,
  picture: BookPicture,
  row: BookRow,
  top: number,
): void {
  const middle = top + columns.rowHeight / 2 + 0.5;
  const bid = picture.side === "bid";
  context.fillStyle = bid ? palette.up : palette.down;
  figures.start(picture.price(row.price), columns.padding, middle);

  const size = picture.amount(row.size);
  const sizeEnd = width - columns.sizeEnd;
  const sizeWidth = figures.width(size);
  const flash = picture.flash(row.price);
  if (flash > 0)
    paintFlash(context, bid ? palette.upFlash : palette.downFlash, flash, sizeEnd, sizeWidth, top, columns);
  context.fillStyle = palette.text1;
  figures.end(size, sizeEnd, middle);
  if (row.own > 0n && columns.totals) {
    context.fillStyle = palette.accent;
    figures.end(picture.amount(row.ownSize), sizeEnd - sizeWidth - 6, middle);
  }
  if (!columns.totals) return;
  context.fillStyle = palette.text2;
  figures.end(picture.amount(row.total), width - columns.padding, middle);
}

function paintFlash(
  context: CanvasRenderingContext2D,
  colour: string,
  strength: number,
  end: number,
  width: number,
  top: number,
  columns: BookColumns,
): void {
  context.globalAlpha = strength;
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(end - width - 4, top + 2, width + 7, columns.rowHeight - 4, 3);
  context.fill();
  context.globalAlpha = 1;
}
