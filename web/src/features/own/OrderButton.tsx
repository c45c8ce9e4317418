"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import type { OrderRow } from "./orderRows";
import { useCancel } from "./useCancel";
import { useRowTexts } from "./useRowTexts";

/** The cross of an order: cancels it, or takes one that was refused off the list. */
export function OrderButton({ row, onDismiss }: { row: OrderRow; onDismiss: (key: string) => void }) {
  const t = useTranslations("own");
  const { side, size, price } = useRowTexts(row);
  const cancel = useCancel();
  const { phase, cancel: cancelling, order } = row.tracked;
  const refused = phase === "rejected" || phase === "not_placed";
  return (
    <IconButton
      size={28}
      label={refused ? t("dismiss") : t("cancelOne", { side, size, price })}
      disabled={!refused && (!order || cancelling === "cancelling")}
      onClick={() => (refused ? onDismiss(row.key) : void cancel(row.tracked))}
    >
      <Icon of={X} size={14} />
    </IconButton>
  );
}
