"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Suspense, useEffect, useState } from "react";
import { useStore } from "zustand";
import { useCommitCount } from "@/canvas/counts";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { late } from "@/components/late";
import { Menu } from "@/components/Menu";
import { Tabs } from "@/components/Tabs";
import { useRoom } from "../MarketRoom";
import { isAuction } from "../phase/phase";
import { usePhase } from "../phase/usePhase";
import styles from "./Book.module.css";
import { BookHint } from "./BookHint";
import { BookMiddle } from "./BookMiddle";
import { BookSideGrid } from "./BookSideGrid";
import { GroupingSelect } from "./GroupingSelect";
import { isCrossed } from "./ladder";
import type { BookView } from "./model";
import { BOOK_COLUMNS } from "./painter";
import type { BookSide } from "./rows";
import { useBookSettings } from "./settings";
import { usePick, useRowWords } from "./usePick";
import { ViewIcon } from "./ViewIcon";

const AuctionLadder = late(() =>
  import("./AuctionLadder").then((ladder) => ({ default: ladder.AuctionLadder })),
);

const BookOptions = late(() => import("./BookOptions"));
const DepthPanel = late(() => import("../depth/DepthPanel"));

const VIEWS: readonly BookView[] = ["both", "bids", "asks"];

/**
 * The order book: a canvas a side around the last price, with its own grouping and views; in an auction,
 * and where one has left it crossed, a ladder around the price that is indicated.
 */
export function BookPanel({ onPicked }: { onPicked?: () => void }) {
  useCommitCount("book");
  const t = useTranslations("trade.book");
  const { book, age, feed } = useRoom();
  const { view, unit, bars, show } = useBookSettings();
  const [depth, setDepth] = useState(false);
  const auction = isAuction(usePhase());
  const crossed = useStore(feed, (state) => isCrossed(state.book));
  const stale = useStore(age, (state) => state.freshness === "stale");
  useEffect(() => () => book.point(null), [book]);
  useEffect(() => book.show(unit, bars), [book, unit, bars]);
  const ladder = auction || crossed;
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <header className={styles.head}>
        {ladder ? (
          <h2>{t("auctionTitle")}</h2>
        ) : (
          <Tabs
            label={t("title")}
            size={12}
            className={styles.tabs}
            tabs={[
              { key: "book", label: t("title") },
              { key: "depth", label: t("depth") },
            ]}
            value={depth ? "depth" : "book"}
            onValue={(key) => setDepth(key === "depth")}
          />
        )}
        <span className={styles.space} />
        {!ladder && !depth && (
          <div className={styles.views} role="group" aria-label={t("view")}>
            {VIEWS.map((each) => (
              <IconButton
                key={each}
                size={28}
                label={t(`views.${each}`)}
                pressed={each === view}
                onClick={() => show(each)}
              >
                <ViewIcon view={each} />
              </IconButton>
            ))}
          </div>
        )}
        {(ladder || !depth) && <GroupingSelect />}
      </header>
      {ladder ? (
        <Suspense>
          <AuctionLadder onPicked={onPicked} />
        </Suspense>
      ) : depth ? (
        <Suspense fallback={<div aria-busy="true" />}>
          <DepthPanel />
        </Suspense>
      ) : (
        <Sides view={view} stale={stale} {...(onPicked && { onPicked })} />
      )}
    </section>
  );
}

function Sides({ view, stale, onPicked }: { view: BookView; stale: boolean; onPicked?: () => void }) {
  const t = useTranslations("trade.book");
  const { listing } = useRoom();
  const asset = useBookSettings(({ unit }) => listing[unit]);
  return (
    <>
      <div className={styles.columns}>
        <span>{t("price", { asset: listing.quote })}</span>
        <span>{t("size", { asset })}</span>
        <Menu
          label={`${t("total", { asset })} · ${t("options")}`}
          buttonClassName={styles.options}
          button={
            <>
              {t("total", { asset })}
              <Icon of={ChevronDown} size={12} />
            </>
          }
        >
          {(close) => (
            <Suspense>
              <BookOptions close={close} />
            </Suspense>
          )}
        </Menu>
      </div>
      <div className={styles.sides} data-view={view} data-stale={stale || undefined}>
        {view !== "bids" && <BookHalf side="ask" {...(onPicked && { onPicked })} />}
        <BookMiddle />
        {view !== "asks" && <BookHalf side="bid" {...(onPicked && { onPicked })} />}
      </div>
      <BookHint />
    </>
  );
}

/** One side in its states: on its way, empty, or there. */
function BookHalf({ side, onPicked }: { side: BookSide; onPicked?: () => void }) {
  const t = useTranslations("trade.book");
  const { feed, book, texts } = useRoom();
  const count = useStore(feed, (state) => {
    const levels = side === "ask" ? state.book?.asks : state.book?.bids;
    return levels ? Math.min(levels.length, 1) : null;
  });
  const pick = usePick(onPicked);
  const words = useRowWords(useBookSettings((settings) => settings.unit));
  if (count === null) return <BookSkeleton />;
  if (count === 0) return <p className={styles.empty}>{t(`empty.${side}`)}</p>;
  return (
    <BookSideGrid
      side={side}
      model={book}
      texts={texts}
      columns={BOOK_COLUMNS}
      label={t(`side.${side}`)}
      words={words}
      onPick={pick}
    />
  );
}

function BookSkeleton() {
  return (
    <div className={styles.skeleton} aria-hidden>
      {Array.from({ length: 10 }, (_, index) => (
        <div key={index}>
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
