/** The parts that an area chart is drawn of. Lengths are px. */

import { type ReactNode, useId, useMemo } from "react";
import styles from "./AreaChart.module.css";
import { type AreaGeometry, areaTicks, baseLabelPlace, type ChartPoint } from "./areaGeometry";

/** Px that a letter of a label takes at most, on average. */
const LETTER = 6.2;

/** Area, line and newest point; with a cross where the pointer is. */
export function AreaPicture({
  shape,
  plot,
  at,
}: {
  shape: AreaGeometry;
  plot: { width: number; height: number };
  at: { x: number; y: number } | undefined;
}) {
  const gradient = useId();
  return (
    <>
      <defs>
        <linearGradient id={gradient} x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor="currentColor" stopOpacity="0.18" />
          <stop offset="1" stopColor="currentColor" stopOpacity="0" />
        </linearGradient>
      </defs>
      <path d={`${shape.line}V${plot.height}H0Z`} fill={`url(#${gradient})`} />
      <path d={`M0 ${shape.baseY}H${plot.width}`} className={styles.base} />
      <path d={shape.line} className={styles.line} />
      {shape.last && (
        <>
          <circle cx={shape.last.x} cy={shape.last.y} r={9.6} className={styles.halo} />
          <circle cx={shape.last.x} cy={shape.last.y} r={4} className={styles.dot} />
        </>
      )}
      {at && (
        <>
          <path d={`M${at.x} 0V${plot.height}`} className={styles.cross} />
          <circle cx={at.x} cy={at.y} r={3.5} className={styles.ring} />
        </>
      )}
    </>
  );
}

/** What the highest point and the dotted line are, as far as it is to be said. */
export function AreaLabels({
  shape,
  width,
  base,
  high,
}: {
  shape: AreaGeometry;
  width: number;
  base: string | null;
  high: ReactNode;
}) {
  const place = base === null ? null : baseLabelPlace(shape, width, base.length * LETTER);
  return (
    <>
      {high && shape.high && (
        <text
          x={clampLabel(shape.high.x, width)}
          y={shape.high.y - 8}
          textAnchor="end"
          className={styles.note}
        >
          {high}
        </text>
      )}
      {place && (
        <text x={place.x} y={place.y} textAnchor="end" className={styles.note}>
          {base}
        </text>
      )}
    </>
  );
}

/** Times under the plot: at most `ticks` round ones, or the first and the last. */
export function AreaAxis({
  points,
  width,
  y,
  ticks,
  format,
}: {
  points: readonly ChartPoint[];
  width: number;
  y: number;
  ticks: number | null;
  format(time: number): string;
}) {
  const axis = useMemo(() => areaTicks(points, width, ticks), [points, width, ticks]);
  const words = axis.map((tick) => format(tick.time));
  return (
    <g className={styles.axis}>
      {axis.map(
        (tick, at) =>
          // A course of few days has two ticks in one, of which the first names it.
          words[at] !== words[at - 1] && (
            <text key={tick.time} x={tick.x} y={y} textAnchor={tick.anchor}>
              {words[at]}
            </text>
          ),
      )}
    </g>
  );
}

/** The point under the pointer, in words over the plot. */
export function AreaReading({ x, width, children }: { x: number; width: number; children: ReactNode }) {
  return (
    <text x={Math.min(Math.max(x, 70), width - 90)} y={12} textAnchor="middle" className={styles.reading}>
      {children}
    </text>
  );
}

/** The end of a label that is anchored there, kept inside the plot. */
function clampLabel(x: number, width: number): number {
  return Math.min(Math.max(x, 96), width - 12);
}
