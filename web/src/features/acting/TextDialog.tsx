"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { useAct } from "./useAct";

const LENGTH_MAX = 40;

/** Asks for one short text, and closes once it is saved. An empty one is only sent where it is `optional`. */
export function TextDialog({
  title,
  label,
  hint,
  value = "",
  optional = false,
  lengthMax = LENGTH_MAX,
  action,
  save,
  onClose,
}: {
  title: string;
  label: string;
  hint?: string;
  value?: string;
  optional?: boolean;
  lengthMax?: number;
  action: string;
  save(text: string): Promise<unknown>;
  onClose(): void;
}) {
  const common = useTranslations("common");
  const form = useId();
  const [text, setText] = useState(value);
  const { busy, error, act } = useAct();
  function send(event: FormEvent) {
    event.preventDefault();
    if (busy || (!optional && text.trim() === "")) return;
    act(async () => {
      await save(text);
      onClose();
    });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={send} noValidate>
        <TextField
          label={label}
          hint={hint}
          value={text}
          maxLength={lengthMax}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          // The hint says what is wanted, so it stays.
          error={error === null ? undefined : [error, hint].filter(Boolean).join(" ")}
        />
      </form>
    </Dialog>
  );
}
