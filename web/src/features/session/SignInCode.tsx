"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { CodeField } from "@/features/stepUp/CodeField";
import { exchange } from "@/providers/exchange";
import styles from "./Form.module.css";
import { FormError } from "./FormError";
import { PasskeyButton } from "./PasskeyButton";
import { useAuthForm } from "./useAuthForm";

/** The second step: a code of the authenticator, or a recovery code. */
export function SignInCode({
  challenge,
  passkey,
  onBack,
}: {
  challenge: string;
  /** The person has one that will do instead. */
  passkey: boolean;
  onBack(): void;
}) {
  const t = useTranslations("session");
  const [code, setCode] = useState("");
  const form = useAuthForm(() => exchange().signInWithCode({ challenge, code }));
  return (
    <div className={styles.form}>
      <form className={styles.form} onSubmit={form.submit} onInput={form.edited} noValidate>
        <CodeField value={code} onValue={setCode} error={form.fieldError("code") ?? null} focused />
        <FormError error={form.formError} />
        <Button type="submit" look="primary" size={44} wide busy={form.busy}>
          {form.busy ? t("signIn.busy") : t("signIn.action")}
        </Button>
        <Button size={44} wide onClick={onBack}>
          {t("signIn.codeBack")}
        </Button>
      </form>
      {passkey && <PasskeyButton />}
    </div>
  );
}
