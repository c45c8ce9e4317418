"use client";

import type { LedgerEntry } from "@cse/client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Icon } from "@/components/Icon";
import { ErrorState } from "@/components/States";
import { Cell, Head, RowsRoom } from "@/components/Table";
import tables from "@/components/Table.module.css";
import { Market } from "@/features/own/Market";
import { Older } from "@/features/own/Older";
import { useFormat } from "@/providers/format";
import type { Past } from "@/providers/own/pages";
import { ENTRY_KINDS } from "./choice";
import styles from "./Past.module.css";

const COLUMNS = ["time", "kind", "asset", "amount", "balance", "reference", "place"] as const;
const END: ReadonlySet<string> = new Set(["amount", "balance"]);
const ROW_PX = 40;
const AHEAD = 12;

/** The account's books, newest first; only rows that are seen are drawn, however many there are. */
export function LedgerTable({ past }: { past: Past<LedgerEntry> }) {
  const t = useTranslations("books");
  const room = useRef<HTMLDivElement>(null);
  const items = past.items ?? [];
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => room.current,
    estimateSize: () => ROW_PX,
    overscan: AHEAD,
  });
  if (past.items === null && past.error)
    return <ErrorState title={t("ledgerFailed")} error={past.error} onRetry={past.retry} />;
  const seen = virtual.getVirtualItems();
  const above = seen[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (seen.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys
    <div ref={room} className={styles.books} role="region" aria-label={t("ledger")} tabIndex={0}>
      <table className={tables.table} aria-rowcount={past.items === null ? undefined : items.length + 1}>
        <caption className="quiet">{t("ledger")}</caption>
        <thead>
          <tr>
            {COLUMNS.map((key) => (
              <Head key={key} end={END.has(key)}>
                {t(`columns.${key}`)}
              </Head>
            ))}
          </tr>
        </thead>
        <tbody>
          {past.items === null ? (
            <RowsRoom columns={COLUMNS.map((key) => ({ key }))} />
          ) : (
            <>
              <Gap px={above} />
              {seen.map(({ index }) => {
                const entry = items[index];
                return entry && <Row key={entry.id} entry={entry} index={index} />;
              })}
              <Gap px={below} />
            </>
          )}
        </tbody>
      </table>
      <Older past={past} />
    </div>
  );
}

/** The room of rows that are not drawn. */
function Gap({ px }: { px: number }) {
  return px > 0 ? (
    <tr aria-hidden ref={(row) => row?.style.setProperty("block-size", `${px}px`)}>
      <td colSpan={COLUMNS.length} className={styles.gap} />
    </tr>
  ) : null;
}

function Row({ entry, index }: { entry: LedgerEntry; index: number }) {
  const t = useTranslations("books");
  const format = useFormat();
  const kind = ENTRY_KINDS.find((known) => known === entry.kind);
  return (
    <tr aria-rowindex={index + 2}>
      <Cell quiet>
        <time className="figure" dateTime={entry.time}>
          {format.dateTime(entry.time)}
        </time>
      </Cell>
      <Cell>{kind ? t(`kinds.${kind}`) : entry.kind}</Cell>
      <Cell>{entry.asset}</Cell>
      <Cell end>
        <bdi dir="ltr" className="figure">
          {entry.amount.startsWith("-") ? "" : "+"}
          {format.decimal(entry.amount)}
        </bdi>
      </Cell>
      <Cell end quiet>
        <span className="figure">{format.decimal(entry.balance)}</span>
      </Cell>
      <Cell>
        {entry.market ? <Market of={entry.market} /> : t("transfer")}{" "}
        <CopyId text={entry.reference} label={t("copyReference", { id: entry.reference })} />
      </Cell>
      <Cell quiet>
        <CopyId text={entry.id} label={t("copyEntry", { id: entry.id })} />
      </Cell>
    </tr>
  );
}

/** An id that one press copies. */
function CopyId({ text, label }: { text: string; label: string }) {
  return (
    <button
      type="button"
      className={styles.id}
      aria-label={label}
      title={label}
      onClick={() => void navigator.clipboard?.writeText(text)}
    >
      <span className="figure">{text}</span>
      <Icon of={Copy} size={12} />
    </button>
  );
}
