import { superellipse } from "./superellipse";

/** The two outlines that art is cut with; stands once in every page. */
export function SquircleShapes() {
  return (
    <svg width="0" height="0" className="quiet" aria-hidden>
      <clipPath id="squircle-small" clipPathUnits="objectBoundingBox">
        <path d={superellipse(5)} />
      </clipPath>
      <clipPath id="squircle-large" clipPathUnits="objectBoundingBox">
        <path d={superellipse(8, 64)} />
      </clipPath>
    </svg>
  );
}
