"use client";

import { Check, CircleAlert, CircleDot, Clock, Info, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";
import { create } from "zustand";
import { IconButton } from "./Button";
import { classes } from "./classes";
import { Icon } from "./Icon";
import styles from "./Toast.module.css";

export type ToastTone = "info" | "pending" | "progress" | "good" | "error";

export interface Toast {
  /** One toast a key: an order's next word replaces the one before. */
  key: string;
  tone: ToastTone;
  title: ReactNode;
  body?: ReactNode;
  /** 0 to 1, drawn as a bar. */
  progress?: number;
  /** Milliseconds until it goes by itself; 0 stays until closed. Errors and pending ones stay. */
  lifeMs?: number;
}

interface Toasts {
  all: Toast[];
  show(toast: Toast): void;
  dismiss(key: string): void;
}

const SHOWN_MAX = 4;
const LIFE_MS = 6_000;

export const useToasts = create<Toasts>((set) => ({
  all: [],
  show: (toast) =>
    set(({ all }) => {
      const at = all.findIndex((other) => other.key === toast.key);
      if (at >= 0) return { all: all.with(at, toast) };
      return { all: [...all, toast].slice(-SHOWN_MAX) };
    }),
  dismiss: (key) => set(({ all }) => ({ all: all.filter((toast) => toast.key !== key) })),
}));

/** For use outside of components. */
export const showToast = (toast: Toast) => useToasts.getState().show(toast);

const ICONS = { info: Info, pending: Clock, progress: CircleDot, good: Check, error: CircleAlert };

/** Where toasts stand: at the lower end corner, above the tabs on a phone. */
export function ToastRegion() {
  const t = useTranslations("common");
  const all = useToasts((state) => state.all);
  return (
    <section className={styles.region} aria-label={t("notices")} aria-live="polite">
      {all.map((toast) => (
        <ToastCard key={toast.key} toast={toast} />
      ))}
    </section>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const t = useTranslations("common");
  const dismiss = useToasts((state) => state.dismiss);
  const stays = toast.tone === "error" || toast.tone === "pending";
  const lifeMs = toast.lifeMs ?? (stays ? 0 : LIFE_MS);
  useEffect(() => {
    if (!lifeMs) return;
    const timer = setTimeout(() => dismiss(toast.key), lifeMs);
    return () => clearTimeout(timer);
    // A new word of the same toast starts its life anew.
  }, [lifeMs, dismiss, toast]);
  return (
    <article className={classes(styles.toast, styles[toast.tone])}>
      <Icon of={ICONS[toast.tone]} size={20} className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.title}>{toast.title}</p>
        {toast.body && <div className={styles.body}>{toast.body}</div>}
        {toast.progress !== undefined && <ProgressBar value={toast.progress} className={styles.bar} />}
      </div>
      <IconButton label={t("close")} size={28} onClick={() => dismiss(toast.key)}>
        <Icon of={X} size={14} />
      </IconButton>
    </article>
  );
}

/** How much of a whole is done, 0 to 1. */
export function ProgressBar({ value, className }: { value: number; className?: string }) {
  return <progress className={classes(styles.progress, className)} max={1} value={value} />;
}
