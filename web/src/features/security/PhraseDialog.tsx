"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { useAct } from "@/features/settings/useAct";
import { withStepUp } from "@/features/stepUp/stepUp";
import { account } from "@/providers/account";
import { useGuardingChange } from "@/providers/guarding";

const LENGTH_MAX = 40;

/** The words by which the person tells our mails from others'. What they were is not shown. */
export default function PhraseDialog({ onClose }: { onClose(): void }) {
  const t = useTranslations("settings.security");
  const common = useTranslations("common");
  const form = useId();
  const after = useGuardingChange("email");
  const [phrase, setPhrase] = useState("");
  const { busy, error, act } = useAct();
  function save(event: FormEvent) {
    event.preventDefault();
    if (busy || phrase.trim() === "") return;
    act(async () => {
      await after(withStepUp(() => account().setMailPhrase(phrase)));
      onClose();
    });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("phraseTitle")}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={save} noValidate>
        <TextField
          label={t("phraseLabel")}
          hint={t("phraseHint")}
          value={phrase}
          maxLength={LENGTH_MAX}
          autoComplete="off"
          onChange={(event) => setPhrase(event.target.value)}
          error={error ?? undefined}
        />
      </form>
    </Dialog>
  );
}
