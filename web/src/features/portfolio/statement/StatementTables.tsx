"use client";

import type { StatementView } from "@cse/client";
import { useTranslations } from "next-intl";
import { Unknown } from "@/components/Figures";
import { Cell, Head, Table } from "@/components/Table";
import { useFormat } from "@/providers/format";
import { ENTRY_KINDS } from "../past/choice";
import styles from "./Statement.module.css";

const SUMS = [
  "opening_value",
  "put_in",
  "taken_out",
  "realised",
  "opening_unrealised",
  "closing_unrealised",
  "fees",
  "creator_share",
  "closing_value",
] as const satisfies readonly (keyof StatementView)[];
type Asset = StatementView["assets"][number];

/** What the period comes to, and each asset from its opening to its closing balance. */
export function StatementTables({ statement }: { statement: StatementView }) {
  const t = useTranslations("books.statement");
  const format = useFormat();
  const day = (time: string) => `${time.slice(0, 10)} ${time.slice(11, 16)}`;
  return (
    <>
      <p className={styles.note}>
        {t("between", { from: day(statement.from_time), to: day(statement.to_time) })}{" "}
        {statement.so_far && t("goesOn")}
      </p>
      <dl className={styles.sums}>
        {SUMS.map((name) => (
          <div key={name} className={name.endsWith("_value") ? styles.strong : undefined}>
            <dt>{t(`sums.${name}`)}</dt>
            <dd>
              {statement[name] === null ? (
                <Unknown />
              ) : (
                <bdi dir="ltr" className="figure">
                  {format.decimal(statement[name], 2)}
                </bdi>
              )}{" "}
              <span className={styles.unit}>{statement.value_asset}</span>
            </dd>
          </div>
        ))}
      </dl>
      {statement.assets.length > 0 && (
        <Table
          label={t("assets")}
          head={(["asset", "line", "came", "left", "balance"] as const).map((key) => (
            <Head key={key} end={key !== "asset" && key !== "line"}>
              {t(`columns.${key}`)}
            </Head>
          ))}
        >
          {statement.assets.map((asset) => (
            <Lines key={asset.asset} asset={asset} unit={statement.value_asset} />
          ))}
        </Table>
      )}
    </>
  );
}

function Lines({ asset, unit }: { asset: Asset; unit: string }) {
  const t = useTranslations("books");
  const format = useFormat();
  const figure = (text: string) =>
    text === "0" ? null : <span className="figure">{format.decimal(text)}</span>;
  return (
    <>
      <tr className={styles.first}>
        <Cell strong>{asset.asset}</Cell>
        <Cell quiet>{t("statement.opening")}</Cell>
        <Cell />
        <Cell />
        <Cell end>
          <span className="figure">{format.decimal(asset.opening)}</span>
        </Cell>
      </tr>
      {asset.movements.map((moved) => {
        const kind = ENTRY_KINDS.find((known) => known === moved.kind);
        return (
          <tr key={moved.kind}>
            <Cell />
            <Cell>{kind ? t(`kinds.${kind}`) : moved.kind}</Cell>
            <Cell end>{figure(moved.came)}</Cell>
            <Cell end>{figure(moved.left)}</Cell>
            <Cell />
          </tr>
        );
      })}
      <tr>
        <Cell />
        <Cell quiet>{t("statement.closing")}</Cell>
        <Cell end colSpan={2} quiet>
          {asset.asset !== unit &&
            (asset.realised === null
              ? t("statement.realisedUnknown")
              : t("statement.realised", { gain: format.decimal(asset.realised, 2), unit }))}
        </Cell>
        <Cell end strong>
          <span className="figure">{format.decimal(asset.closing)}</span>
        </Cell>
      </tr>
    </>
  );
}
