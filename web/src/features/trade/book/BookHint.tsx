"use client";

import { averageDecimals, averagePrice, dearerPpm, formatNumber, twiceMiddle, UNKNOWN } from "@cse/client";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { drawNoMore, drawSoon } from "@/canvas/frame";
import { useFormat } from "@/providers/format";
import { useRoom } from "../MarketRoom";
import styles from "./Book.module.css";
import { sweepTo } from "./rows";

const PARTS = ["upTo", "lots", "average", "effect"] as const;

/**
 * What taking the book down to the row under the pointer would come to. It stands beside the book and
 * follows it without rendering.
 */
export function BookHint() {
  const t = useTranslations("trade.book");
  const { listing, book, texts } = useRoom();
  const { numberLocale } = useFormat();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const write = () => {
      const element = box.current;
      const row = book.activeRow;
      if (!element) return;
      element.hidden = row === null;
      if (!row || !book.active || !book.book) return;
      const { side } = book.active;
      const levels = side === "ask" ? book.book.asks : book.book.bids;
      const sweep = sweepTo(side, levels, row.price);
      const taken = { lots: sweep.lots, notional: sweep.tickLots * listing.tickLotUnits };
      const effect = dearerPpm(taken, twiceMiddle(book.book), listing);
      const average = taken.lots > 0n ? averagePrice(taken.notional, taken.lots, listing) : null;
      const values: Record<(typeof PARTS)[number], string> = {
        upTo: t("upTo", { price: texts.price(row.price) }),
        lots: `${texts.quantity(sweep.lots)} ${listing.base}`,
        average:
          average === null
            ? UNKNOWN
            : formatNumber(average, averageDecimals(listing), numberLocale, {
                minDecimals: listing.tickDecimals,
              }),
        effect: effect === null ? UNKNOWN : texts.percent(effect),
      };
      for (const part of PARTS) {
        const node = element.querySelector(`[data-part="${part}"]`);
        if (node && node.textContent !== values[part]) node.textContent = values[part];
      }
      place(element, side, book.active.index);
    };
    const soon = () => drawSoon(write);
    const end = book.listen(soon);
    return () => {
      end();
      drawNoMore(write);
    };
  }, [book, listing, texts, numberLocale, t]);
  return (
    <div ref={box} hidden className={styles.hint} aria-hidden>
      <dl>
        <div>
          <dt data-part="upTo" />
          <dd className="figure" data-part="lots" />
        </div>
        <div>
          <dt>{t("average")}</dt>
          <dd className="figure" data-part="average" />
        </div>
        <div>
          <dt>{t("effect")}</dt>
          <dd className="figure" data-part="effect" />
        </div>
      </dl>
      <p>{t("hint")}</p>
    </div>
  );
}

/** Stands the card at the outer side of the book, level with the row and inside the window. */
function place(card: HTMLElement, side: "bid" | "ask", index: number): void {
  const panel = card.parentElement;
  const half = panel?.querySelector(`[data-side="${side}"]`);
  if (!panel || !half) return;
  const area = half.getBoundingClientRect();
  const rowHeight = 22;
  const y = side === "ask" ? area.bottom - (index + 1) * rowHeight : area.top + index * rowHeight;
  const left = area.left - card.offsetWidth - 8;
  card.style.left = `${left >= 8 ? left : Math.min(area.right + 8, window.innerWidth - card.offsetWidth - 8)}px`;
  card.style.top = `${Math.min(Math.max(8, y - card.offsetHeight / 2), window.innerHeight - card.offsetHeight - 8)}px`;
}
