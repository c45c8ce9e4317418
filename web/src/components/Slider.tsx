"use client";

import { useEffect, useRef } from "react";
import { classes } from "./classes";
import styles from "./Slider.module.css";

/**
 * A slider of 0 to 100 with stops to jump to; the track is the browser's own range input, so that
 * keys and screen readers work. The filled part is set as a property, never as a style attribute.
 */
export function Slider({
  label,
  value,
  onValue,
  stops = [0, 25, 50, 75, 100],
  disabled,
  describe,
  className,
}: {
  label: string;
  value: number;
  onValue(percent: number): void;
  stops?: readonly number[];
  disabled?: boolean;
  describe?(percent: number): string;
  className?: string;
}) {
  const rail = useRef<HTMLDivElement>(null);
  useEffect(() => {
    rail.current?.style.setProperty("--at", String(value / 100));
  }, [value]);
  return (
    <div ref={rail} className={classes(styles.slider, disabled && styles.off, className)}>
      <div className={styles.track} aria-hidden>
        <div className={styles.fill} />
        {stops.map((stop, index) => (
          <span
            key={stop}
            data-at={index}
            data-of={stops.length}
            className={classes(styles.stop, stop <= value && styles.passed)}
          />
        ))}
      </div>
      <input
        type="range"
        min={0}
        max={100}
        step={1}
        aria-label={label}
        aria-valuetext={describe?.(value)}
        value={value}
        disabled={disabled}
        className={styles.input}
        onChange={(event) => onValue(Number(event.target.value))}
      />
      <div className={styles.labels}>
        {stops.map((stop) => (
          <button
            key={stop}
            type="button"
            tabIndex={-1}
            disabled={disabled}
            className="figure"
            onClick={() => onValue(stop)}
          >
            {stop === 100 ? "100 %" : stop}
          </button>
        ))}
      </div>
    </div>
  );
}
