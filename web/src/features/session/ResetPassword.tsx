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
  const links = useTranslations("links");
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
      <AuthFrame title={links("reset.doneTitle")} lead={links("reset.done")}>
        <ButtonLink href="/sign-in" look="primary" size={44} wide>
          {t("signIn.action")}
        </ButtonLink>
      </AuthFrame>
    );
  }
  if (token === "") {
    return (
      <AuthFrame title={links("reset.noLinkTitle")} lead={links("reset.noLink")}>
        <AnotherLink />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={links("reset.title")} lead={links("reset.lead")}>
      <form className={styles.form} onSubmit={form.submit} onInput={form.edited} noValidate>
        <NewPasswordField
          label={links("reset.password")}
          value={password}
          onValue={setPassword}
          error={form.fieldError("password")}
        />
        <FormError error={form.formError} />
        <Button type="submit" look="primary" size={44} wide busy={form.busy}>
          {form.busy ? links("reset.busy") : links("reset.action")}
        </Button>
        {form.formError !== null && <AnotherLink />}
      </form>
    </AuthFrame>
  );
}

function AnotherLink() {
  const links = useTranslations("links");
  return (
    <ButtonLink href="/forgot-password" size={44} wide>
      {links("reset.another")}
    </ButtonLink>
  );
}
