// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import charting from "#messages/en/charting.json";
import { HandlePlaces } from "@/features/chart/handlePlaces";
import { move, useMoving } from "@/features/chart/moving";
import { Handles } from "@/features/chart/OrderHandles";
import type { OrderLine } from "@/features/chart/orderLines";
import { LUNA } from "../trade/markets";

const LINE: OrderLine = {
  id: "a",
  buy: true,
  ticks: 4_174n,
  value: 0.04174,
  waits: false,
  movable: true,
  priceText: "0.04174",
  label: "Buy 7,350.0 left",
  edgeLabel: "",
  cancelLabel: "Cancel: Buy",
};
const onCancel = vi.fn();

function handles(line: Partial<OrderLine> = {}) {
  const places = new HandlePlaces();
  // A pixel of the picture is a tick of the price.
  const chart = {
    heightOf: (ticks: bigint) => 5_000 - Number(ticks),
    priceAt: (y: number) => (5_000 - y) / 100_000,
    showGhost: vi.fn(),
  };
  render(
    <NextIntlClientProvider locale="en" messages={{ charting }}>
      <Handles
        lines={[{ ...LINE, ...line }]}
        market={LUNA}
        price={(ticks) => String(ticks)}
        places={places}
        chart={{ current: chart as never }}
        onCancel={onCancel}
      />
    </NextIntlClientProvider>,
  );
  const slider = screen.getByRole("slider");
  slider.setPointerCapture = () => {};
  return { slider, places, chart };
}

/** Without a class of its own for what pointers do, jsdom leaves out where they are. */
function point(element: HTMLElement, type: string, clientY = 0) {
  fireEvent(element, new MouseEvent(type, { bubbles: true, button: 0, clientY }));
}

const where = () => useMoving.getState().moving;

beforeEach(() => move(null));
afterEach(cleanup);

describe("the handle of an order's line", () => {
  it.each([
    [[{ key: "ArrowUp" }], { ticks: 4_175n, asked: false }],
    [[{ key: "ArrowUp", shiftKey: true }, { key: "ArrowDown" }], { ticks: 4_183n, asked: false }],
    [[{ key: "ArrowDown" }, { key: "Enter" }], { ticks: 4_173n, asked: true }],
    [[{ key: "Enter" }], { ticks: 4_174n, asked: true }],
    [[{ key: "ArrowUp" }, { key: "Escape" }], null],
    [[{ key: "x" }], null],
  ])("after %o", (keys, moving) => {
    const { slider } = handles();
    for (const key of keys) fireEvent.keyDown(slider, key);
    if (moving) expect(where()).toMatchObject({ key: "a", ...moving });
    else expect(where()).toBeNull();
  });

  it("follows the pointer from where it was grabbed, snapped to the tick, and asks when it is let go", () => {
    const { slider, chart } = handles();
    point(slider, "pointerdown", 830);
    point(slider, "pointermove", 828);
    expect(where()).toBeNull();
    point(slider, "pointermove", 810.4);
    expect(where()).toMatchObject({ ticks: 4_194n, held: true });
    expect(slider.getAttribute("aria-valuetext")).toBe("4194");
    expect(chart.showGhost).toHaveBeenLastCalledWith({ ticks: 4_194n, text: "4194" });
    point(slider, "pointerup", 810.4);
    expect(where()).toMatchObject({ ticks: 4_194n, held: false });
  });

  it("lets the order be where it is when the pointer is taken away", () => {
    const { slider } = handles();
    point(slider, "pointerdown", 830);
    point(slider, "pointermove", 700);
    point(slider, "pointercancel");
    expect(where()).toBeNull();
  });

  it("of one that cannot be amended does not move, and can be cancelled", () => {
    const { slider } = handles({ movable: false });
    fireEvent.keyDown(slider, { key: "ArrowUp" });
    point(slider, "pointerdown", 830);
    point(slider, "pointermove", 700);
    expect(where()).toBeNull();
    expect(slider.getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(screen.getByRole("button", { name: "Cancel: Buy" }));
    expect(onCancel).toHaveBeenCalledWith("a");
  });

  it("stands where its tag is drawn, whenever that is told", () => {
    const { slider, places } = handles();
    const handle = slider.parentElement as HTMLElement;
    expect(handle.dataset.off).toBe("true");
    places.put("a", { left: 12, top: 300, width: 140, height: 20 });
    expect(handle.dataset.off).toBe("");
    expect(handle.style.transform).toBe("translate(12px, 300px)");
    places.put("a", null);
    expect(handle.dataset.off).toBe("true");
  });
});
