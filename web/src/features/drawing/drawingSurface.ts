/**
 * Takes the pointer while something is drawn: each press is a point, and so is where a drag ends.
 *
 * It lies over the chart, whose own way of drawing takes a second press within half a second for the half of
 * a double one, and drags the chart where a finger draws.
 */

import type { ChartPoint } from "./drawing";

/** Pixels that a pointer goes before it drags. */
const DRAG_FROM = 6;
/** What the chart below does not hear of meanwhile; moves it does, for its crosshair. */
const KEPT_BACK = [
  "mousedown",
  "mouseup",
  "click",
  "dblclick",
  "touchstart",
  "touchmove",
  "touchend",
  "wheel",
];

interface SurfaceParts {
  host: HTMLElement;
  /** How many points there are to be. */
  needed: number;
  /** The point of the chart at a place of the surface; null where there is none. */
  pointAt: (x: number, y: number) => ChartPoint | null;
  /** The points so far and the one under the pointer. */
  onPreview: (points: readonly ChartPoint[]) => void;
  onDone: (points: readonly ChartPoint[]) => void;
}

export class DrawingSurface {
  private readonly element = document.createElement("div");
  private points: ChartPoint[] = [];
  private pressed: { x: number; y: number } | null = null;

  constructor(private readonly parts: SurfaceParts) {
    Object.assign(this.element.style, {
      position: "absolute",
      inset: "0",
      zIndex: "10",
      cursor: "crosshair",
      touchAction: "none",
    });
    this.element.dataset.surface = "";
    for (const kept of KEPT_BACK) this.element.addEventListener(kept, (event) => event.stopPropagation());
    this.element.addEventListener("pointerdown", (event) => this.down(event));
    this.element.addEventListener("pointermove", (event) => this.move(event));
    this.element.addEventListener("pointerup", (event) => this.up(event));
    this.element.addEventListener("pointercancel", () => {
      this.pressed = null;
    });
    parts.host.append(this.element);
  }

  remove(): void {
    this.element.remove();
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.element.setPointerCapture?.(event.pointerId);
    this.pressed = { x: event.clientX, y: event.clientY };
    this.take(event);
  }

  private move(event: PointerEvent): void {
    const under = this.at(event);
    if (under && this.points.length > 0) this.parts.onPreview([...this.points, under]);
  }

  private up(event: PointerEvent): void {
    const { pressed } = this;
    this.pressed = null;
    if (!pressed || this.points.length === 0) return;
    if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) >= DRAG_FROM) this.take(event);
  }

  private take(event: PointerEvent): void {
    const point = this.at(event);
    if (!point || this.points.length >= this.parts.needed) return;
    this.points.push(point);
    if (this.points.length < this.parts.needed) this.parts.onPreview([...this.points, point]);
    else this.parts.onDone(this.points);
  }

  private at(event: PointerEvent): ChartPoint | null {
    const { left, top } = this.element.getBoundingClientRect();
    return this.parts.pointAt(event.clientX - left, event.clientY - top);
  }
}
