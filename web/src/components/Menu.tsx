"use client";

import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { classes } from "./classes";
import styles from "./Menu.module.css";
import { moveFocus } from "./Tabs";

/** A button and what it opens. Arrow keys move, Escape and a click outside close. */
export function Menu({
  label,
  button,
  children,
  align = "end",
  buttonClassName,
}: {
  label: string;
  button: ReactNode;
  /** Items; called with what closes the menu. */
  children: (close: () => void) => ReactNode;
  align?: "start" | "end";
  buttonClassName?: string;
}) {
  const [open, setOpen] = useState(false);
  const around = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };

  useEffect(() => {
    if (!open) return;
    const list = menu.current;
    // Where there is no room below it stands above; looked at before the focus scrolls to it.
    if (list && list.getBoundingClientRect().bottom > innerHeight) list.dataset.above = "";
    list?.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
    const outside = (event: PointerEvent) => {
      if (!around.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that bubble up from the button and its menu
    <div
      ref={around}
      className={styles.around}
      onKeyDown={(event) => {
        if (event.key === "Escape" && open) {
          event.stopPropagation();
          close();
        }
        if (event.key === "Tab") setOpen(false);
      }}
    >
      <button
        ref={opener}
        type="button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        className={buttonClassName}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <div
          ref={menu}
          id={id}
          role="menu"
          aria-label={label}
          tabIndex={-1}
          className={classes(styles.menu, styles[align])}
          onKeyDown={(event) => moveFocus(event, "[role^=menuitem]")}
        >
          {children(close)}
        </div>
      )}
    </div>
  );
}

/** One line of a menu. */
export function MenuItem({
  icon,
  children,
  hint,
  checked,
  onSelect,
}: {
  icon?: ReactNode;
  children: ReactNode;
  hint?: ReactNode;
  /** For one of several; a mark shows which is chosen. */
  checked?: boolean;
  /** Left out where it cannot be had now. */
  onSelect?(): void;
}) {
  const common = {
    type: "button" as const,
    tabIndex: -1,
    className: styles.item,
    onClick: onSelect,
    "aria-disabled": !onSelect || undefined,
  };
  const inside = (
    <>
      {icon}
      <span className={styles.words}>{children}</span>
      {hint && <span className={styles.hint}>{hint}</span>}
    </>
  );
  return checked === undefined ? (
    <button {...common} role="menuitem">
      {inside}
    </button>
  ) : (
    <button {...common} role="menuitemradio" aria-checked={checked}>
      {inside}
    </button>
  );
}

export function MenuLine() {
  return <hr className={styles.line} />;
}
