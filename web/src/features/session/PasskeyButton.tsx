"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/Button";
import { exchange } from "@/providers/exchange";
import { knowsPasskeys, showPasskey } from "@/providers/passkey";
import styles from "./Form.module.css";
import { FormError } from "./FormError";
import { useAuthForm } from "./useAuthForm";

/** Signs in by a passkey, without name or password; nothing where the browser knows none. */
export function PasskeyButton() {
  const t = useTranslations("session");
  const [known, setKnown] = useState(true);
  useEffect(() => setKnown(knowsPasskeys()), []);
  const form = useAuthForm(async () => {
    const credential = await showPasskey(await exchange().beginPasskeySignIn());
    return exchange().signInByPasskey(credential);
  });
  if (!known) return null;
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <Button type="submit" size={44} wide busy={form.busy}>
        {t("signIn.passkey")}
      </Button>
      <FormError error={form.formError} />
    </form>
  );
}
