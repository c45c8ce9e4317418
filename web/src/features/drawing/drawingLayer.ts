/** The drawings of a chart, kept equal to their store both ways: what is drawn, moved and chosen by hand too. */

import { type Bar, bucketAfter, type Interval } from "@cse/client";
import type { Chart, DeepPartial, Overlay, OverlayStyle, Point } from "klinecharts";
import { currentPalette, faded, onPalette, type Palette } from "@/canvas/palette";
import { type Anchor, anchorOf, type ChartPoint, type Drawing, POINTS, pointOf, type Tool } from "./drawing";
import { DrawingSurface } from "./drawingSurface";
import { add, type DrawingsState, type DrawingsStore, replace } from "./drawings";
import { drawnTo } from "./magnet";
import { type DrawnData, OVERLAYS, registerDrawings } from "./overlays";

interface DrawingParts {
  chart: Chart;
  pricePane: string;
  interval: () => Interval;
  bars: () => readonly Bar[];
  measured: DrawnData["measured"];
}

const PREFIX = "drawing-";
const PENDING = "drawing-pending";

registerDrawings();

export class DrawingLayer {
  private readonly ends: (() => void)[];
  private shown: readonly Drawing[] = [];
  private surface: DrawingSurface | null = null;
  private palette: Palette = currentPalette();

  constructor(
    private readonly parts: DrawingParts,
    private readonly store: DrawingsStore,
  ) {
    this.ends = [
      store.subscribe((now, before) => this.follow(now, before)),
      onPalette((palette) => {
        this.palette = palette;
        this.redraw();
      }),
    ];
    this.redraw();
  }

  dispose(): void {
    for (const end of this.ends) end();
    this.begin(null);
    this.clear();
  }

  /** Puts a drawing into the middle of what is in sight, for who draws by keys. */
  place(tool: Tool): void {
    const { chart, interval, bars } = this.parts;
    const { from, to } = chart.getVisibleRange();
    const sight = bars().slice(from, to);
    const newest = bars().at(-1);
    const at = (share: number) => sight[Math.floor((sight.length - 1) * share)];
    const anchors = [0.4, 0.7, 0.55].slice(0, POINTS[tool]).flatMap((share, point) => {
      const bar = at(share);
      // The third point of a channel stands apart from its line.
      const value = bar && (point === 2 ? bar.high * 1.01 : bar.close);
      return bar && newest && value !== undefined
        ? [anchorOf({ timestamp: bar.timestamp, value }, newest.timestamp, interval())]
        : [];
    });
    if (anchors.length === POINTS[tool]) add(this.store, { tool, interval: interval(), anchors, text: "" });
    this.store.setState({ tool: null });
  }

  private follow(now: DrawingsState, before: DrawingsState): void {
    if (now.drawings !== this.shown || now.hidden !== before.hidden || now.locked !== before.locked)
      this.redraw();
    else if (now.selected !== before.selected) this.redraw();
    if (now.tool !== before.tool) this.begin(now.tool);
  }

  private clear(): void {
    for (const overlay of this.parts.chart.getOverlays({ paneId: this.parts.pricePane })) {
      if (overlay.id.startsWith(PREFIX)) this.parts.chart.removeOverlay({ id: overlay.id });
    }
  }

  private redraw(): void {
    const { drawings, hidden, locked, selected } = this.store.getState();
    this.clear();
    this.shown = drawings;
    if (hidden) return;
    for (const drawing of drawings) {
      this.parts.chart.createOverlay({
        ...this.template(drawing.tool, drawing.text),
        id: `${PREFIX}${drawing.id}`,
        lock: locked,
        points: drawing.anchors.map((anchor) => pointOf(anchor, drawing.interval)),
        styles: this.styles(drawing.id === selected),
        onPressedMoveEnd: ({ overlay }) => this.moved(drawing, overlay),
        onClick: () => this.store.setState({ selected: drawing.id }),
      });
    }
  }

  /** Lets a tool be drawn with by hand; ends what was begun with another. */
  private begin(tool: Tool | null): void {
    this.surface?.remove();
    this.surface = null;
    this.parts.chart.removeOverlay({ id: PENDING });
    const host = tool && this.parts.chart.getDom(this.parts.pricePane, "main");
    if (!tool || !host) return;
    this.surface = new DrawingSurface({
      host,
      needed: POINTS[tool],
      pointAt: (x, y) => this.pointAt(x, y),
      onPreview: (points) => this.preview(tool, points),
      onDone: (points) => {
        const anchors = this.anchorsOf(points);
        this.store.setState({ tool: null });
        if (anchors.length === POINTS[tool]) {
          add(this.store, { tool, interval: this.parts.interval(), anchors, text: "" });
        }
      },
    });
  }

  /** Draws what there would be if the pointer's place were the last point. */
  private preview(tool: Tool, points: readonly ChartPoint[]): void {
    this.parts.chart.removeOverlay({ id: PENDING });
    this.parts.chart.createOverlay({
      ...this.template(tool, ""),
      id: PENDING,
      lock: true,
      points: points.slice(0, POINTS[tool]).map((point) => ({ ...point })),
      styles: this.styles(true),
    });
  }

  private pointAt(x: number, y: number): ChartPoint | null {
    const { chart, pricePane: paneId, bars } = this.parts;
    const found = chart.convertFromPixel([{ x, y }], { paneId });
    const { timestamp, value, dataIndex } = (Array.isArray(found) ? found[0] : found) ?? {};
    if (timestamp === undefined || value === undefined) return null;
    if (!this.store.getState().magnet) return { timestamp, value };
    const bar = dataIndex === undefined ? undefined : bars()[dataIndex];
    const heightOf = (price: number) => {
      const pixel = chart.convertToPixel([{ value: price }], { paneId });
      return (Array.isArray(pixel) ? pixel[0]?.y : pixel.y) ?? Number.POSITIVE_INFINITY;
    };
    return { timestamp, value: drawnTo(value, y, bar, heightOf) };
  }

  private template(tool: Tool, text: string) {
    const extendData: DrawnData = { text, measured: this.parts.measured };
    return {
      name: OVERLAYS[tool],
      paneId: this.parts.pricePane,
      mode: this.store.getState().magnet ? ("weak_magnet" as const) : ("normal" as const),
      extendData,
      // By itself the library takes away what is pressed with the other button.
      onRightClick: (event: { preventDefault?: () => void }) => event.preventDefault?.(),
    };
  }

  private moved(drawing: Drawing, overlay: Overlay): void {
    const anchors = this.anchorsOf(overlay.points);
    if (anchors.length !== POINTS[drawing.tool]) return;
    queueMicrotask(() => {
      replace(this.store, { ...drawing, anchors, interval: this.parts.interval() });
      this.store.setState({ selected: drawing.id });
    });
  }

  private anchorsOf(points: readonly Partial<Point>[]): Anchor[] {
    const { bars, interval } = this.parts;
    const newest = bars().at(-1)?.timestamp;
    const first = bars()[0]?.timestamp;
    if (newest === undefined || first === undefined) return [];
    return points.flatMap(({ timestamp, dataIndex, value }) => {
      const time = timestamp ?? bucketAfter(first, interval(), dataIndex ?? 0);
      return value === undefined ? [] : [anchorOf({ timestamp: time, value }, newest, interval())];
    });
  }

  private styles(selected: boolean): DeepPartial<OverlayStyle> {
    const { accent, text1, panel, family, series2 } = this.palette;
    const colour = selected ? accent : series2;
    return {
      line: { color: colour, size: selected ? 2 : 1.5, style: "solid" },
      rect: { color: faded(colour, 0.12), borderColor: colour, borderSize: 1, borderRadius: 0 },
      text: {
        color: text1,
        backgroundColor: faded(panel, 0.8),
        borderSize: 0,
        borderRadius: 3,
        size: 12,
        weight: 500,
        family,
      },
      point: {
        color: colour,
        borderColor: faded(colour, 0.35),
        activeColor: colour,
        activeBorderColor: faded(colour, 0.35),
      },
    };
  }
}
