"use client";

import { useTranslations } from "next-intl";
import { Empty } from "@/components/States";
import { usePhone, useTablet } from "@/components/usePhone";
import { FillsTable } from "@/features/own/FillsTable";
import { HistoryTable } from "@/features/own/HistoryTable";
import { LongTable } from "@/features/own/LongTable";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import { useUrlState } from "@/providers/urlState";
import { useColumns } from "../columns";
import { NothingYet } from "../NothingYet";
import { type Choice, choiceOf, type PastList } from "./choice";
import { LedgerTable } from "./LedgerTable";
import styles from "./Past.module.css";
import { PastFilters } from "./PastFilters";
import { useChosenFills, useChosenOrders, useLedger } from "./usePast";

/** A list of the account's past with what narrows it; the address keeps both. */
export default function PastPanel({ list }: { list: PastList }) {
  const words = useLateWords("books");
  const [search, change] = useUrlState();
  const choice = choiceOf(list, search);
  if (words === null) return <div aria-busy />;
  const List = LISTS[list];
  return (
    <Words messages={words}>
      <div className={styles.past}>
        <PastFilters list={list} choice={choice} change={change} />
        <List choice={choice} />
      </div>
    </Words>
  );
}

const LISTS = { history: Orders, fills: Fills, ledger: Ledger };

function Orders({ choice }: { choice: Choice }) {
  const t = useTranslations("portfolio");
  const narrow = useTablet() === true;
  const hidden = useColumns((state) => state.history);
  const past = useChosenOrders(choice);
  if (past.items?.length === 0) return <Nothing list="history" choice={choice} />;
  return (
    <HistoryTable
      past={past}
      label={t("tabs.history")}
      look="page"
      all
      cards={narrow}
      hidden={hidden}
      Rows={LongTable}
    />
  );
}

function Fills({ choice }: { choice: Choice }) {
  const t = useTranslations("portfolio");
  const phone = usePhone() === true;
  const hidden = useColumns((state) => state.fills);
  const past = useChosenFills(choice);
  if (past.items?.length === 0) return <Nothing list="fills" choice={choice} />;
  return (
    <FillsTable
      past={past}
      label={t("tabs.fills")}
      look="page"
      all
      cards={phone}
      hidden={hidden}
      Rows={LongTable}
    />
  );
}

function Ledger({ choice }: { choice: Choice }) {
  const phone = usePhone() === true;
  const past = useLedger(choice);
  if (past.items?.length === 0) return <Nothing list="ledger" choice={choice} />;
  return <LedgerTable past={past} cards={phone} />;
}

/** Of all there is nothing yet, or of what was chosen there is nothing. */
function Nothing({ list, choice }: { list: PastList; choice: Choice }) {
  const t = useTranslations("portfolio.empty");
  const b = useTranslations("books");
  if (Object.keys(choice).length > 0) return <Empty title={b("nothing")}>{b("nothingText")}</Empty>;
  return <NothingYet title={t(list)} text={t(`${list}Text`)} />;
}
