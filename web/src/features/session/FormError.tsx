"use client";

import { CircleAlert } from "lucide-react";
import { Icon } from "@/components/Icon";
import { useErrorWords } from "@/providers/errorWords";
import styles from "./Form.module.css";

/** What went wrong with the whole form; nothing while all is well. */
export function FormError({ error }: { error: unknown }) {
  const words = useErrorWords();
  if (error === null || error === undefined) return null;
  const { happened, next } = words(error);
  return (
    <p role="alert" className={styles.alert}>
      <Icon of={CircleAlert} />
      <span>
        {happened} {next}
      </span>
    </p>
  );
}
