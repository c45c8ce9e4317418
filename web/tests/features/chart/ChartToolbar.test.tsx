// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import trade from "#messages/en/trade.json";
import { ChartToolbar } from "@/features/chart/ChartToolbar";
import { useChartSettings } from "@/features/chart/settings";

function styleMenu(comparing: boolean) {
  const nothing = () => {};
  render(
    <NextIntlClientProvider locale="en" messages={{ trade }}>
      <ChartToolbar
        phone={false}
        comparing={comparing}
        asTable={false}
        onTable={nothing}
        onIndicators={nothing}
        onFullscreen={nothing}
        drawing={false}
        onDrawing={nothing}
        onFit={nothing}
        onSave={nothing}
      />
    </NextIntlClientProvider>,
  );
  fireEvent.click(screen.getByRole("button", { name: trade.chart.style }));
}

const scale = (name: keyof typeof trade.chart.scales) =>
  screen.getByText(trade.chart.scales[name]).closest("[role=menuitemradio]") as HTMLElement;

beforeEach(() => useChartSettings.getState().scaleBy("linear"));
afterEach(cleanup);

describe("the scale", () => {
  it("is chosen in the menu of styles", () => {
    styleMenu(false);
    expect(screen.queryByText(trade.chart.scaleFixed)).toBeNull();
    fireEvent.click(scale("log"));
    expect(useChartSettings.getState().scale).toBe("log");
  });

  it("is no choice while another market is compared, which is said", () => {
    styleMenu(true);
    expect(screen.getByText(trade.chart.scaleFixed)).toBeTruthy();
    expect(scale("percent").getAttribute("aria-checked")).toBe("true");
    expect(scale("log").getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(scale("log"));
    expect(useChartSettings.getState().scale).toBe("linear");
    expect(scale("log")).toBeTruthy();
  });
});
