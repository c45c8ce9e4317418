"use client";

import { type PointerEvent, type ReactNode, useId, useMemo, useRef, useState } from "react";
import styles from "./AreaChart.module.css";
import { areaGeometry, baseLabelPlace, type ChartPoint, nearestPoint, timeTicks } from "./areaGeometry";
import { classes } from "./classes";
import type { Direction } from "./Figures";
import { useSize } from "./useSize";

export interface AreaChartProps {
  /** Ascending in time; at least two to draw. */
  points: readonly ChartPoint[];
  direction: Direction | null;
  /** What a screen reader hears instead of the picture. */
  label: string;
  formatValue(value: number): string;
  formatTime(time: number): string;
  formatTick(time: number): string;
  /** Says what the dotted line is: the period's first price. */
  baseLabel?: string | false;
  highLabel?(value: string): ReactNode;
  /** Px between the newest point and the end of the box. */
  endSpace?: number;
  /** At most so many times on the axis. */
  ticks?: number;
  /** Only the first and the last time, at the edges: for narrow boxes. */
  ends?: boolean;
  className?: string;
}

const AXIS = 28;
const HEAD = 20;
/** Px that a letter of a label takes at most, on average. */
const LETTER = 6.2;

/** A price over time, bleeding off the start edge; the newest point is the only thing that glows. */
export function AreaChart({
  points,
  direction,
  label,
  formatValue,
  formatTime,
  formatTick,
  baseLabel,
  highLabel,
  endSpace = 24,
  ticks = 5,
  ends = false,
  className,
}: AreaChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box);
  const gradient = useId();
  const [hovered, setHovered] = useState<number | null>(null);
  const plot = { width: Math.max(0, width - endSpace), height: Math.max(0, height - AXIS - HEAD) };
  const shape = useMemo(
    () => areaGeometry(points, plot.width, plot.height),
    [points, plot.width, plot.height],
  );
  const axis = useMemo(
    () => (ends ? bothEnds(points, width) : roundTicks(points, plot.width, ticks)),
    [ends, points, width, plot.width, ticks],
  );
  const base = shape && baseLabel ? baseLabelPlace(shape, plot.width, baseLabel.length * LETTER) : null;
  const hover = shape && hovered !== null ? nearestPoint(shape, hovered) : null;
  const at = hover === null || !shape ? null : shape.at[hover];
  const point = hover === null ? null : points[hover];

  function move(event: PointerEvent<HTMLDivElement>) {
    setHovered(event.clientX - event.currentTarget.getBoundingClientRect().left);
  }

  return (
    <div
      ref={box}
      dir="ltr"
      className={classes(styles.chart, direction && styles[direction], className)}
      onPointerMove={move}
      onPointerLeave={() => setHovered(null)}
    >
      {shape && (
        <svg width={width} height={height} role="img" aria-label={label}>
          <defs>
            <linearGradient id={gradient} x1="0" x2="0" y1="0" y2="1">
              <stop offset="0" stopColor="currentColor" stopOpacity="0.18" />
              <stop offset="1" stopColor="currentColor" stopOpacity="0" />
            </linearGradient>
          </defs>
          <g transform={`translate(0 ${HEAD})`}>
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
            {!at && highLabel && shape.high && (
              <text
                x={clampLabel(shape.high.x, plot.width)}
                y={shape.high.y - 8}
                textAnchor="end"
                className={styles.note}
              >
                {highLabel(formatValue(shape.high.value))}
              </text>
            )}
            {!at && base && (
              <text x={base.x} y={base.y} textAnchor="end" className={styles.note}>
                {baseLabel}
              </text>
            )}
          </g>
          <g className={styles.axis}>
            {axis.map((tick) => (
              <text key={tick.time} x={tick.x} y={height - 8} textAnchor={tick.anchor}>
                {formatTick(tick.time)}
              </text>
            ))}
          </g>
          {at && point && (
            <text
              x={Math.min(Math.max(at.x, 70), width - 90)}
              y={12}
              textAnchor="middle"
              className={styles.reading}
            >
              {formatValue(point.value)} · {formatTime(point.time)}
            </text>
          )}
        </svg>
      )}
    </div>
  );
}

/** The end of a label that is anchored there, kept inside the plot. */
function clampLabel(x: number, width: number): number {
  return Math.min(Math.max(x, 96), width - 12);
}

interface Label {
  readonly time: number;
  readonly x: number;
  readonly anchor: "start" | "middle" | "end";
}

const LABEL_ROOM = 32;

/** Round times, but none so near to an edge that its label would be cut. */
function roundTicks(points: readonly ChartPoint[], width: number, count: number): Label[] {
  return timeTicks(points, width, count)
    .filter(({ x }) => x >= LABEL_ROOM && x <= width - LABEL_ROOM)
    .map((tick) => ({ ...tick, anchor: "middle" }));
}

function bothEnds(points: readonly ChartPoint[], width: number): Label[] {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return [];
  return [
    { time: first.time, x: 16, anchor: "start" },
    { time: last.time, x: width - 16, anchor: "end" },
  ];
}
