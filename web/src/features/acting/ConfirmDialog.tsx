"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FieldNote } from "@/components/Field";
import { useAct } from "./useAct";

/** Asks once more before what cannot be taken back, and closes once it is done. */
export function ConfirmDialog({
  title,
  text,
  action,
  save,
  onClose,
}: {
  title: string;
  text: string;
  action: string;
  save(): Promise<unknown>;
  onClose(): void;
}) {
  const common = useTranslations("common");
  const { busy, error, act } = useAct();
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="danger" busy={busy} onClick={() => act(() => save().then(onClose))}>
            {action}
          </Button>
        </>
      }
    >
      <p>{text}</p>
      {error !== null && <FieldNote error={error} />}
    </Dialog>
  );
}
