"use client";

import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef } from "react";
import { countDraw } from "@/canvas/counts";
import { FigureSetter } from "@/canvas/figures";
import { drawNoMore, drawSoon } from "@/canvas/frame";
import { currentPalette, onPalette } from "@/canvas/palette";
import { clearedSurface, measure } from "@/canvas/surface";
import type { MarketTexts } from "../marketTexts";
import styles from "./Book.module.css";
import type { BookModel } from "./model";
import { type BookColumns, paintBook, rowAt, rowTop } from "./painter";
import type { BookRow, BookSide } from "./rows";

/** How often the words behind the canvas, which screen readers read, are brought up to date. */
const WORDS_EVERY_MS = 1_000;

interface SideProps {
  side: BookSide;
  model: BookModel;
  texts: MarketTexts;
  columns: BookColumns;
  label: string;
  /** The row's words for who does not see it. */
  words: (row: BookRow) => string;
  onPick: (row: BookRow, side: BookSide, withSize: boolean) => void;
}

/**
 * One side of the book: a canvas, and over it a grid of as many rows that can be focused, read and
 * clicked. The canvas follows every frame; the grid's words follow once a second.
 */
export function BookSideGrid({ side, model, texts, columns, label, words, onPick }: SideProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    const [surface, rows] = [canvas.current, grid.current];
    if (!surface || !rows) return;
    return runSide({ side, model, texts, columns, words, canvas: surface, grid: rows, id });
  }, [side, model, texts, columns, words, id]);

  const rowUnder = (event: PointerEvent<HTMLElement>) => {
    const { rows, capacity } = model.side(side);
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
    return rowAt(side, y, rows.length, capacity, columns.rowHeight);
  };
  const pick = (index: number, withSize: boolean) => {
    const row = model.side(side).rows[index];
    if (row) onPick(row, side, withSize);
  };

  return (
    <div className={styles.side} data-side={side}>
      <canvas ref={canvas} className={styles.canvas} aria-hidden />
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-readonly
        className={styles.grid}
        onPointerMove={(event) => {
          const index = rowUnder(event);
          model.point(index < 0 ? null : { side, index });
        }}
        onPointerLeave={() => model.point(null)}
        onClick={(event) => pick(rowUnder(event as PointerEvent<HTMLDivElement>), event.shiftKey)}
        onKeyDown={(event) => moveByKey(event, side, model, pick)}
        onBlur={() => model.point(null)}
      />
    </div>
  );
}

function moveByKey(
  event: KeyboardEvent<HTMLElement>,
  side: BookSide,
  model: BookModel,
  pick: (index: number, withSize: boolean) => void,
): void {
  const { rows } = model.side(side);
  const now = model.active?.side === side ? model.active.index : -1;
  const outwards = side === "bid" ? 1 : -1;
  const targets: Record<string, number> = {
    ArrowDown: now + outwards,
    ArrowUp: now - outwards,
    Home: 0,
    End: rows.length - 1,
  };
  const target = targets[event.key];
  if (target !== undefined) {
    event.preventDefault();
    model.point(rows.length > 0 ? { side, index: Math.min(Math.max(target, 0), rows.length - 1) } : null);
  } else if (event.key === "Enter" && now >= 0) {
    event.preventDefault();
    pick(now, event.shiftKey);
  } else if (event.key === "Escape") {
    model.point(null);
  }
}

interface RunParts extends Omit<SideProps, "label" | "onPick"> {
  canvas: HTMLCanvasElement;
  grid: HTMLDivElement;
  id: string;
}

/** Draws the side until what is returned is called. */
function runSide(parts: RunParts): () => void {
  const { side, model, texts, columns, canvas } = parts;
  let palette = currentPalette();
  let figures: FigureSetter | null = null;
  let flashTimer: ReturnType<typeof setTimeout> | undefined;
  const words = new GridWords(parts);

  const draw = () => {
    const surface = clearedSurface(canvas);
    if (!surface) return;
    const { rows, capacity } = model.side(side);
    figures ??= new FigureSetter(surface.context, `400 12px ${palette.family}`);
    paintBook(surface, figures, palette, columns, {
      side,
      rows,
      capacity,
      bars: model.bars,
      scale: model.scale,
      active: model.active?.side === side ? model.active.index : -1,
      takenTo: model.taken?.side === side ? model.taken.to : null,
      price: texts.price,
      amount: model.unit === "base" ? texts.quantity : texts.worth,
      flash: (price) => model.flash(side, price),
    });
    countDraw(`book.${side}`);
    words.follow();
    clearTimeout(flashTimer);
    const next = model.nextFlashChange(side);
    if (next !== null) flashTimer = setTimeout(soon, next);
  };
  const soon = () => drawSoon(draw);
  const resized = () => {
    model.resize(side, Math.max(1, Math.floor(measure(canvas).height / columns.rowHeight)));
    soon();
  };

  const sizes = new ResizeObserver(resized);
  sizes.observe(canvas);
  const ends = [
    model.listen(soon),
    onPalette((changed) => {
      palette = changed;
      figures = null;
      soon();
    }),
  ];
  resized();
  return () => {
    sizes.disconnect();
    clearTimeout(flashTimer);
    words.stop();
    drawNoMore(draw);
    for (const end of ends) end();
  };
}

/** Writes the rows' words into the grid, in place, so that nothing renders and the focus stays. */
class GridWords {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: RunParts) {}

  /** Called after a drawing: the active row at once, the words when they are due. */
  follow(): void {
    this.mark();
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.write();
    }, WORDS_EVERY_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private mark(): void {
    const { grid, model, side, id } = this.parts;
    const index = model.active?.side === side ? model.active.index : -1;
    if (index < 0) grid.removeAttribute("aria-activedescendant");
    else {
      if (grid.childElementCount <= index) this.write();
      grid.setAttribute("aria-activedescendant", `${id}-${index}`);
    }
  }

  private write(): void {
    const { grid, model, side, words, columns, id } = this.parts;
    const { rows, capacity } = model.side(side);
    while (grid.childElementCount > rows.length) grid.lastElementChild?.remove();
    rows.forEach((row, index) => {
      const element = grid.children[index] ?? grid.appendChild(newRow(`${id}-${index}`));
      const cell = element.firstElementChild;
      const text = words(row);
      if (cell && cell.textContent !== text) cell.textContent = text;
      (element as HTMLElement).style.insetBlockStart =
        `${rowTop(side, index, capacity, columns.rowHeight)}px`;
    });
  }
}

function newRow(id: string): HTMLElement {
  const row = document.createElement("div");
  row.id = id;
  row.setAttribute("role", "row");
  const cell = document.createElement("span");
  cell.setAttribute("role", "gridcell");
  row.append(cell);
  return row;
}
