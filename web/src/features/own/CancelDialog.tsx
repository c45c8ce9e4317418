"use client";

import { pairOf } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { showToast } from "@/components/Toast";
import { useErrorWords } from "@/providers/errorWords";
import { type CancelQuery, cancelAll } from "@/providers/own/cancelling";
import { cancelParts } from "@/providers/own/own";
import styles from "./Own.module.css";
import { countOf, type OrderRow } from "./orderRows";

/** Asks before several orders are cancelled at once, and counts them. */
export function CancelDialog({
  open,
  wanted,
  onClose,
}: {
  open: readonly OrderRow[];
  wanted: CancelQuery;
  onClose: () => void;
}) {
  const t = useTranslations("own.cancel");
  const errors = useErrorWords();
  const [busy, setBusy] = useState(false);
  const count = countOf(open, wanted);
  const buys = wanted.side === "sell" ? 0 : countOf(open, { ...wanted, side: "buy" });
  const sells = wanted.side === "buy" ? 0 : countOf(open, { ...wanted, side: "sell" });
  const waiting = countOf(
    open.filter((row) => row.waits !== null),
    wanted,
  );
  const where = wanted.market ? t("inMarket", { pair: pairOf(wanted.market) }) : t("inAll");
  const cancel = async () => {
    const key = "cancel.all";
    setBusy(true);
    try {
      const cancelled = await cancelAll(cancelParts(), wanted);
      showToast({ key, tone: "info", title: t("done", { count: cancelled }) });
    } catch (error) {
      const { happened, money } = errors(error);
      showToast({ key, tone: "error", title: t("failed"), body: `${happened} ${money}` });
    }
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("title", { count })}
      actions={
        <>
          <Button onClick={onClose}>{t("keep")}</Button>
          <Button look="danger" busy={busy} className={styles.grow} onClick={() => void cancel()}>
            {t("confirm", { count })}
          </Button>
        </>
      }
    >
      <p className={styles.dialogText}>
        {t(buys > 0 && sells > 0 ? "whatBoth" : buys > 0 ? "whatBuys" : "whatSells", { buys, sells, where })}{" "}
        {waiting > 0 && `${t("waiting", { count: waiting })} `}
        {t("warning")}
      </p>
    </Dialog>
  );
}
