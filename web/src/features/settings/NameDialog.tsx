"use client";

import type { SessionView } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { useErrorWords } from "@/providers/errorWords";
import { useSessionChanges } from "./useSessions";

const NAME_MAX = 40;

/** What the person calls a device; an empty name takes it away. */
export function NameDialog({ session, onClose }: { session: SessionView; onClose(): void }) {
  const t = useTranslations("settings.sessions");
  const common = useTranslations("common");
  const words = useErrorWords();
  const form = useId();
  const changes = useSessionChanges();
  const [name, setName] = useState(session.name ?? "");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function save(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await changes.name(session, name);
      onClose();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
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
      <form id={form} onSubmit={(event) => void save(event)} noValidate>
        <TextField
          label={t("name")}
          hint={t("nameHint")}
          value={name}
          maxLength={NAME_MAX}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
          error={error === null ? undefined : words(error).happened}
        />
      </form>
    </Dialog>
  );
}
