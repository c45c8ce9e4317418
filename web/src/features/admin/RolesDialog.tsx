"use client";

import type { NewOperator, PersonDetail } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Select } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { FieldNote, TextField } from "@/components/Field";
import { useAct } from "@/features/acting/useAct";
import { withStepUp } from "@/features/stepUp/stepUp";
import { desk } from "@/providers/desk";
import { useUrlState } from "@/providers/urlState";
import styles from "./Admin.module.css";
import { usePersonChanged } from "./useDesk";

const ROLES = ["viewer", "support", "market", "security", "reviewer", "head"] as const;
const REASON_MAX = 200;

/** Asks for a role of a person, which another operator decides about; or takes one away at once. */
export function RolesDialog({ detail, onClose }: { detail: PersonDetail; onClose(): void }) {
  const t = useTranslations("admin");
  const common = useTranslations("common");
  const form = useId();
  const [, show] = useUrlState();
  const id = detail.person.person;
  const changed = usePersonChanged(id);
  const [role, setRole] = useState<NewOperator["role"]>("viewer");
  const [reason, setReason] = useState("");
  const { busy, error, act } = useAct();
  const has = detail.roles.includes(role);
  const good = has || reason.trim() !== "";
  function send(event: FormEvent) {
    event.preventDefault();
    if (busy || !good) return;
    act(async () => {
      if (has) await withStepUp(() => desk().takeRole(id, role));
      else await withStepUp(() => desk().grantRole({ person: id, role, reason: reason.trim() }));
      await changed();
      onClose();
      if (!has) show({ tab: "requests", person: null }, true);
    });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("people.setRoles")}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy} disabled={!good}>
            {has ? t("people.takeRole") : t("people.ask")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={send} noValidate>
        <Select<NewOperator["role"]>
          label={t("people.role")}
          value={role}
          onValue={setRole}
          options={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
        />
        <p>{t(`roleTexts.${role}`)}</p>
        <p>{has ? t("people.takeRoleText") : t("markets.ofTwo")}</p>
        {!has && (
          <TextField
            label={t("people.reason")}
            dir="auto"
            autoComplete="off"
            maxLength={REASON_MAX}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
        {error !== null && <FieldNote error={error} />}
      </form>
    </Dialog>
  );
}
