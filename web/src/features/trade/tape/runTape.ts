/** Draws the tape until it is ended, and keeps its words for screen readers. */

import { countDraw } from "@/canvas/counts";
import { FigureSetter } from "@/canvas/figures";
import { drawNoMore, drawSoon } from "@/canvas/frame";
import { currentPalette, onPalette } from "@/canvas/palette";
import { clearedSurface, measure } from "@/canvas/surface";
import type { OwnStore } from "@/providers/own/ownStore";
import type { MarketFeed } from "../feed/marketFeed";
import type { MarketTexts } from "../marketTexts";
import { paintTape, type TapeRow } from "./painter";

export interface TapeSource {
  /** Only one's own trades. */
  own: boolean;
  market: string;
  feed: MarketFeed;
  account: OwnStore;
  texts: MarketTexts;
  time: (at: string) => string;
  words: (row: TapeRow) => string;
}

export interface TapeHandle {
  end: () => void;
}

const ROWS_MAX = 60;
const WORDS_EVERY_MS = 2_000;
const WORDS_ROWS = 10;

export function runTape(canvas: HTMLCanvasElement, list: HTMLOListElement, source: TapeSource): TapeHandle {
  let palette = currentPalette();
  let figures: FigureSetter | null = null;
  let wordsTimer: ReturnType<typeof setTimeout> | undefined;
  let rows = tapeRows(source);

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
    rows = tapeRows(source);
    soon();
  };
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
      sizes.disconnect();
      clearTimeout(wordsTimer);
      drawNoMore(draw);
      for (const end of ends) end();
    },
  };
}

/** The newest rows of the tape, final texts and all. */
export function tapeRows({ own, market, feed, account, texts, time }: TapeSource): TapeRow[] {
  const fills = account.getState().fills.filter((fill) => fill.market === market);
  if (own) {
    return fills.slice(0, ROWS_MAX).map((fill) => ({
      key: `${fill.trade_id}/${fill.order_id}`,
      buy: fill.side === "buy",
      price: texts.wirePrice(fill.price),
      quantity: texts.wireQuantity(fill.quantity),
      time: time(fill.time),
      own: false,
    }));
  }
  const mine = new Set(fills.map((fill) => fill.trade_id));
  return feed
    .getState()
    .trades.slice(0, ROWS_MAX)
    .map((trade) => ({
      key: trade.trade_id,
      buy: trade.side === "buy",
      price: texts.wirePrice(trade.price),
      quantity: texts.wireQuantity(trade.quantity),
      time: time(trade.time),
      own: mine.has(trade.trade_id),
    }));
}

function item(text: string): HTMLLIElement {
  const element = document.createElement("li");
  element.textContent = text;
  return element;
}
