"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { TextField } from "@/components/Field";

/** A code of the authenticator; a recovery code is taken as well where `recovery` says so. */
export function CodeField({
  value,
  onValue,
  error,
  recovery = true,
  focused = false,
}: {
  value: string;
  onValue(text: string): void;
  error: string | null;
  recovery?: boolean;
  /** Takes the focus when it appears. */
  focused?: boolean;
}) {
  const t = useTranslations("common.stepUp");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  return (
    <TextField
      ref={input}
      label={t("code")}
      name="code"
      autoComplete="one-time-code"
      inputMode={recovery ? "text" : "numeric"}
      spellCheck={false}
      autoCapitalize="off"
      dir="ltr"
      required
      maxLength={32}
      value={value}
      onChange={(event) => onValue(event.target.value)}
      hint={recovery ? t("codeHint") : t("codeHintPlain")}
      error={error ?? undefined}
    />
  );
}
