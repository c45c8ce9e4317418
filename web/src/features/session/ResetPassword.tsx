"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { exchange } from "@/providers/exchange";
import { AuthFrame } from "./AuthFrame";
import styles from "./Form.module.css";
import { FormError } from "./FormError";
import { NewPasswordField } from "./NewPasswordField";
import { useAuthForm } from "./useAuthForm";
import { useLinkToken } from "./useLinkToken";

/** Chooses another password by the link of a mail. It signs nobody in, but everybody out. */
export function ResetPassword() {
  const t = useTranslations("session");
  const token = useLinkToken();
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const form = useAuthForm(async () => {
    await exchange().completePasswordReset({ token: token ?? "", password });
    setDone(true);
    // Whoever is signed in here hears at once that they are not any more.
    if (exchange().session !== null) await exchange().refresh();
    return null;
  });
  if (done) {
    return (
      <AuthFrame title={t("reset.doneTitle")} lead={t("reset.done")}>
        <ButtonLink href="/sign-in" look="primary" size={44} wide>
          {t("signIn.action")}
        </ButtonLink>
      </AuthFrame>
    );
  }
  if (token === "") {
    return (
      <AuthFrame title={t("reset.noLinkTitle")} lead={t("reset.noLink")}>
        <AnotherLink />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t("reset.title")} lead={t("reset.lead")}>
      <form className={styles.form} onSubmit={form.submit} onInput={form.edited} noValidate>
        <NewPasswordField
          label={t("reset.password")}
          value={password}
          onValue={setPassword}
          error={form.fieldError("password")}
        />
        <FormError error={form.formError} />
        <Button type="submit" look="primary" size={44} wide busy={form.busy}>
          {form.busy ? t("reset.busy") : t("reset.action")}
        </Button>
        {form.formError !== null && <AnotherLink />}
      </form>
    </AuthFrame>
  );
}

function AnotherLink() {
  const t = useTranslations("session");
  return (
    <ButtonLink href="/forgot-password" size={44} wide>
      {t("reset.another")}
    </ButtonLink>
  );
}
