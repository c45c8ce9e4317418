"use client";

import { Minus, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { useStore } from "zustand";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Empty } from "@/components/States";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import { useFollowedBook } from "../feed/useFollowed";
import { useRoom } from "../MarketRoom";
import styles from "./Depth.module.css";
import { DepthPicture } from "./DepthPicture";
import { distanceOf, mirroredAt, REACHES_PPM, reachAtFirst, twiceMiddleOf } from "./reach";

const FOLLOW_MS = 1_000;
const TABLE_ROWS = 10;

/** How much the book has on both sides of its middle, as two curves, and as a table for who does not see them. */
export default function DepthPanel() {
  const words = useLateWords("desk");
  if (!words) return <div className={styles.panel} aria-busy="true" />;
  return (
    <Words messages={words}>
      <Depth />
    </Words>
  );
}

function Depth() {
  const t = useTranslations("desk.depth");
  const { feed, age, texts } = useRoom();
  const known = useStore(feed, ({ book }) => book !== null);
  const twoSided = useStore(feed, ({ book }) => book !== null && twiceMiddleOf(book) !== null);
  const stale = useStore(age, (state) => state.freshness === "stale");
  const [chosen, choose] = useState<number | null>(null);
  const [first] = useState(() => {
    const { book } = feed.getState();
    const middle = book && twiceMiddleOf(book);
    return book && middle ? reachAtFirst(book, middle) : 4;
  });
  const at = chosen ?? first;
  const ppm = REACHES_PPM[at] ?? REACHES_PPM[0];
  const zoom = (by: 1 | -1) => choose(Math.min(Math.max(at + by, 0), REACHES_PPM.length - 1));
  const keys = (event: KeyboardEvent) => {
    const by = event.key === "+" || event.key === "=" ? -1 : event.key === "-" ? 1 : 0;
    if (by !== 0) zoom(by);
  };
  if (!known) return <div className={styles.panel} aria-busy="true" />;
  if (!twoSided) return <Empty title={t("none")} className={styles.panel} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that bubble up from what is in it
    <div className={styles.panel} data-stale={stale || undefined} onKeyDown={keys}>
      <DepthPicture ppm={ppm} onZoom={zoom} />
      <div className={styles.zoom}>
        <span dir="ltr">{t("reach", { percent: texts.percent(ppm).replace("+", "") })}</span>
        <IconButton
          size={28}
          label={t("wider")}
          disabled={at === REACHES_PPM.length - 1}
          onClick={() => zoom(1)}
        >
          <Icon of={Minus} size={14} />
        </IconButton>
        <IconButton size={28} label={t("nearer")} disabled={at === 0} onClick={() => zoom(-1)}>
          <Icon of={Plus} size={14} />
        </IconButton>
      </div>
      <DepthTable ppm={ppm} />
    </div>
  );
}

/** The same in figures, at ten distances. */
function DepthTable({ ppm }: { ppm: bigint }) {
  const t = useTranslations("desk.depth");
  const { feed, listing, texts } = useRoom();
  const book = useFollowedBook(feed, FOLLOW_MS);
  const twiceMiddle = book && twiceMiddleOf(book);
  if (!book || !twiceMiddle) return null;
  const total = ({ lots }: { lots: bigint }) => `${texts.quantity(lots)} ${listing.base}`;
  return (
    <table className="quiet">
      <caption>{t("table")}</caption>
      <thead>
        <tr>
          {(["distance", "bids", "asks"] as const).map((column) => (
            <th key={column} scope="col">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: TABLE_ROWS }, (_, index) => {
          const part = (index + 1) / TABLE_ROWS;
          const { bid, ask } = mirroredAt(book, twiceMiddle, distanceOf(twiceMiddle, ppm, part));
          return (
            <tr key={index}>
              <th scope="row">{texts.percent((ppm * BigInt(index + 1)) / BigInt(TABLE_ROWS))}</th>
              <td>{total(bid)}</td>
              <td>{total(ask)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
