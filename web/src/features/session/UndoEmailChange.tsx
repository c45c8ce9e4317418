"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { account } from "@/providers/account";
import { exchange } from "@/providers/exchange";
import { AuthFrame } from "./AuthFrame";
import styles from "./Form.module.css";
import { FormError } from "./FormError";
import { useAuthForm } from "./useAuthForm";
import { useLinkToken } from "./useLinkToken";

/** Says by the link of a mail that another e-mail was not one's own wish. It takes a press, as links are. */
export function UndoEmailChange() {
  const t = useTranslations("session");
  const links = useTranslations("links");
  const token = useLinkToken();
  const [done, setDone] = useState(false);
  const form = useAuthForm(async () => {
    await account().undoEmailChange(token ?? "");
    setDone(true);
    // Whoever is signed in here hears at once that they are not any more.
    if (exchange().session !== null) await exchange().refresh();
    return null;
  });
  if (done) {
    return (
      <AuthFrame title={links("undo.doneTitle")} lead={links("undo.done")}>
        <ButtonLink href="/" look="primary" size={44} wide>
          {t("goOn")}
        </ButtonLink>
      </AuthFrame>
    );
  }
  if (token === "") {
    return (
      <AuthFrame title={links("reset.noLinkTitle")} lead={links("undo.noLink")}>
        {null}
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={links("undo.title")} lead={links("undo.lead")}>
      <form className={styles.form} onSubmit={form.submit} noValidate>
        <FormError error={form.formError} />
        <Button type="submit" look="primary" size={44} wide busy={form.busy}>
          {links("undo.action")}
        </Button>
      </form>
    </AuthFrame>
  );
}
