"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { PasswordField } from "@/components/Field";
import { Link } from "@/i18n/Link";
import { exchange } from "@/providers/exchange";
import { useSession } from "@/providers/session";
import { AlreadyHere } from "./AlreadyHere";
import { AuthFrame } from "./AuthFrame";
import { EmailField } from "./EmailField";
import styles from "./Form.module.css";
import { FormError } from "./FormError";
import { useAuthForm } from "./useAuthForm";

/** E-mail and password; the answer does not tell which of them was wrong. */
export function SignIn() {
  const t = useTranslations("session");
  const ended = useSession((state) => state.ended);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const form = useAuthForm(() => exchange().signIn({ email: email.trim(), password }));
  return (
    <AuthFrame title={t("signIn.title")} lead={ended ? t("signIn.ended") : t("signIn.lead")}>
      <AlreadyHere>
        <form className={styles.form} onSubmit={form.submit} noValidate>
          <EmailField
            value={email}
            onValue={setEmail}
            error={form.fieldError("email")}
            autoComplete="username"
          />
          <PasswordField
            label={t("password")}
            showLabel={t("showPassword")}
            hideLabel={t("hidePassword")}
            name="password"
            autoComplete="current-password"
            required
            maxLength={256}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            error={form.fieldError("password")}
          />
          <FormError error={form.formError} />
          <Button type="submit" look="primary" size={44} wide busy={form.busy}>
            {form.busy ? t("signIn.busy") : t("signIn.action")}
          </Button>
          <p className={styles.other}>
            {t("signIn.other")} <Link href={`/sign-up${form.search}`}>{t("signUp.action")}</Link>
          </p>
        </form>
      </AlreadyHere>
    </AuthFrame>
  );
}
