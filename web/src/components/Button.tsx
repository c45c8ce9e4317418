import type { ComponentProps } from "react";
import { Link } from "@/i18n/Link";
import styles from "./Button.module.css";
import { classes } from "./classes";

export type ButtonLook =
  | "primary"
  | "secondary"
  | "quiet"
  | "buy"
  | "sell"
  | "danger"
  | "danger-outline"
  | "link";
export type ButtonSize = 28 | 32 | 40 | 44 | 48;

interface Look {
  look?: ButtonLook;
  size?: ButtonSize;
  /** Fills the width it is given. */
  wide?: boolean;
}

export interface ButtonProps extends ComponentProps<"button">, Look {
  /** The request is under way: the button says so, cannot fire again and keeps its width. */
  busy?: boolean;
}

function names({ look = "secondary", size = 40, wide }: Look, className?: string): string {
  return classes(styles.button, styles[look], styles[`s${size}`], wide && styles.wide, className);
}

/** A button that acts. */
export function Button({ look, size, wide, busy, className, disabled, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
      className={names({ look, size, wide }, className)}
    >
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({ look, size, wide, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link {...rest} className={names({ look, size, wide }, className)} />;
}

/** A square button of one icon; `label` is its name for everybody who does not see the icon. */
export function IconButton({
  label,
  size = 32,
  look = "quiet",
  pressed,
  className,
  children,
  ...rest
}: Omit<ButtonProps, "wide"> & { label: string; pressed?: boolean }) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      aria-pressed={pressed}
      className={classes(names({ look, size }), styles.square, className)}
    >
      {children}
    </button>
  );
}
