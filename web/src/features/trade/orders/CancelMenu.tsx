"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem } from "@/components/Menu";
import { showToast } from "@/components/Toast";
import { useErrorWords } from "@/providers/errorWords";
import { type CancelQuery, cancelAll } from "@/providers/own/cancelling";
import { isClosed } from "@/providers/own/orderState";
import { cancelParts } from "@/providers/own/own";
import { useRoom } from "../MarketRoom";
import styles from "./Orders.module.css";
import type { OrderRow } from "./rows";

/** Cancels several orders at once, after a dialog that counts them. */
export function CancelMenu({
  rows,
  here,
  phone,
}: {
  rows: readonly OrderRow[];
  here: boolean;
  phone: boolean;
}) {
  const t = useTranslations("trade.cancel");
  const { listing } = useRoom();
  const [wanted, ask] = useState<CancelQuery | null>(null);
  const open = rows.filter((row) => row.tracked.order && !isClosed(row.tracked));
  const scope = here ? { market: listing.market } : {};
  const choices: { key: string; wanted: CancelQuery; label: string }[] = [
    {
      key: "all",
      wanted: scope,
      label: here ? t("allHere", { pair: `${listing.base}/${listing.quote}` }) : t("all"),
    },
    { key: "buy", wanted: { ...scope, side: "buy" }, label: t("buys") },
    { key: "sell", wanted: { ...scope, side: "sell" }, label: t("sells") },
  ];
  if (open.length === 0) return null;
  return (
    <>
      <Menu
        label={t("menu")}
        buttonClassName={phone ? styles.cancelPhone : styles.cancel}
        button={
          <>
            {t("menu")}
            {!phone && <Icon of={ChevronDown} size={14} />}
          </>
        }
      >
        {(close) =>
          choices.map((choice) => (
            <MenuItem
              key={choice.key}
              hint={<span className="figure">{countOf(open, choice.wanted)}</span>}
              onSelect={() => {
                close();
                if (countOf(open, choice.wanted) > 0) ask(choice.wanted);
              }}
            >
              {choice.label}
            </MenuItem>
          ))
        }
      </Menu>
      {wanted && <CancelDialog open={open} wanted={wanted} onClose={() => ask(null)} />}
    </>
  );
}

function CancelDialog({
  open,
  wanted,
  onClose,
}: {
  open: readonly OrderRow[];
  wanted: CancelQuery;
  onClose: () => void;
}) {
  const t = useTranslations("trade.cancel");
  const errors = useErrorWords();
  const [busy, setBusy] = useState(false);
  const count = countOf(open, wanted);
  const buys = countOf(open, { ...wanted, side: "buy" }, wanted.side);
  const sells = countOf(open, { ...wanted, side: "sell" }, wanted.side);
  const where = wanted.market ? t("inMarket", { pair: wanted.market.replace("-", "/") }) : t("inAll");
  const cancel = async () => {
    setBusy(true);
    try {
      const cancelled = await cancelAll(cancelParts(), wanted);
      showToast({ key: "cancel.all", tone: "info", title: t("done", { count: cancelled }) });
    } catch (error) {
      const said = errors(error);
      showToast({
        key: "cancel.all",
        tone: "error",
        title: t("failed"),
        body: `${said.happened} ${said.money}`,
      });
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
        {t("warning")}
      </p>
    </Dialog>
  );
}

/** How many of the open orders are meant; none where another side was asked for. */
function countOf(open: readonly OrderRow[], { market, side }: CancelQuery, only?: "buy" | "sell"): number {
  if (only && side !== only) return 0;
  return open.filter((row) => (!market || row.market === market) && (!side || row.side === side)).length;
}
