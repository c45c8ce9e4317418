"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/Button";
import { Sheet } from "@/components/Dialog";
import { Icon } from "@/components/Icon";
import { ColumnChecks } from "@/features/own/ColumnChecks";
import { VALUE_ASSET } from "@/providers/market/markets";
import { type ColumnsOf, OPTIONAL, useColumns } from "./columns";

/** Has a person choose what a table of the portfolio shows. */
export function ColumnsButton({ of }: { of: ColumnsOf }) {
  const t = useTranslations("portfolio");
  const own = useTranslations("own.columns");
  const positions = useTranslations("positions.columns");
  const { toggle, [of]: hidden } = useColumns();
  const [open, setOpen] = useState(false);
  const columns =
    of === "positions"
      ? OPTIONAL.positions.map((key) => ({ key, label: positions(key, { unit: VALUE_ASSET }) }))
      : OPTIONAL[of].map((key) => ({ key, label: own(key) }));
  return (
    <>
      <IconButton label={t("columns")} size={32} look="secondary" onClick={() => setOpen(true)}>
        <Icon of={SlidersHorizontal} size={14} />
      </IconButton>
      <Sheet open={open} onClose={() => setOpen(false)} title={t("columns")}>
        <ColumnChecks<string> columns={columns} hidden={hidden} onToggle={(column) => toggle(of, column)} />
      </Sheet>
    </>
  );
}
