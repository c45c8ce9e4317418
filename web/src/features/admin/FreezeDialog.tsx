"use client";

import type { PersonDetail } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Checkbox, Select } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { FieldNote, TextField } from "@/components/Field";
import { useAct } from "@/features/acting/useAct";
import { withStepUp } from "@/features/stepUp/stepUp";
import { desk } from "@/providers/desk";
import { useUrlState } from "@/providers/urlState";
import styles from "./Admin.module.css";
import { usePersonChanged } from "./useDesk";

const TOLD = ["protection", "review", "law", "request"] as const;
type Told = (typeof TOLD)[number];
const REASON_MAX = 200;

/** Asks why, says what comes of it, and freezes a person or lets them go. */
export function FreezeDialog({
  detail,
  freezes,
  onClose,
}: {
  detail: PersonDetail;
  freezes: boolean;
  onClose(): void;
}) {
  const t = useTranslations("admin.people");
  const common = useTranslations("common");
  const form = useId();
  const id = detail.person.person;
  const changed = usePersonChanged(id);
  const [, show] = useUrlState();
  const [reason, setReason] = useState("");
  const [told, setTold] = useState<Told>("review");
  const [cancels, setCancels] = useState(true);
  const { busy, error, act } = useAct();
  function send(event: FormEvent) {
    event.preventDefault();
    const text = reason.trim();
    if (busy || text === "") return;
    const asked = { reason: text, told, open_orders: cancels ? "cancel" : "keep" } as const;
    act(async () => {
      await withStepUp(
        async () => void (await (freezes ? desk().freeze(id, asked) : desk().unfreeze(id, text))),
      );
      await changed();
      onClose();
      if (!freezes) show({ tab: "requests", person: null }, true);
    });
  }
  const email = detail.person.email;
  return (
    <Dialog
      open
      onClose={onClose}
      title={freezes ? t("freeze") : t("unfreeze")}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {freezes ? t("freeze") : t("ask")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={send} noValidate>
        <p>{freezes ? t("freezeText", { email }) : t("unfreezeText", { email })}</p>
        <TextField
          label={t("reason")}
          hint={t("reasonHint")}
          dir="auto"
          autoComplete="off"
          maxLength={REASON_MAX}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {freezes && (
          <div className={styles.stack}>
            <span>{t("told")}</span>
            <Select<Told>
              label={t("told")}
              value={told}
              onValue={setTold}
              options={TOLD.map((value) => ({ value, label: t(`tolds.${value}`) }))}
            />
          </div>
        )}
        {freezes && (
          <Checkbox checked={cancels} onValue={setCancels}>
            {t("cancelOrders", { count: detail.open_orders })}
          </Checkbox>
        )}
        {error !== null && <FieldNote error={error} />}
      </form>
    </Dialog>
  );
}
