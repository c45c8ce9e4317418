"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { ErrorState } from "@/components/States";
import { saveText } from "@/components/saveText";
import { Cell, Head, Table } from "@/components/Table";
import { Link } from "@/i18n/Link";
import { useFormat } from "@/providers/format";
import { useListings } from "@/providers/markets";
import { useFills } from "@/providers/own/pages";
import { RowsRoom } from "./BalancesTable";
import { fillsCsv } from "./fillsCsv";
import { NothingYet } from "./OrdersTable";
import styles from "./Portfolio.module.css";

const COLUMNS = ["time", "market", "side", "price", "size", "total", "fee", "role"] as const;
const END = new Set<string>(["price", "size", "total", "fee"]);

/** Every trade of the person's own, the newest first. */
export function FillsTable({ visitor }: { visitor: boolean }) {
  const t = useTranslations("portfolio");
  const format = useFormat();
  const markets = useListings().data?.byMarket;
  const past = useFills(null, !visitor);
  const fills = visitor ? [] : past.items;
  if (past.error && !fills) {
    return <ErrorState title={t("fillsFailed")} error={past.error} onRetry={past.retry} />;
  }
  if (fills?.length === 0) return <NothingYet title={t("empty.fills")} text={t("empty.fillsText")} />;
  return (
    <>
      <div className={styles.toolbar}>
        <span>{t("fillsNote")}</span>
        <Button
          size={32}
          disabled={!fills}
          onClick={() => saveText("fills.csv", "text/csv", fillsCsv(fills ?? []))}
        >
          <Icon of={Download} size={14} />
          CSV
        </Button>
      </div>
      <Table
        label={t("tabs.fills")}
        head={COLUMNS.map((column) => (
          <Head key={column} end={END.has(column)}>
            {t(`fillColumns.${column}`)}
          </Head>
        ))}
      >
        {fills === null ? (
          <RowsRoom columns={COLUMNS.length} />
        ) : (
          fills.map((fill) => (
            <tr key={`${fill.trade_id} ${fill.order_id}`}>
              <Cell quiet>
                <time className="figure" dateTime={fill.time}>
                  {format.dateTime(fill.time)}
                </time>
              </Cell>
              <Cell strong>
                <Link href={`/trade/${fill.market}`} className={styles.tokenName}>
                  {fill.market.replace("-", "/")}
                </Link>
              </Cell>
              <Cell className={fill.side === "buy" ? styles.up : styles.down}>{t(`sides.${fill.side}`)}</Cell>
              <Cell end>
                <span className="figure">
                  {format.decimal(fill.price, markets?.get(fill.market)?.tickDecimals)}
                </span>
              </Cell>
              <Cell end>
                <span className="figure">
                  {format.decimal(fill.quantity, markets?.get(fill.market)?.lotDecimals)}
                </span>
              </Cell>
              <Cell end strong>
                <span className="figure">{format.decimal(fill.notional)}</span>
              </Cell>
              <Cell end quiet>
                <span className="figure">
                  {format.decimal(fill.fee)} {fill.fee_asset}
                </span>
              </Cell>
              <Cell quiet>{t(`roles.${fill.liquidity}`)}</Cell>
            </tr>
          ))
        )}
      </Table>
      {past.hasOlder && (
        <div className={styles.more}>
          <Button size={32} busy={past.isLoadingOlder} onClick={past.older}>
            {t("more")}
          </Button>
        </div>
      )}
    </>
  );
}
