"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from "react";
import { IconButton } from "./Button";
import { classes } from "./classes";
import styles from "./Dialog.module.css";

export interface DialogProps {
  open: boolean;
  onClose(): void;
  title: ReactNode;
  /** Stands beside the title: a badge, a count. */
  aside?: ReactNode;
  children: ReactNode;
  /** Buttons at the foot, the one that acts last. */
  actions?: ReactNode;
  className?: string;
}

/**
 * The browser's own modal dialog: it keeps the focus inside, makes the rest of the page inert, closes
 * on Escape and gives the focus back.
 */
function Modal({
  open,
  onClose,
  title,
  aside,
  children,
  actions,
  className,
  kind,
}: DialogProps & { kind: "dialog" | "sheet" }) {
  const t = useTranslations("common");
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open === open) return;
    if (open) element.showModal();
    else element.close();
  }, [open]);
  // One that is taken away while it is open has to close before, or nothing has the focus afterwards.
  useLayoutEffect(() => {
    const element = dialog.current;
    return () => {
      if (element?.open) element.close();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key that does what this click does
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      className={classes(styles[kind], className)}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={() => open && onClose()}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      {open && (
        <div className={styles.inside}>
          {kind === "sheet" && <span className={styles.handle} aria-hidden />}
          <header className={styles.head}>
            <h2 id={titleId} className={styles.title}>
              {title}
            </h2>
            {aside}
            <IconButton label={t("close")} className={styles.close} onClick={onClose}>
              <X size={16} strokeWidth={1.5} aria-hidden />
            </IconButton>
          </header>
          <div className={styles.body}>{children}</div>
          {actions && <footer className={styles.actions}>{actions}</footer>}
        </div>
      )}
    </dialog>
  );
}

/** In the middle of the page; for a decision. */
export function Dialog(props: DialogProps) {
  return <Modal {...props} kind="dialog" />;
}

/** From the lower edge on a phone, from the end side on wider screens; for a whole form. */
export function Sheet(props: DialogProps) {
  return <Modal {...props} kind="sheet" />;
}
