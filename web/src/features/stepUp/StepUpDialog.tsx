"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { PasswordField } from "@/components/Field";
import { useErrorWords } from "@/providers/errorWords";
import { exchange } from "@/providers/exchange";
import { CodeField } from "./CodeField";
import styles from "./StepUp.module.css";
import { endStepUp, useStepUp } from "./stepUp";

/** Asks somebody who is signed in to show that it is still them. */
export default function StepUpDialog() {
  const t = useTranslations("common.stepUp");
  const common = useTranslations("common");
  const words = useErrorWords();
  const form = useId();
  const byPassword = useStepUp((state) => state.methods?.includes("password") ?? false);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function show(event: FormEvent) {
    event.preventDefault();
    if (busy || text.trim() === "") return;
    setBusy(true);
    setError(null);
    try {
      await exchange().stepUp(byPassword ? { password: text } : { code: text });
      endStepUp(true);
    } catch (refusal) {
      setError(words(refusal).happened);
      setBusy(false);
    }
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
      <form id={form} className={styles.form} onSubmit={(event) => void show(event)} noValidate>
        <p>{byPassword ? t("byPassword") : t("byCode")}</p>
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
