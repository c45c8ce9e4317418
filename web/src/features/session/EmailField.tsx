"use client";

import { useTranslations } from "next-intl";
import { TextField } from "@/components/Field";

/** The e-mail of both forms; `autoComplete` says whether it is a new one or that of an account. */
export function EmailField({
  value,
  onValue,
  error,
  autoComplete,
}: {
  value: string;
  onValue(text: string): void;
  error: string | undefined;
  autoComplete: "email" | "username";
}) {
  const t = useTranslations("session");
  return (
    <TextField
      label={t("email")}
      type="email"
      name="email"
      autoComplete={autoComplete}
      inputMode="email"
      spellCheck={false}
      autoCapitalize="off"
      required
      maxLength={254}
      value={value}
      onChange={(event) => onValue(event.target.value)}
      error={error}
    />
  );
}
