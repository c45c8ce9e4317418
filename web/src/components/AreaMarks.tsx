/** What happened at some points of an area chart's course; apart, since few charts have such marks. */

import styles from "./AreaChart.module.css";
import type { AreaGeometry, ChartPoint, Place } from "./areaGeometry";

/** Something that happened at a time of the chart; only what there is room for is labelled. */
export interface ChartMark {
  readonly time: number;
  readonly label: string;
}

interface MarkPlace extends Place {
  readonly label: string | null;
}

/** Lengths are px. */
export function AreaMarks({
  shape,
  points,
  marks,
  width,
}: {
  shape: AreaGeometry;
  points: readonly ChartPoint[];
  /** Ascending in time. */
  marks: readonly ChartMark[];
  width: number;
}) {
  return markPlaces(shape, points, marks, width).map((place) => (
    <g key={place.x}>
      <circle cx={place.x} cy={place.y} r={3} className={styles.mark} />
      {place.label && (
        <text x={place.x + 8} y={place.y + 18} className={styles.note}>
          {place.label}
        </text>
      )}
    </g>
  ));
}

/** Px that labels of marks keep from each other, and from the end. */
const MARK_ROOM = 120;

/** Where marks stand: on the course, at the first point that is not before them. */
function markPlaces(
  shape: AreaGeometry,
  points: readonly ChartPoint[],
  marks: readonly ChartMark[],
  width: number,
): MarkPlace[] {
  let taken = Number.NEGATIVE_INFINITY;
  return marks.flatMap(({ time, label }) => {
    const place = shape.at[points.findIndex((point) => point.time >= time)];
    if (!place) return [];
    const fits = place.x - taken >= MARK_ROOM && place.x <= width - MARK_ROOM;
    if (fits) taken = place.x;
    return [{ ...place, label: fits ? label : null }];
  });
}
