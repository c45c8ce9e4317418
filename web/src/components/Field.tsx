"use client";

import { CircleAlert, Eye, EyeOff, Minus, Plus } from "lucide-react";
import { type ComponentProps, type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { classes } from "./classes";
import styles from "./Field.module.css";
import { Icon } from "./Icon";

interface FieldBase extends Omit<ComponentProps<"input">, "size"> {
  label: ReactNode;
  /** Why the value is refused, said beside the field. */
  error?: ReactNode;
  /** What helps before there is an error. */
  hint?: ReactNode;
}

/** A text field with its label above and its error below; the error's line is not reserved. */
export function TextField({ label, error, hint, className, id, children, ...rest }: FieldBase) {
  const made = useId();
  const field = id ?? made;
  return (
    <div className={classes(styles.stack, className)}>
      <label htmlFor={field} className={styles.caption}>
        {label}
      </label>
      <div className={classes(styles.box, styles.tall, error ? styles.wrong : null)}>
        <input
          {...rest}
          id={field}
          className={styles.text}
          aria-invalid={error ? true : undefined}
          aria-describedby={error || hint ? `${field}-note` : undefined}
        />
        {children}
      </div>
      <FieldNote id={`${field}-note`} error={error} hint={hint} />
    </div>
  );
}

/** A password field that can show what was typed; pasting is allowed. */
export function PasswordField({
  showLabel,
  hideLabel,
  ...rest
}: FieldBase & { showLabel: string; hideLabel: string }) {
  const [shown, setShown] = useState(false);
  return (
    <TextField {...rest} type={shown ? "text" : "password"} spellCheck={false} autoCapitalize="off" dir="ltr">
      <button
        type="button"
        className={styles.reveal}
        aria-label={shown ? hideLabel : showLabel}
        title={shown ? hideLabel : showLabel}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        <Icon of={shown ? EyeOff : Eye} />
      </button>
    </TextField>
  );
}

export interface NumberFieldProps extends Omit<FieldBase, "onChange" | "value" | "hint"> {
  value: string;
  onValue(text: string): void;
  unit: ReactNode;
  /** One step of the arrows and of the two buttons; `factor` is 1, 10 (Shift) or 100 (Alt). */
  onStep?(direction: 1 | -1, factor: 1 | 10 | 100): void;
  stepLabels?: { less: string; more: string };
  /** Phone: steps at both ends, label over the value. */
  layout?: "row" | "stacked";
}

/** An amount with label, unit and two steps in one line of 40 px. The text is kept as typed. */
export function NumberField({
  label,
  value,
  onValue,
  unit,
  onStep,
  stepLabels,
  error,
  layout = "row",
  className,
  id,
  disabled,
  ...rest
}: NumberFieldProps) {
  const made = useId();
  const field = id ?? made;

  function keys(event: KeyboardEvent<HTMLInputElement>) {
    rest.onKeyDown?.(event);
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : null;
    if (!direction || !onStep || event.defaultPrevented) return;
    event.preventDefault();
    onStep(direction, event.altKey ? 100 : event.shiftKey ? 10 : 1);
  }

  const step = (direction: 1 | -1) =>
    onStep && (
      <button
        type="button"
        tabIndex={-1}
        disabled={disabled}
        className={styles.step}
        aria-label={direction > 0 ? stepLabels?.more : stepLabels?.less}
        onClick={(event) => onStep(direction, event.altKey ? 100 : event.shiftKey ? 10 : 1)}
      >
        <Icon of={direction > 0 ? Plus : Minus} size={layout === "row" ? 14 : 16} />
      </button>
    );

  return (
    <div className={classes(styles.stack, className)}>
      <div
        className={classes(
          styles.box,
          layout === "stacked" && styles.stacked,
          error ? styles.wrong : null,
          disabled && styles.off,
        )}
      >
        {layout === "stacked" && step(-1)}
        <div className={styles.middle}>
          <label htmlFor={field} className={styles.inside}>
            {label}
            {layout === "stacked" && <> {unit}</>}
          </label>
          <input
            {...rest}
            id={field}
            disabled={disabled}
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            dir="ltr"
            className={classes(styles.number, "figure")}
            value={value}
            onChange={(event) => onValue(event.target.value)}
            onKeyDown={keys}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${field}-note` : rest["aria-describedby"]}
          />
          {layout === "row" && <span className={styles.unit}>{unit}</span>}
        </div>
        {layout === "row" && step(-1)}
        {step(1)}
      </div>
      <FieldNote id={`${field}-note`} error={error} />
    </div>
  );
}

/** The line under a field: its error, or what helps. */
export function FieldNote({ id, error, hint }: { id?: string; error?: ReactNode; hint?: ReactNode }) {
  if (error)
    return (
      <p id={id} className={styles.error} role="alert">
        <Icon of={CircleAlert} size={14} />
        <span>{error}</span>
      </p>
    );
  return hint ? (
    <p id={id} className={styles.hint}>
      {hint}
    </p>
  ) : null;
}
