"use client";

import { useTranslations } from "next-intl";
import { Suspense } from "react";
import { classes } from "@/components/classes";
import type { TableLook } from "@/components/Table";
import { isClosed } from "@/providers/own/orderState";
import { FillBar } from "./FillBar";
import { LinkedMark } from "./LinkedMark";
import { OrderButton } from "./OrderButton";
import styles from "./Orders.module.css";
import { filledPart, type OrderRow } from "./orderRows";
import { AmendForm, useAmending } from "./useAmending";
import { useRowTexts } from "./useRowTexts";

/** An order on a phone: what it is, how far it has come, and its cross. */
export function OrderCard({
  row,
  all,
  look,
  linked,
  onDismiss,
}: {
  row: OrderRow;
  all: boolean;
  look: TableLook;
  linked: boolean;
  onDismiss: ((key: string) => void) | undefined;
}) {
  const t = useTranslations("own");
  const texts = useRowTexts(row);
  const part = filledPart(row);
  const under = part > 0 && !isClosed(row.tracked) && row.tracked.cancel === "none";
  const { amending, begin, end } = useAmending(row.key);
  if (amending) {
    return (
      <li className={classes(styles.card, styles[`${look}Card`])}>
        <Suspense>
          <AmendForm row={row} card onDone={end} />
        </Suspense>
      </li>
    );
  }
  return (
    <li className={classes(styles.card, styles[`${look}Card`])} data-phase={row.tracked.phase}>
      <div className={styles.cardMain}>
        <p className={styles.cardTitle}>
          <span className={styles[row.side]}>{texts.side}</span> <span className="figure">{texts.size}</span>
          {(row.price ?? row.stop) && (
            <>
              {" "}
              <span className={styles.soft}>{texts.at}</span> <span className="figure">{texts.price}</span>
            </>
          )}
        </p>
        <p className={styles.cardText}>
          {all && (
            <>
              <bdi>{texts.pair}</bdi> ·{" "}
            </>
          )}
          {linked && <LinkedMark />}
          {texts.type}
          {(row.trailing || (row.price && row.stop)) && texts.waits && ` · ${texts.waits}`} ·{" "}
          <span className="figure">{texts.time}</span>
        </p>
      </div>
      <div className={styles.cardEnd}>
        <p className={styles.state}>{under ? t("filledOf", { filled: texts.filled }) : texts.state}</p>
        {(part > 0 || !isClosed(row.tracked)) && !row.waits && <FillBar part={part} />}
      </div>
      {onDismiss && <OrderButton row={row} onDismiss={onDismiss} onAmend={begin} />}
    </li>
  );
}
