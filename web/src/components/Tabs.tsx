"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { classes } from "./classes";
import styles from "./Tabs.module.css";

export interface Tab<Key extends string> {
  key: Key;
  label: ReactNode;
  /** How many things wait behind the tab; null keeps room for one that is on its way. */
  count?: number | string | null;
  disabled?: boolean;
}

interface TabsProps<Key extends string> {
  label: string;
  tabs: readonly Tab<Key>[];
  value: Key;
  onValue(key: Key): void;
  /** `text`: the chosen line is text-coloured, as on public pages; `accent`: as in panels. */
  tone?: "accent" | "text";
  size?: 12 | 13 | 14;
  className?: string;
  /** Id of the panel that the tabs control; panels get `aria-labelledby` `{panel}-{key}`. */
  panel?: string;
}

/** A row of tabs whose line is exactly as wide as its word. Arrow keys move, Home and End jump. */
export function Tabs<Key extends string>({
  label,
  tabs,
  value,
  onValue,
  tone = "accent",
  size = 13,
  className,
  panel,
}: TabsProps<Key>) {
  const made = useId();
  const prefix = panel ?? made;
  const row = useRef<HTMLDivElement>(null);
  // Where none is chosen the first can be reached by the keyboard.
  const reached = tabs.some((tab) => tab.key === value) ? value : tabs[0]?.key;
  useEffect(() => toMiddle(row.current, document.getElementById(`${prefix}-${value}`)), [prefix, value]);
  return (
    <div
      ref={row}
      role="tablist"
      aria-label={label}
      className={classes(styles.tabs, styles[`t${size}`], className)}
      onKeyDown={(event) => moveFocus(event, "[role=tab]:not(:disabled)", true)}
    >
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          id={`${prefix}-${tab.key}`}
          aria-selected={tab.key === value}
          aria-controls={panel}
          tabIndex={tab.key === reached ? 0 : -1}
          disabled={tab.disabled}
          className={classes(styles.tab, tone === "text" && styles.plain)}
          onClick={() => onValue(tab.key)}
        >
          <span className={styles.word}>
            {tab.label}
            {tab.count !== undefined && (
              <span className={classes(styles.count, "figure")} aria-hidden={tab.count === null || undefined}>
                {tab.count}
              </span>
            )}
          </span>
        </button>
      ))}
    </div>
  );
}

/** Scrolls the row alone, not the page, until the tab is in its middle or the row at its end. */
function toMiddle(row: HTMLElement | null, tab: HTMLElement | null) {
  if (row && tab) row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

/** Buy or Sell, or any two to four choices of equal weight, in one box. */
export function SegmentedSwitch<Key extends string>({
  label,
  options,
  value,
  onValue,
  size = 36,
  className,
}: {
  label: string;
  options: readonly { key: Key; label: ReactNode; tone?: "up" | "down"; disabled?: boolean }[];
  value: Key;
  onValue(key: Key): void;
  size?: 32 | 36 | 44;
  className?: string;
}) {
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={classes(styles.switch, styles[`h${size}`], className)}
      onKeyDown={(event) => moveFocus(event, "[role=radio]:not(:disabled)", true)}
    >
      {options.map((option) => (
        <button
          key={option.key}
          type="button"
          role="radio"
          aria-checked={option.key === value}
          tabIndex={option.key === value ? 0 : -1}
          disabled={option.disabled}
          className={classes(styles.segment, option.tone && styles[option.tone])}
          onClick={() => onValue(option.key)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

/** Small choices side by side without a box: ranges of a chart, categories. */
export function Ranges<Key extends string>({
  label,
  options,
  value,
  onValue,
  className,
}: {
  label: string;
  options: readonly { key: Key; label: ReactNode; title?: string; disabled?: boolean }[];
  value: Key | null;
  onValue(key: Key): void;
  className?: string;
}) {
  return (
    <div role="group" aria-label={label} className={classes(styles.ranges, className)}>
      {options.map((option) => (
        <button
          key={option.key}
          type="button"
          aria-pressed={option.key === value}
          title={option.title}
          disabled={option.disabled}
          className={styles.range}
          onClick={() => onValue(option.key)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

/** Arrow keys among siblings that match `selector`; in right-to-left pages left means next. */
export function moveFocus(event: KeyboardEvent<HTMLElement>, selector: string, activate = false) {
  const rtl = getComputedStyle(event.currentTarget).direction === "rtl";
  const steps: Record<string, number> = {
    ArrowRight: rtl ? -1 : 1,
    ArrowLeft: rtl ? 1 : -1,
    ArrowDown: 1,
    ArrowUp: -1,
  };
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const step = steps[event.key];
  let next: HTMLElement | undefined;
  if (step !== undefined) next = all[(at + step + all.length) % all.length];
  else if (event.key === "Home") next = all[0];
  else if (event.key === "End") next = all.at(-1);
  if (!next) return;
  event.preventDefault();
  next.focus();
  if (activate) next.click();
}
