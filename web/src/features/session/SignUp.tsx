"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { showToast } from "@/components/Toast";
import { Link } from "@/i18n/Link";
import { exchange } from "@/providers/exchange";
import { AlreadyHere } from "./AlreadyHere";
import { AuthFrame } from "./AuthFrame";
import { EmailField } from "./EmailField";
import styles from "./Form.module.css";
import { FormError } from "./FormError";
import { NewPasswordField } from "./NewPasswordField";
import { useAuthForm } from "./useAuthForm";

/** A new account: e-mail, the name others see, a password. */
export function SignUp() {
  const t = useTranslations("session");
  const [email, setEmail] = useState("");
  const [displayName, setDisplayName] = useState("");
  const [password, setPassword] = useState("");
  const language = useLocale();
  const links = useTranslations("links");
  const form = useAuthForm(async () => {
    const session = await exchange().signUp({
      email: email.trim(),
      password,
      displayName: displayName.trim(),
      language,
    });
    // Said on the page that is gone to.
    showToast({
      key: "mailed",
      tone: "info",
      title: links("verify.title"),
      body: links.rich("verify.sent", { email: () => <bdi>{email.trim()}</bdi> }),
    });
    return session;
  });
  const search = form.search;
  return (
    <AuthFrame title={t("signUp.title")} lead={t("signUp.lead")}>
      <AlreadyHere>
        <form className={styles.form} onSubmit={form.submit} onInput={form.edited} noValidate>
          <EmailField
            value={email}
            onValue={setEmail}
            error={form.fieldError("email")}
            autoComplete="email"
          />
          <TextField
            label={t("displayName")}
            name="name"
            autoComplete="nickname"
            required
            maxLength={40}
            value={displayName}
            onChange={(event) => setDisplayName(event.target.value)}
            hint={t("displayNameHint")}
            error={form.fieldError("display_name")}
          />
          <NewPasswordField
            label={t("password")}
            value={password}
            onValue={setPassword}
            error={form.fieldError("password")}
            known={[email, displayName]}
          />
          <FormError error={form.formError} />
          <Button type="submit" look="primary" size={44} wide busy={form.busy}>
            {form.busy ? t("signUp.busy") : t("signUp.action")}
          </Button>
          <p className={styles.small}>{t("playMoneyNote")}</p>
          <p className={styles.other}>
            {t("signUp.other")} <Link href={`/sign-in${search}`}>{t("signIn.action")}</Link>
          </p>
        </form>
      </AlreadyHere>
    </AuthFrame>
  );
}
