"use client";

import { useId } from "react";
import { Button } from "./Button";
import styles from "./ShownText.module.css";

/** A text to take along, whole however long it is: one click or tap selects all of it. */
export function ShownText({
  label,
  text,
  copy,
  copyThis,
}: {
  label: string;
  text: string;
  copy: string;
  copyThis: string;
}) {
  const id = useId();
  return (
    <div className={styles.stack}>
      <label htmlFor={id} className={styles.caption}>
        {label}
      </label>
      <div className={styles.box}>
        <output id={id} className={styles.text} dir="ltr">
          {text}
        </output>
        <Button
          look="quiet"
          size={28}
          aria-label={copyThis}
          onClick={() => void navigator.clipboard?.writeText(text)}
        >
          {copy}
        </Button>
      </div>
    </div>
  );
}
