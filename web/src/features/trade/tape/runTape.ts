/** Draws the tape until it is ended, and keeps its words for screen readers. */

import { countDraw } from "@/canvas/counts";
import { FigureSetter } from "@/canvas/figures";
import { drawNoMore, drawSoon } from "@/canvas/frame";
import { currentPalette, onPalette } from "@/canvas/palette";
import { clearedSurface, measure } from "@/canvas/surface";
import { paintTape, type TapeRow } from "./painter";
import { type RowSource, tapeRows } from "./rows";

export interface TapeSource extends RowSource {
  words: (row: TapeRow) => string;
  /** What stands over rows that are held while more come; they are `count`. */
  newer: (count: number) => string;
}

export interface TapeHandle {
  end: () => void;
}

const WORDS_EVERY_MS = 2_000;
const WORDS_ROWS = 10;

/** Where the tape is drawn, where its words stand, and where is said how many rows wait. */
interface TapePlaces {
  canvas: HTMLCanvasElement;
  list: HTMLOListElement;
  newer: HTMLElement;
}

export function runTape({ canvas, list, newer }: TapePlaces, source: TapeSource): TapeHandle {
  let palette = currentPalette();
  let figures: FigureSetter | null = null;
  let wordsTimer: ReturnType<typeof setTimeout> | undefined;
  let rows = tapeRows(source);
  let held = false;

  const draw = () => {
    const surface = clearedSurface(canvas);
    if (!surface) return;
    figures ??= new FigureSetter(surface.context, `400 12px ${palette.family}`);
    paintTape(surface, figures, palette, rows);
    countDraw("tape");
    wordsTimer ??= setTimeout(() => {
      wordsTimer = undefined;
      list.replaceChildren(...rows.slice(0, WORDS_ROWS).map((row) => item(source.words(row))));
    }, WORDS_EVERY_MS);
  };
  const soon = () => drawSoon(draw);
  const changed = () => {
    const next = tapeRows(source);
    if (held) return tell(newerThan(next, rows[0]?.key));
    rows = next;
    soon();
  };
  const tell = (count: number) => {
    newer.hidden = count === 0;
    newer.textContent = source.newer(count);
  };
  // Who points at a row is reading it; it stays where it is until they leave.
  const hold = (event: PointerEvent) => {
    held = event.type === "pointerenter" && event.pointerType === "mouse";
    if (held) return;
    tell(0);
    changed();
  };
  canvas.addEventListener("pointerenter", hold);
  canvas.addEventListener("pointerleave", hold);
  const sizes = new ResizeObserver(() => {
    measure(canvas);
    soon();
  });
  sizes.observe(canvas);
  const ends = [
    source.feed.subscribe((state, before) => {
      if (state.trades !== before.trades) changed();
    }),
    source.account.subscribe((state, before) => {
      if (state.fills !== before.fills) changed();
    }),
    onPalette((next) => {
      palette = next;
      figures = null;
      soon();
    }),
  ];
  soon();
  return {
    end: () => {
      canvas.removeEventListener("pointerenter", hold);
      canvas.removeEventListener("pointerleave", hold);
      tell(0);
      sizes.disconnect();
      clearTimeout(wordsTimer);
      drawNoMore(draw);
      for (const end of ends) end();
    },
  };
}

/** How many rows stand above the one with this key: all, where it is there no more. */
function newerThan(rows: readonly TapeRow[], key: string | undefined): number {
  const at = rows.findIndex((row) => row.key === key);
  return at < 0 ? rows.length : at;
}

function item(text: string): HTMLLIElement {
  const element = document.createElement("li");
  element.textContent = text;
  return element;
}
