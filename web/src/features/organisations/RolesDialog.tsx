"use client";

import type { MemberRole } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Checkbox } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { FieldNote, TextField } from "@/components/Field";
import { useAct } from "@/features/acting/useAct";
import styles from "./Organisations.module.css";
import { ROLES } from "./roleWords";

/** Asks for roles, and of somebody who is invited for the e-mail as well. */
export function RolesDialog({
  title,
  action,
  roles,
  withEmail = false,
  save,
  onClose,
}: {
  title: string;
  action: string;
  roles: readonly MemberRole[];
  withEmail?: boolean;
  save(roles: MemberRole[], email: string): Promise<unknown>;
  onClose(): void;
}) {
  const t = useTranslations("organisations");
  const common = useTranslations("common");
  const form = useId();
  const [chosen, choose] = useState(roles);
  const [email, setEmail] = useState("");
  const { busy, error, act } = useAct();
  const ready = chosen.length > 0 && (!withEmail || email.trim() !== "");
  function send(event: FormEvent) {
    event.preventDefault();
    if (busy || !ready) return;
    act(async () => {
      await save(
        ROLES.filter((role) => chosen.includes(role)),
        email.trim(),
      );
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
          <Button look="primary" type="submit" form={form} busy={busy} disabled={!ready}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={send} noValidate>
        {withEmail && (
          <TextField
            label={t("members.email")}
            hint={t("members.inviteText")}
            type="email"
            dir="ltr"
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            checked={chosen.includes(role)}
            onValue={(on) => choose(on ? [...chosen, role] : chosen.filter((one) => one !== role))}
          >
            {t(`roles.${role}`)} <span className={styles.quiet}>{t(`rolesText.${role}`)}</span>
          </Checkbox>
        ))}
        {error !== null && <FieldNote error={error} />}
      </form>
    </Dialog>
  );
}
