"use client";

import type { PasskeyView } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { useAct } from "@/features/settings/useAct";
import { account } from "@/providers/account";
import { useSecurityChanged } from "./useSecurity";

const NAME_MAX = 40;

/** What the person calls a passkey. */
export function PasskeyNameDialog({ passkey, onClose }: { passkey: PasskeyView; onClose(): void }) {
  const t = useTranslations("settings.security");
  const common = useTranslations("common");
  const form = useId();
  const changed = useSecurityChanged();
  const [name, setName] = useState(passkey.name);
  const { busy, error, act } = useAct();
  function save(event: FormEvent) {
    event.preventDefault();
    if (busy || name.trim() === "") return;
    act(async () => {
      await account().namePasskey(passkey.id, name);
      changed();
      onClose();
    });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("nameTitle")}
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
          label={t("name")}
          value={name}
          maxLength={NAME_MAX}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
          error={error ?? undefined}
        />
      </form>
    </Dialog>
  );
}
