"use client";

import { useTranslations } from "next-intl";
import { PasswordField } from "@/components/Field";
import styles from "./Form.module.css";
import { useStrength } from "./useStrength";

const NOTHING: readonly string[] = [];

/** A password that is being chosen, and how hard it is to guess; `known` is what others may know. */
export function NewPasswordField({
  label,
  value,
  onValue,
  error,
  known = NOTHING,
}: {
  label: string;
  value: string;
  onValue(text: string): void;
  error: string | undefined;
  known?: readonly string[];
}) {
  const t = useTranslations("session");
  const strength = useStrength(value, known);
  const level = strength?.level ?? 0;
  return (
    <div className={styles.password}>
      <PasswordField
        label={label}
        showLabel={t("showPassword")}
        hideLabel={t("hidePassword")}
        name="password"
        autoComplete="new-password"
        required
        maxLength={256}
        value={value}
        onChange={(event) => onValue(event.target.value)}
        error={error}
      />
      <div className={styles.strength} data-level={level}>
        <meter min={0} max={3} value={level} aria-label={t("strength")} />
        <span>{strength && t(strength.breached ? "strengths.breached" : `strengths.${level}`)}</span>
      </div>
    </div>
  );
}
