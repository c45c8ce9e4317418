"use client";

import { Check, ChevronDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import styles from "./Choice.module.css";
import { classes } from "./classes";
import { Icon } from "./Icon";

type Box = Omit<ComponentProps<"input">, "type" | "onChange"> & {
  children?: ReactNode;
  onValue(checked: boolean): void;
};

/** A tick box with its words; the words are part of the target. */
export function Checkbox({ children, onValue, className, ...rest }: Box) {
  return (
    <label className={classes(styles.choice, className)}>
      <span className={styles.box}>
        <input
          type="checkbox"
          {...rest}
          className={styles.input}
          onChange={(event) => onValue(event.target.checked)}
        />
        <Icon of={Check} size={12} className={styles.tick} />
      </span>
      {children && <span>{children}</span>}
    </label>
  );
}

/** A switch that takes effect at once. */
export function Switch({ children, onValue, className, ...rest }: Box) {
  return (
    <label className={classes(styles.choice, styles.apart, className)}>
      {children && <span className={styles.words}>{children}</span>}
      <span className={styles.rail}>
        <input
          type="checkbox"
          role="switch"
          aria-checked={rest.checked}
          {...rest}
          className={styles.input}
          onChange={(event) => onValue(event.target.checked)}
        />
        <span className={styles.knob} aria-hidden />
      </span>
    </label>
  );
}

/** One of several: the browser's own list under our look, so that phones show theirs. */
export function Select<Value extends string>({
  label,
  value,
  onValue,
  options,
  look = "boxed",
  className,
  ...rest
}: Omit<ComponentProps<"select">, "onChange" | "value"> & {
  /** Its name; shown by the caller if it is to be seen. */
  label: string;
  value: Value;
  onValue(value: Value): void;
  options: readonly { value: Value; label: string; disabled?: boolean }[];
  look?: "boxed" | "small" | "bare";
}) {
  return (
    <span className={classes(styles.select, styles[look], className)}>
      <select
        {...rest}
        aria-label={label}
        value={value}
        onChange={(event) => onValue(event.target.value as Value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon of={ChevronDown} size={14} />
    </span>
  );
}
