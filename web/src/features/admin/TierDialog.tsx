"use client";

import type { PersonDetail } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FieldNote, TextField } from "@/components/Field";
import { useAct } from "@/features/acting/useAct";
import { withStepUp } from "@/features/stepUp/stepUp";
import { desk } from "@/providers/desk";
import styles from "./Admin.module.css";
import { usePersonChanged } from "./useDesk";

/** Puts an account into a fee tier. */
export function TierDialog({ detail, onClose }: { detail: PersonDetail; onClose(): void }) {
  const t = useTranslations("admin.people");
  const common = useTranslations("common");
  const form = useId();
  const id = detail.person.person;
  const changed = usePersonChanged(id);
  const [tier, setTier] = useState(String(detail.fee_tier));
  const { busy, error, act } = useAct();
  const known = /^\d{1,3}$/.test(tier);
  function send(event: FormEvent) {
    event.preventDefault();
    if (busy || !known) return;
    act(async () => {
      await withStepUp(() => desk().setFeeTier(id, Number(tier)));
      await changed();
      onClose();
    });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("setTier")}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy} disabled={!known}>
            {t("setTier")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={send} noValidate>
        <TextField
          label={t("tier")}
          hint={t("tierHint")}
          inputMode="numeric"
          dir="ltr"
          value={tier}
          onChange={(event) => setTier(event.target.value)}
        />
        {error !== null && <FieldNote error={error} />}
      </form>
    </Dialog>
  );
}
