"use client";

import type { ReviewedVerification, VerificationRefusal } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Checkbox, Select } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { FieldNote, TextField } from "@/components/Field";
import { useAct } from "@/features/acting/useAct";
import { withStepUp } from "@/features/stepUp/stepUp";
import { useUrlState } from "@/providers/urlState";
import { review } from "@/providers/verification";
import styles from "./Admin.module.css";
import { useDeskChanged } from "./useDesk";

type Told = VerificationRefusal["told"];
const TOLD: readonly Told[] = [
  "document_unreadable",
  "document_expired",
  "document_other",
  "details_differ",
  "address_not_shown",
  "not_possible",
];
const REASON_MAX = 200;

/** Asks why, and approves, refuses, or takes an approval back. */
export function ReviewDialog({
  one,
  does,
  onClose,
}: {
  one: ReviewedVerification;
  does: "approve" | "refuse" | "revoke";
  onClose(): void;
}) {
  const t = useTranslations("admin.verification");
  const common = useTranslations("common");
  const form = useId();
  const changed = useDeskChanged();
  const [, show] = useUrlState();
  const [reason, setReason] = useState("");
  const [told, setTold] = useState<Told>("document_unreadable");
  const [cleared, setCleared] = useState(false);
  const { busy, error, act } = useAct({
    verification_decided: t("codes.verification_decided"),
    sanctions_hit: t("codes.sanctions_hit"),
  });
  const approves = does === "approve";
  const blocked = approves && one.hits.length > 0 && !cleared;
  function send(event: FormEvent) {
    event.preventDefault();
    const text = reason.trim();
    if (busy || text === "" || blocked) return;
    act(async () => {
      await withStepUp(() =>
        approves ? review().approve(one.id, text, cleared) : review()[does](one.id, { told, reason: text }),
      ).finally(changed);
      onClose();
      show({ verification: null }, true);
    });
  }
  const email = one.email ?? one.person;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(does)}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            look={does === "revoke" ? "danger" : "primary"}
            type="submit"
            form={form}
            busy={busy}
            disabled={blocked}
          >
            {t(does)}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={send} noValidate>
        <p>{t(`${does}Text`, { email })}</p>
        {!approves && (
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
        <TextField
          label={t("reason")}
          hint={t("reasonHint")}
          dir="auto"
          autoComplete="off"
          maxLength={REASON_MAX}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {approves && one.hits.length > 0 && (
          <Checkbox checked={cleared} onValue={setCleared}>
            {t("cleared")}
          </Checkbox>
        )}
        {error !== null && <FieldNote error={error} />}
      </form>
    </Dialog>
  );
}
