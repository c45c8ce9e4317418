"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { PasswordField } from "@/components/Field";
import { account } from "@/providers/account";
import { useErrorWords } from "@/providers/errorWords";
import { showPasskey } from "@/providers/passkey";
import { CodeField } from "./CodeField";
import styles from "./StepUp.module.css";
import { endStepUp, useStepUp } from "./stepUp";

/** Asks somebody who is signed in to show that it is still them. */
export default function StepUpDialog() {
  const t = useTranslations("common.stepUp");
  const common = useTranslations("common");
  const words = useErrorWords();
  const form = useId();
  const methods = useStepUp((state) => state.methods) ?? [];
  const byPassword = methods.includes("password");
  const byPasskey = methods.includes("passkey");
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function show(proof: () => Promise<void>) {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await proof();
      endStepUp(true);
    } catch (refusal) {
      setError(words(refusal).happened);
      setBusy(false);
    }
  }
  function showText(event: FormEvent) {
    event.preventDefault();
    if (text.trim() !== "")
      void show(() => account().stepUp(byPassword ? { password: text } : { code: text }));
  }
  async function passkeyShown() {
    const passkey = await showPasskey(await account().beginPasskeyStepUp());
    await account().stepUp({ passkey });
  }

  return (
    <Dialog
      open
      onClose={() => endStepUp(false)}
      title={t("title")}
      actions={
        <>
          <Button onClick={() => endStepUp(false)}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {t("action")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={showText} noValidate>
        <p>{byPassword ? t("byPassword") : t("byCode")}</p>
        {byPasskey && (
          <Button size={44} wide busy={busy} onClick={() => void show(passkeyShown)}>
            {t("passkey")}
          </Button>
        )}
        {byPassword ? (
          <PasswordField
            label={t("password")}
            showLabel={t("showPassword")}
            hideLabel={t("hidePassword")}
            autoComplete="current-password"
            value={text}
            maxLength={256}
            onChange={(event) => setText(event.target.value)}
            error={error ?? undefined}
          />
        ) : (
          <CodeField value={text} onValue={setText} error={error} />
        )}
      </form>
    </Dialog>
  );
}
