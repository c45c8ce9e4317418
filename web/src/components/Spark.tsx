import { classes } from "./classes";
import type { Direction } from "./Figures";
import styles from "./Spark.module.css";

const WIDTH = 100;
const HEIGHT = 26;
const INSET = 2;

/** A day's course in 100 by 26 px, without axis; floats here are pixels only. */
export function Spark({
  values,
  direction,
  label,
}: {
  /** Oldest first; fewer than two draw nothing. */
  values: readonly number[];
  direction: Direction | null;
  label?: string;
}) {
  return (
    <svg
      className={classes(styles.spark, direction && styles[direction])}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      {values.length > 1 && <path d={sparkPath(values)} />}
    </svg>
  );
}

/** The line of values over the box; a flat day is a line in the middle. */
export function sparkPath(values: readonly number[]): string {
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const step = WIDTH / (values.length - 1);
  return values
    .map((value, index) => {
      const share = span === 0 ? 0.5 : (value - low) / span;
      const y = HEIGHT - INSET - share * (HEIGHT - 2 * INSET);
      return `${index === 0 ? "M" : "L"}${(index * step).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}
