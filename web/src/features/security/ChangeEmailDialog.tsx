"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FieldNote, PasswordField, TextField } from "@/components/Field";
import { useAct } from "@/features/acting/useAct";
import { withStepUp } from "@/features/stepUp/stepUp";
import { account } from "@/providers/account";
import { useGuardingChange } from "@/providers/guarding";
import styles from "./Security.module.css";

/** Another e-mail, and the password, which is kept otherwise for it. */
export default function ChangeEmailDialog({ onClose }: { onClose(): void }) {
  const t = useTranslations("settings.security");
  const common = useTranslations("common");
  const form = useId();
  const after = useGuardingChange("email");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, error, act } = useAct({ wrong_credentials: t("passwordWrong") });
  function save(event: FormEvent) {
    event.preventDefault();
    if (busy || email.trim() === "" || password === "") return;
    act(async () => {
      await after(withStepUp(() => account().changeEmail({ email: email.trim(), password })));
      onClose();
    });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("emailChangeTitle")}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {t("emailChangeSend")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.fields} onSubmit={save} noValidate>
        <TextField
          label={t("emailNew")}
          type="email"
          name="email"
          autoComplete="email"
          inputMode="email"
          spellCheck={false}
          autoCapitalize="off"
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          hint={t("emailNewHint")}
        />
        <PasswordField
          label={t("emailPassword")}
          showLabel={t("passwordShow")}
          hideLabel={t("passwordHide")}
          name="password"
          autoComplete="current-password"
          maxLength={256}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {error !== null && <FieldNote error={error} />}
      </form>
    </Dialog>
  );
}
