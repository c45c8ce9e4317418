"use client";

import { type PointerEvent, type ReactNode, useMemo, useRef, useState } from "react";
import styles from "./AreaChart.module.css";
import { AreaAxis, AreaLabels, AreaPicture, AreaReading } from "./AreaParts";
import { type AreaGeometry, areaGeometry, type ChartPoint, nearestPoint } from "./areaGeometry";
import { classes } from "./classes";
import type { Direction } from "./Figures";
import { useSize } from "./useSize";

export interface AreaChartProps {
  /** Ascending in time; at least two to draw. */
  points: readonly ChartPoint[];
  direction: Direction | null;
  /** What a screen reader hears instead of the picture. */
  label: string;
  /** Writes the exact text of a point. */
  formatValue(text: string): string;
  formatTime(time: number): string;
  formatTick(time: number): string;
  /** Says what the dotted line is: the period's first price. */
  baseLabel?: string | false;
  highLabel?(value: string): ReactNode;
  /** Draws more over the course, of a plot so many px wide. */
  drawOver?(shape: AreaGeometry, width: number): ReactNode;
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

/** A price over time, bleeding off the start edge; the newest point is the only thing that glows. */
export function AreaChart({ endSpace = 24, ticks = 5, ends = false, ...props }: AreaChartProps) {
  const { points, direction, label, formatValue, formatTime, baseLabel, highLabel, drawOver, className } =
    props;
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box);
  const [hovered, setHovered] = useState<number | null>(null);
  const plot = {
    width: Math.max(0, width - endSpace),
    height: Math.max(0, height - AXIS - HEAD),
  };
  const shape = useMemo(
    () => areaGeometry(points, plot.width, plot.height),
    [points, plot.width, plot.height],
  );
  const hover = shape && hovered !== null ? nearestPoint(shape, hovered) : null;
  const at = hover === null ? undefined : shape?.at[hover];
  const point = hover === null ? undefined : points[hover];

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
          <g transform={`translate(0 ${HEAD})`}>
            <AreaPicture shape={shape} plot={plot} at={at} />
            {drawOver?.(shape, plot.width)}
            {!at && (
              <AreaLabels
                shape={shape}
                width={plot.width}
                base={baseLabel || null}
                high={shape.high && highLabel ? highLabel(formatValue(shape.high.text)) : null}
              />
            )}
          </g>
          <AreaAxis
            points={points}
            width={ends ? width : plot.width}
            y={height - 8}
            ticks={ends ? null : ticks}
            format={props.formatTick}
          />
          {at && point && (
            <AreaReading x={at.x} width={width}>
              {formatValue(point.text)} · {formatTime(point.time)}
            </AreaReading>
          )}
        </svg>
      )}
    </div>
  );
}
