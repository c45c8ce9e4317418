// @vitest-environment jsdom
import { ApiError, type PriceAlertView } from "@cse/client";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import alerts from "#messages/en/alerts.json";
import desk from "#messages/en/desk.json";
import errors from "#messages/en/errors.json";
import trade from "#messages/en/trade.json";
import { HandlePlaces } from "@/features/chart/handlePlaces";
import { Handles } from "@/features/trade/chart/alerts/AlertHandles";
import { LUNA } from "../../markets";

const moved = vi.hoisted(() => ({ move: vi.fn(), remove: vi.fn(), toast: vi.fn(), room: {} as object }));
vi.mock("@/features/alerts/usePriceAlerts", () => ({
  usePriceAlertChanges: () => ({ move: moved.move, remove: moved.remove }),
}));
vi.mock("@/components/Toast", () => ({ showToast: moved.toast }));
vi.mock("@/features/trade/MarketRoom", () => ({ useRoom: () => moved.room }));

const ALERT: PriceAlertView = {
  id: "a",
  market: "LUNA-USDC",
  price: "0.04174",
  direction: "at_or_above",
  by_mail: true,
  created_at: "2026-11-25T12:00:00.000000Z",
  reached_at: null,
};

function handles() {
  // A pixel of the picture is a tick of the price.
  const chart = {
    heightOf: (ticks: bigint) => 5_000 - Number(ticks),
    priceAt: (y: number) => (5_000 - y) / 100_000,
    showGhost: vi.fn(),
  };
  render(
    <NextIntlClientProvider locale="en" messages={{ alerts, desk, errors, trade }}>
      <Handles alerts={[ALERT]} places={new HandlePlaces()} chart={{ current: chart as never }} />
    </NextIntlClientProvider>,
  );
  const slider = screen.getByRole("slider", { name: "Alert 0.04174" });
  slider.setPointerCapture = () => {};
  return { slider, chart };
}

/** Without a class of its own for what pointers do, jsdom leaves out where they are. */
function point(element: HTMLElement, type: string, clientY = 0) {
  fireEvent(element, new MouseEvent(type, { bubbles: true, button: 0, clientY }));
}
const settled = () => act(async () => {});
const question = () => screen.queryByRole("region", { name: "Move the alert" });
const toldOf = () => moved.toast.mock.lastCall?.[0];

beforeEach(() => {
  vi.clearAllMocks();
  // jsdom has none.
  vi.stubGlobal("CSS", { escape: (text: string) => text });
  moved.move.mockImplementation(async (alert, to) => ({ ...alert, ...to, id: "b" }));
  moved.remove.mockResolvedValue(undefined);
  const texts = { price: (ticks: bigint) => String(ticks), wirePrice: (price: string) => price };
  const feed = createStore(() => ({ ticker: { last_price: "0.04150" } }));
  moved.room = { listing: LUNA, texts, feed };
});
afterEach(cleanup);

describe("an alert's line", () => {
  it("is dragged: a ghost follows the pointer by ticks, and who lets go has moved it", async () => {
    const { slider, chart } = handles();
    point(slider, "pointerdown", 826);
    point(slider, "pointermove", 810.4);
    expect(chart.showGhost).toHaveBeenLastCalledWith({ ticks: 4_190n, text: "4190" });
    expect(moved.move).not.toHaveBeenCalled();
    point(slider, "pointerup", 810.4);
    expect(moved.move).toHaveBeenCalledWith(ALERT, { price: "0.04190", direction: "at_or_above" });
    await settled();
    expect(chart.showGhost).toHaveBeenLastCalledWith(null);
    expect(toldOf()).toMatchObject({ tone: "good", body: "At 0.04190 or higher" });
  });

  it("on the other side of the last price is waited for from there", async () => {
    const { slider } = handles();
    point(slider, "pointerdown", 826);
    point(slider, "pointermove", 900);
    point(slider, "pointerup", 900);
    expect(moved.move).toHaveBeenCalledWith(ALERT, { price: "0.04100", direction: "at_or_below" });
    await settled();
  });

  it("goes back where the exchange refuses the price, which is said", async () => {
    moved.move.mockRejectedValue(new ApiError(409, { code: "price_reached" }));
    const { slider, chart } = handles();
    point(slider, "pointerdown", 826);
    point(slider, "pointermove", 800);
    point(slider, "pointerup", 800);
    await settled();
    expect(chart.showGhost).toHaveBeenLastCalledWith(null);
    expect(slider.getAttribute("aria-valuetext")).toBe("4174");
    expect(toldOf()).toMatchObject({ tone: "error", title: "The alert stays where it was" });
    expect(toldOf().body).toBe(alerts.codes.price_reached);
  });

  it("is not sent to the last price, where it would wait for nothing", async () => {
    const { slider } = handles();
    point(slider, "pointerdown", 826);
    point(slider, "pointermove", 850);
    point(slider, "pointerup", 850);
    await settled();
    expect(moved.move).not.toHaveBeenCalled();
    expect(toldOf()).toMatchObject({ tone: "error", body: alerts.there });
  });

  it("is moved by keys once the question is answered", async () => {
    const { slider } = handles();
    fireEvent.keyDown(slider, { key: "ArrowUp", shiftKey: true });
    expect(slider.getAttribute("aria-valuetext")).toBe("4184");
    fireEvent.keyDown(slider, { key: "Enter" });
    const yes = screen.getByRole("button", { name: "Move it" });
    expect(document.activeElement).toBe(yes);
    expect(moved.move).not.toHaveBeenCalled();
    fireEvent.click(yes);
    expect(moved.move).toHaveBeenCalledWith(ALERT, { price: "0.04184", direction: "at_or_above" });
    await settled();
    expect(question()).toBeNull();
  });

  it("is let be by Escape", () => {
    const { slider } = handles();
    fireEvent.keyDown(slider, { key: "ArrowUp" });
    fireEvent.keyDown(slider, { key: "Escape" });
    expect(question()).toBeNull();
    expect(slider.getAttribute("aria-valuetext")).toBe("4174");
  });

  it("opens a menu by a press, where it is stepped, moved or removed", async () => {
    const { slider } = handles();
    point(slider, "pointerdown", 826);
    point(slider, "pointerup", 826);
    expect(question()).not.toBeNull();
    const yes = screen.getByRole<HTMLButtonElement>("button", { name: "Move it" });
    expect(yes.disabled).toBe(true);
    fireEvent.click(screen.getByRole("button", { name: trade.ticket.priceDown }));
    expect(yes.disabled).toBe(false);
    fireEvent.click(screen.getByRole("button", { name: "Remove" }));
    expect(moved.remove).toHaveBeenCalledWith("a");
    await settled();
  });

  it("is removed by its cross", async () => {
    handles();
    fireEvent.click(screen.getByRole("button", { name: /^Remove the alert of/ }));
    expect(moved.remove).toHaveBeenCalledWith("a");
    await settled();
  });
});
