"use client";

import { type Fill, pairOf } from "@cse/client";
import { useTranslations } from "next-intl";
import { classes } from "@/components/classes";
import type { TableLook } from "@/components/Table";
import type { OwnFigures } from "./figures";
import styles from "./Orders.module.css";

/** A fill on a phone: what was traded, what it was worth, and its fee. */
export function FillCard({
  fill,
  all,
  look,
  figures,
}: {
  fill: Fill;
  all: boolean;
  look: TableLook;
  figures: OwnFigures;
}) {
  const t = useTranslations("own");
  const { market, side } = fill;
  return (
    <li className={classes(styles.card, styles[`${look}Card`])}>
      <div className={styles.cardMain}>
        <p className={styles.cardTitle}>
          <span className={styles[side]}>{t(`side.${side}`)}</span>{" "}
          <span className="figure">{figures.quantity(market, fill.quantity)}</span>{" "}
          <span className={styles.soft}>{t("at")}</span>{" "}
          <span className="figure">{figures.price(market, fill.price)}</span>
        </p>
        <p className={styles.cardText}>
          {all && (
            <>
              <bdi>{pairOf(market)}</bdi> ·{" "}
            </>
          )}
          {t(`role.${fill.liquidity}`)} · <span className="figure">{figures.time(fill.time)}</span>
        </p>
      </div>
      <div className={styles.fillEnd}>
        <p className="figure">{figures.money(fill.notional)}</p>
        <p className={styles.cardText}>
          {t("columns.fee")} <span className="figure">{figures.money(fill.fee)}</span> {fill.fee_asset}
        </p>
      </div>
    </li>
  );
}
