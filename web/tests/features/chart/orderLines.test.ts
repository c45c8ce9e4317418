// @vitest-environment jsdom
import { utils } from "klinecharts";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { inPane, type OrderLine, type OrderLineData } from "@/features/chart/orderLines";

const PANE = { width: 600, height: 400 };
/** A pixel of the picture is a unit of the price, and 400 is at the top. */
const axis = { convertToPixel: (value: number) => 400 - value };
const COLOURS = { up: "up", down: "down", ground: "ground", text: "text", quiet: "quiet", family: "Inter" };
const onPlaced = vi.fn();

function line(id: string, value: number, more: Partial<OrderLine> = {}): OrderLine {
  return {
    id,
    buy: true,
    ticks: BigInt(value),
    value,
    waits: false,
    movable: true,
    priceText: String(value),
    label: "Buy 10",
    edgeLabel: `Buy at ${value}`,
    cancelLabel: "",
    ...more,
  };
}

/** What is drawn of one of several orders. */
function drawn(all: OrderLine[], index = 0) {
  const one = all[index] as OrderLine;
  const data: OrderLineData = { line: one, all, index, lastPrice: () => null, colours: COLOURS, onPlaced };
  const figures = inPane({ y: axis.convertToPixel(one.value), data, bounding: PANE, axis });
  const texts = figures.filter(({ type }) => type === "text").map(({ attrs }) => attrs as { text: string });
  const [first] = figures.map(({ attrs }) => attrs);
  return { figures, texts, first };
}

const place = () => onPlaced.mock.lastCall;
const edgeOf = (all: OrderLine[], index = 0) => (drawn(all, index).first as { x: number; y: number }).y;

beforeEach(() => {
  onPlaced.mockReset();
  // Every letter is six pixels wide.
  vi.spyOn(utils, "calcTextWidth").mockImplementation((text) => text.length * 6);
});

describe("an order on the scale", () => {
  it("is a line across the pane with its tag at the left, whose place is told", () => {
    const { first, texts } = drawn([line("a", 200)]);
    expect(first).toEqual({
      coordinates: [
        { x: 0, y: 200 },
        { x: 600, y: 200 },
      ],
    });
    expect(texts[0]?.text).toBe("Buy 10");
    // Six letters, both paddings, the grip and the cross.
    expect(place()).toEqual(["a", { left: 12, top: 188, width: 36 + 16 + 10 + 24, height: 24 }]);
  });

  it("has no grip where it cannot be moved", () => {
    drawn([line("a", 200, { movable: false })]);
    expect(place()?.[1]).toMatchObject({ width: 36 + 16 + 24 });
  });

  it("moves its tag aside for an earlier one at its height, and begins its line there", () => {
    const { first } = drawn([line("a", 200), line("b", 205)], 1);
    expect(place()?.[1]).toMatchObject({ left: 12 + 86 + 6 });
    expect(first).toMatchObject({ coordinates: [{ x: 104 }, { x: 600 }] });
  });

  it("lets an earlier order's tag be where it is", () => {
    drawn([line("a", 200), line("b", 205)], 0);
    expect(place()?.[1]).toMatchObject({ left: 12 });
  });

  it("ends its line before the tags at the edge that it would go through", () => {
    const { first } = drawn([line("a", 360), line("b", 500)]);
    // Its own edge tag's width is what is kept free: ten letters, both paddings, the arrow and the gaps.
    expect(first).toMatchObject({ coordinates: [{ x: 0 }, { x: 600 - (60 + 16 + 12) - 16 }] });
  });
});

describe("an order off the scale", () => {
  it("is a quiet tag at the edge beyond which it lies, and stands nowhere", () => {
    const { texts, figures } = drawn([line("a", 500)]);
    expect(texts.map(({ text }) => text)).toEqual(["Buy at 500"]);
    expect(place()).toEqual(["a", null]);
    const arrow = figures.find(({ type }) => type === "polygon");
    expect(arrow?.styles).toMatchObject({ color: "up" });
  });

  it("stands below the legend above, and over the foot below", () => {
    expect(edgeOf([line("a", 500)])).toBe(30.5);
    expect(edgeOf([line("a", -50)])).toBe(400 - 8 - 24 + 0.5);
  });

  it("is one below the other, and at the foot one over the other", () => {
    expect(edgeOf([line("a", 500), line("b", 510)], 1)).toBe(30.5 + 28);
    expect(edgeOf([line("a", -50), line("b", -60)], 1)).toBe(368.5 - 28);
    expect(edgeOf([line("a", 500), line("b", -60)], 1)).toBe(368.5);
  });
});
