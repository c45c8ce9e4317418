"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { account } from "@/providers/account";
import { useSession } from "@/providers/session";
import { AuthFrame } from "./AuthFrame";
import styles from "./Form.module.css";
import { FormError } from "./FormError";
import { useAuthForm } from "./useAuthForm";
import { useLinkToken } from "./useLinkToken";

/**
 * Shows by the link of a mail that one reads the mail of an address. It takes a press, for links are also
 * opened by programs that look at mail, and being signed in, for accounts are also opened by strangers.
 */
export function VerifyEmail() {
  const t = useTranslations("session");
  const links = useTranslations("links");
  const token = useLinkToken();
  const state = useSession((session) => session.state);
  const [done, setDone] = useState(false);
  const form = useAuthForm(async () => {
    await account().verifyEmail(token ?? "");
    setDone(true);
    return null;
  });
  const toSettings = (
    <ButtonLink href="/settings" size={44} wide>
      {links("verify.settings")}
    </ButtonLink>
  );
  if (done) {
    return (
      <AuthFrame title={links("verify.doneTitle")} lead={links("verify.done")}>
        <ButtonLink href="/" look="primary" size={44} wide>
          {t("goOn")}
        </ButtonLink>
      </AuthFrame>
    );
  }
  if (token === "") {
    return (
      <AuthFrame title={links("reset.noLinkTitle")} lead={links("verify.noLink")}>
        {toSettings}
      </AuthFrame>
    );
  }
  if (state === "visitor") {
    return (
      <AuthFrame title={links("verify.title")} lead={links("verify.signIn")}>
        <ButtonLink href="/sign-in?to=%2Fverify-email" look="primary" size={44} wide>
          {t("signIn.action")}
        </ButtonLink>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={links("verify.title")} lead={links("verify.lead")}>
      <form className={styles.form} onSubmit={form.submit} noValidate>
        <FormError error={form.formError} />
        <Button type="submit" look="primary" size={44} wide busy={form.busy || state === "unknown"}>
          {links("verify.action")}
        </Button>
        {form.formError !== null && toSettings}
      </form>
    </AuthFrame>
  );
}
