"use client";

import { Pencil, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Suspense } from "react";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { late } from "@/components/late";
import { amendableOf } from "./amendable";
import type { OrderRow } from "./orderRows";
import { useCancelAsking } from "./useCancelAsking";
import { useRowTexts } from "./useRowTexts";

const CancelLinkedDialog = late(() =>
  import("./CancelLinkedDialog").then((module) => ({ default: module.CancelLinkedDialog })),
);

/**
 * The pencil of an order that can be amended, and its cross: cancels it, or takes one that was refused off the list. Of one that is linked with
 * others it asks first, since they go with it.
 */
export function OrderButton({
  row,
  onDismiss,
  onAmend,
}: {
  row: OrderRow;
  onDismiss: (key: string) => void;
  onAmend: () => void;
}) {
  const t = useTranslations("own");
  const { side, size, price } = useRowTexts(row);
  const { press, asked, keep, confirm } = useCancelAsking();
  const { phase, cancel: cancelling, order } = row.tracked;
  const refused = phase === "rejected" || phase === "not_placed";
  return (
    <>
      {amendableOf(row.tracked).length > 0 && (
        <IconButton
          size={28}
          id={`amend-${row.key}`}
          label={t("amendOne", { side, size, price })}
          onClick={onAmend}
        >
          <Icon of={Pencil} size={14} />
        </IconButton>
      )}
      <IconButton
        size={28}
        label={refused ? t("dismiss") : t("cancelOne", { side, size, price })}
        disabled={!refused && (!order || cancelling === "cancelling")}
        onClick={() => (refused ? onDismiss(row.key) : press(row.tracked))}
      >
        <Icon of={X} size={14} />
      </IconButton>
      {asked && (
        <Suspense>
          <CancelLinkedDialog {...asked} onKeep={keep} onConfirm={confirm} />
        </Suspense>
      )}
    </>
  );
}
