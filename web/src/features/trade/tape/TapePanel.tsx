"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { useCommitCount } from "@/canvas/counts";
import { Empty } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { useFormat } from "@/providers/format";
import { ownStore, useOwn } from "@/providers/own/own";
import { useRoom } from "../MarketRoom";
import { runTape, type TapeHandle, type TapeSource } from "./runTape";
import styles from "./Tape.module.css";

type Choice = "all" | "own";

/** The newest trades of everybody, or one's own. */
export function TapePanel() {
  useCommitCount("tape");
  const t = useTranslations("trade.tape");
  const { listing, feed, age } = useRoom();
  const [choice, choose] = useState<Choice>("all");
  const stale = useStore(age, (state) => state.freshness === "stale");
  const none = useStore(feed, (state) => state.tradesKnown && state.trades.length === 0);
  const noneOwn = useOwn((state) => !state.fills.some((fill) => fill.market === listing.market));
  const empty = choice === "all" ? none : noneOwn;
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <header className={styles.head}>
        <Tabs
          label={t("title")}
          size={12}
          tabs={[
            { key: "all", label: t("all") },
            { key: "own", label: t("own") },
          ]}
          value={choice}
          onValue={(key) => choose(key as Choice)}
        />
      </header>
      <div className={styles.columns}>
        <span>{t("price", { asset: listing.quote })}</span>
        <span>{t("size", { asset: listing.base })}</span>
        <span>{t("time")}</span>
      </div>
      <div className={styles.body} data-stale={stale || undefined}>
        {empty ? (
          <Empty title={t(choice === "all" ? "empty" : "emptyOwn")} />
        ) : (
          <Tape own={choice === "own"} />
        )}
      </div>
    </section>
  );
}

function Tape({ own }: { own: boolean }) {
  const t = useTranslations("trade.tape");
  const { listing, feed, texts } = useRoom();
  const format = useFormat();
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useRef<HTMLOListElement>(null);
  const source = useMemo<TapeSource>(
    () => ({
      own,
      market: listing.market,
      feed,
      account: ownStore,
      texts,
      time: (at) => format.time(at, "millisecond"),
      words: (row) =>
        t(row.buy ? "rowWordsBuy" : "rowWordsSell", { price: row.price, size: row.quantity, time: row.time }),
    }),
    [own, listing.market, feed, texts, format, t],
  );
  useEffect(() => {
    const [surface, list] = [canvas.current, words.current];
    if (!surface || !list) return;
    const tape: TapeHandle = runTape(surface, list, source);
    return tape.end;
  }, [source]);
  return (
    <>
      <canvas ref={canvas} className={styles.canvas} aria-hidden />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the list scrolls no longer than its words, but it can be read by keys */}
      <ol ref={words} className="quiet" aria-label={t("title")} tabIndex={0} />
    </>
  );
}
