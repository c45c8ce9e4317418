"use client";

import { useTranslations } from "next-intl";
import { useBarValues } from "../bar/barValues";
import { Live } from "../LiveText";
import { useRoom } from "../MarketRoom";
import styles from "./Book.module.css";
import { useTickTone } from "./useTickTone";

/** The fixed middle of the book: last price with the direction of the last change, and the spread. */
export function BookMiddle({ short = false }: { short?: boolean }) {
  const t = useTranslations("trade.book");
  const { feed } = useRoom();
  const values = useBarValues();
  const last = useTickTone(values.last);
  return (
    <div className={styles.middle}>
      <Live feed={feed} read={last} className={`${styles.last} figure`} />
      <span className={styles.space} />
      <span className={styles.spread}>
        {!short && `${t("spread")} `}
        <Live feed={feed} read={short ? values.spreadTicks : values.spread} dir="auto" />
      </span>
    </div>
  );
}
