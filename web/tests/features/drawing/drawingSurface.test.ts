// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { DrawingSurface } from "@/features/drawing/drawingSurface";
import { drawnTo } from "@/features/drawing/magnet";

afterEach(() => document.body.replaceChildren());

type Step = [type: "down" | "move" | "up", x: number, y: number];
const press = (x: number, y: number): Step[] => [
  ["down", x, y],
  ["up", x + 1, y],
];

function draw(needed: number, steps: Step[]) {
  const onDone = vi.fn();
  const onPreview = vi.fn();
  new DrawingSurface({
    host: document.body,
    needed,
    pointAt: (x, y) => (y < 0 ? null : { timestamp: x, value: y }),
    onPreview,
    onDone: (points) => onDone(points.map(({ timestamp, value }) => [timestamp, value])),
  });
  const surface = document.querySelector("[data-surface]") as HTMLElement;
  for (const [type, clientX, clientY] of steps) {
    surface.dispatchEvent(new MouseEvent(`pointer${type}`, { button: 0, clientX, clientY }));
  }
  return { onDone, onPreview };
}

describe("drawing by hand", () => {
  it.each<[string, number, Step[], number[][]]>([
    ["a press", 1, press(5, 6), [[5, 6]]],
    [
      "two presses, however fast",
      2,
      [...press(5, 6), ...press(50, 60)],
      [
        [5, 6],
        [50, 60],
      ],
    ],
    [
      "a drag",
      2,
      [
        ["down", 5, 6],
        ["move", 20, 20],
        ["up", 50, 60],
      ],
      [
        [5, 6],
        [50, 60],
      ],
    ],
    [
      "a drag and a press",
      3,
      [["down", 5, 6], ["up", 50, 60], ...press(20, 90)],
      [
        [5, 6],
        [50, 60],
        [20, 90],
      ],
    ],
    ["a press beside the chart first", 1, [...press(1, -5), ...press(5, 6)], [[5, 6]]],
  ])("by %s", (_, needed, steps, points) => {
    expect(draw(needed, steps).onDone.mock.calls).toEqual([[points]]);
  });

  it("shows what it would be on the way, and is not done before its last point", () => {
    const { onDone, onPreview } = draw(2, [...press(5, 6), ["move", 30, 40]]);
    expect(onDone).not.toHaveBeenCalled();
    expect(onPreview).toHaveBeenLastCalledWith([
      { timestamp: 5, value: 6 },
      { timestamp: 30, value: 40 },
    ]);
  });
});

describe("the magnet", () => {
  const bar = { open: 10, high: 14, low: 8, close: 12 };
  it.each([
    [13.8, 14],
    [11.1, 12],
    [7.7, 8],
    [16, 16],
  ])("draws %d to %d", (value, to) => {
    expect(drawnTo(value, -value * 10, bar, (price) => -price * 10)).toBe(to);
  });

  it("draws to nothing where there is no candle", () => {
    expect(drawnTo(13.8, -138, undefined, (price) => -price * 10)).toBe(13.8);
  });
});
