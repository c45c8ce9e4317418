"use client";

import type { LedgerEntry } from "@cse/client";
import { Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/Icon";
import { ErrorState } from "@/components/States";
import { Cell, Head, RowsRoom, Table } from "@/components/Table";
import { LongTable } from "@/features/own/LongTable";
import { Market } from "@/features/own/Market";
import { Older } from "@/features/own/Older";
import { useFormat } from "@/providers/format";
import type { Past } from "@/providers/own/pages";
import { ENTRY_KINDS } from "./choice";
import { LedgerCards } from "./LedgerCards";
import styles from "./Past.module.css";

const COLUMNS = ["time", "kind", "asset", "amount", "balance", "reference", "place"] as const;
const END: ReadonlySet<string> = new Set(["amount", "balance"]);

/** The account's books, newest first; one card an entry for a phone. */
export function LedgerTable({ past, cards }: { past: Past<LedgerEntry>; cards: boolean }) {
  const t = useTranslations("books");
  const { items } = past;
  if (items === null && past.error)
    return <ErrorState title={t("ledgerFailed")} error={past.error} onRetry={past.retry} />;
  if (cards && items) return <LedgerCards past={past} items={items} />;
  const head = COLUMNS.map((key) => (
    <Head key={key} end={END.has(key)}>
      {t(`columns.${key}`)}
    </Head>
  ));
  if (items === null) {
    return (
      <Table label={t("ledger")} head={head}>
        <RowsRoom columns={COLUMNS.map((key) => ({ key }))} />
      </Table>
    );
  }
  return (
    <LongTable
      label={t("ledger")}
      look="page"
      head={head}
      columns={COLUMNS.length}
      count={items.length}
      row={(index, place) => {
        const entry = items[index];
        return entry && <Row key={entry.id} entry={entry} place={place} />;
      }}
      foot={<Older past={past} />}
    />
  );
}

function Row({ entry, place }: { entry: LedgerEntry; place: number | undefined }) {
  const t = useTranslations("books");
  const format = useFormat();
  const kind = ENTRY_KINDS.find((known) => known === entry.kind);
  return (
    <tr aria-rowindex={place}>
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
