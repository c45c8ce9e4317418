"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Suspense, useState } from "react";
import { Icon } from "@/components/Icon";
import { late } from "@/components/late";
import { Menu, MenuItem } from "@/components/Menu";
import { countOf, isOpenRow, type OrderRow } from "@/features/own/orderRows";
import type { CancelQuery } from "@/providers/own/cancelling";
import { useRoom } from "../MarketRoom";
import styles from "./Orders.module.css";

const CancelDialog = late(() =>
  import("@/features/own/CancelDialog").then((module) => ({ default: module.CancelDialog })),
);

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
  const open = rows.filter(isOpenRow);
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
      {wanted && (
        <Suspense>
          <CancelDialog open={open} wanted={wanted} onClose={() => ask(null)} />
        </Suspense>
      )}
    </>
  );
}
