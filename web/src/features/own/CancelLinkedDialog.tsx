"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { classes } from "@/components/classes";
import { Dialog } from "@/components/Dialog";
import orderStyles from "./Orders.module.css";
import styles from "./Own.module.css";
import type { OrderRow } from "./orderRows";
import { useRowTexts } from "./useRowTexts";

/** Asks before an order is cancelled with which others go, and lists them. */
export function CancelLinkedDialog({
  row,
  others,
  onKeep,
  onConfirm,
}: {
  row: OrderRow;
  others: readonly OrderRow[];
  onKeep: () => void;
  onConfirm: () => void;
}) {
  const t = useTranslations("own.linkedCancel");
  const entry = others.some((other) => other.waits === "for_entry");
  const text = row.waits === "for_entry" ? "ofExit" : entry ? "ofEntry" : "ofPair";
  return (
    <Dialog
      open
      onClose={onKeep}
      title={t("title")}
      actions={
        <>
          <Button onClick={onKeep}>{t("keep")}</Button>
          <Button look="danger" className={styles.grow} onClick={onConfirm}>
            {t("confirm")}
          </Button>
        </>
      }
    >
      <p className={styles.dialogText}>{t(text)}</p>
      <ul className={styles.linkedOrders} aria-label={t("others")}>
        {[row, ...others].map((one) => (
          <LinkedOrder key={one.key} row={one} />
        ))}
      </ul>
    </Dialog>
  );
}

function LinkedOrder({ row }: { row: OrderRow }) {
  const { type, side, size, at, price } = useRowTexts(row);
  return (
    <li>
      <span className={orderStyles[row.side]}>{side}</span>{" "}
      <span className={classes("figure", styles.linkedSize)}>{size}</span> {at}{" "}
      <span className="figure">{price}</span> · {type}
    </li>
  );
}
