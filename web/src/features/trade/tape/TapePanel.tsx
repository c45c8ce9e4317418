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
import { ROWS_MAX } from "./rows";
import { runTape, type TapeHandle, type TapeSource } from "./runTape";
import { useTapeSettings } from "./settings";
import styles from "./Tape.module.css";
import { TapeMenu } from "./TapeMenu";

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
        {choice === "all" && (
          <span className={styles.menu}>
            <TapeMenu />
          </span>
        )}
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
  const waiting = useRef<HTMLParagraphElement>(null);
  const { least, bundled } = useTapeSettings();
  const source = useMemo<TapeSource>(
    () => ({
      own,
      market: listing.market,
      feed,
      account: ownStore,
      texts,
      least,
      bundled,
      newer: (count) => t("newer", { count: `${format.count(count)}${count < ROWS_MAX ? "" : "+"}` }),
      time: (at) => format.time(at, "millisecond"),
      words: (row) =>
        t(row.buy ? "rowWordsBuy" : "rowWordsSell", { price: row.price, size: row.quantity, time: row.time }),
    }),
    [own, listing.market, feed, texts, least, bundled, format, t],
  );
  useEffect(() => {
    const [surface, list, newer] = [canvas.current, words.current, waiting.current];
    if (!surface || !list || !newer) return;
    const tape: TapeHandle = runTape({ canvas: surface, list, newer }, source);
    return tape.end;
  }, [source]);
  return (
    <>
      <canvas ref={canvas} className={styles.canvas} aria-hidden />
      <p ref={waiting} className={styles.newer} aria-hidden hidden />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the list scrolls no longer than its words, but it can be read by keys */}
      <ol ref={words} className="quiet" aria-label={t("title")} tabIndex={0} />
    </>
  );
}
