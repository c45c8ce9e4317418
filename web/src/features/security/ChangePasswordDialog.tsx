"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FieldNote, PasswordField } from "@/components/Field";
import { showToast } from "@/components/Toast";
import { useAct } from "@/features/acting/useAct";
import { NewPasswordField } from "@/features/session/NewPasswordField";
import { withStepUp } from "@/features/stepUp/stepUp";
import { account } from "@/providers/account";
import { useGuarding, useGuardingChange } from "@/providers/guarding";
import { useSession } from "@/providers/session";
import styles from "./Security.module.css";

/** The password there is, and another one, which signs out everywhere else. */
export default function ChangePasswordDialog({ onClose }: { onClose(): void }) {
  const t = useTranslations("settings.security");
  const common = useTranslations("common");
  const form = useId();
  const after = useGuardingChange("sessions");
  const email = useGuarding("email", (options) => account().email(options)).data?.email ?? "";
  const name = useSession((session) => session.displayName) ?? "";
  const [currentPassword, setCurrentPassword] = useState("");
  const [password, setPassword] = useState("");
  const { busy, error, act } = useAct({ wrong_credentials: t("passwordWrong") });
  function save(event: FormEvent) {
    event.preventDefault();
    if (busy || currentPassword === "" || password === "") return;
    act(async () => {
      await after(withStepUp(() => account().changePassword({ currentPassword, password })));
      showToast({ key: "security", tone: "good", title: t("passwordChanged") });
      onClose();
    });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("passwordTitle")}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {t("passwordSave")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.fields} onSubmit={save} noValidate>
        <PasswordField
          label={t("passwordCurrent")}
          showLabel={t("passwordShow")}
          hideLabel={t("passwordHide")}
          name="current-password"
          autoComplete="current-password"
          maxLength={256}
          value={currentPassword}
          onChange={(event) => setCurrentPassword(event.target.value)}
        />
        <NewPasswordField
          label={t("passwordNew")}
          value={password}
          onValue={setPassword}
          error={undefined}
          known={[name, email]}
        />
        {error !== null && <FieldNote error={error} />}
      </form>
    </Dialog>
  );
}
