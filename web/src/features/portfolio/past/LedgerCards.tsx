"use client";

import { type LedgerEntry, pairOf } from "@cse/client";
import { useTranslations } from "next-intl";
import { Older } from "@/features/own/Older";
import styles from "@/features/own/Orders.module.css";
import { useFormat } from "@/providers/format";
import type { Past } from "@/providers/own/pages";
import { ENTRY_KINDS } from "./choice";

/** The account's books on a phone: what each entry was, what it changed, and what there was after it. */
export function LedgerCards({ past, items }: { past: Past<LedgerEntry>; items: readonly LedgerEntry[] }) {
  const t = useTranslations("books");
  return (
    <>
      <ul className={styles.cards} aria-label={t("ledger")}>
        {items.map((entry) => (
          <Card key={entry.id} entry={entry} />
        ))}
      </ul>
      <Older past={past} />
    </>
  );
}

function Card({ entry }: { entry: LedgerEntry }) {
  const t = useTranslations("books");
  const format = useFormat();
  const kind = ENTRY_KINDS.find((known) => known === entry.kind);
  return (
    <li className={styles.card}>
      <div className={styles.cardMain}>
        <p className={styles.cardTitle}>
          {kind ? t(`kinds.${kind}`) : entry.kind}{" "}
          {entry.market && (
            <span className={styles.soft}>
              <bdi>{pairOf(entry.market)}</bdi>
            </span>
          )}
        </p>
        <p className={styles.cardText}>
          <time className="figure" dateTime={entry.time}>
            {format.dateTime(entry.time)}
          </time>
        </p>
      </div>
      <div className={styles.fillEnd}>
        <p>
          <bdi dir="ltr" className="figure">
            {entry.amount.startsWith("-") ? "" : "+"}
            {format.decimal(entry.amount)}
          </bdi>{" "}
          {entry.asset}
        </p>
        <p className={styles.cardText}>
          {t("columns.balance")} <span className="figure">{format.decimal(entry.balance)}</span>
        </p>
      </div>
    </li>
  );
}
