"use client";

import { ApiError, type Session } from "@cse/client";
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
import { PasskeyButton } from "./PasskeyButton";
import { SignInCode } from "./SignInCode";
import { useAuthForm } from "./useAuthForm";

/** E-mail and password, then a code where there is a second factor; no answer tells which was wrong. */
export function SignIn() {
  const t = useTranslations("session");
  const ended = useSession((state) => state.ended);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [challenge, setChallenge] = useState<{ text: string; passkey: boolean } | null>(null);
  const form = useAuthForm(async (): Promise<Session | null> => {
    try {
      return await exchange().signIn({ email: email.trim(), password });
    } catch (refusal) {
      if (!(refusal instanceof ApiError && refusal.code === "second_factor_required")) throw refusal;
      const { challenge: text, methods } = refusal;
      setChallenge(text === undefined ? null : { text, passkey: methods.includes("passkey") });
      return null;
    }
  });
  if (challenge !== null) {
    return (
      <AuthFrame title={t("signIn.codeTitle")} lead={t("signIn.codeLead")}>
        <SignInCode
          challenge={challenge.text}
          passkey={challenge.passkey}
          onBack={() => setChallenge(null)}
        />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t("signIn.title")} lead={ended ? t("signIn.ended") : t("signIn.lead")}>
      <AlreadyHere>
        <div className={styles.form}>
          <form className={styles.form} onSubmit={form.submit} onInput={form.edited} noValidate>
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
            <p className={styles.beside}>
              <Link href={`/forgot-password${form.search}`}>{t("signIn.forgot")}</Link>
            </p>
            <FormError error={form.formError} />
            <Button type="submit" look="primary" size={44} wide busy={form.busy}>
              {form.busy ? t("signIn.busy") : t("signIn.action")}
            </Button>
          </form>
          <PasskeyButton />
          <p className={styles.other}>
            {t("signIn.other")} <Link href={`/sign-up${form.search}`}>{t("signUp.action")}</Link>
          </p>
        </div>
      </AlreadyHere>
    </AuthFrame>
  );
}
