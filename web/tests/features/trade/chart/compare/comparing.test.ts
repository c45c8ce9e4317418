// @vitest-environment jsdom
import { beforeEach, expect, it } from "vitest";
import { useChartSettings } from "@/features/chart/settings";
import { compare, followCompared, useCompared } from "@/features/trade/chart/compare/comparing";

const compared = () => useCompared.getState().market;

beforeEach(() => {
  sessionStorage.clear();
  useCompared.setState({ market: null });
  useChartSettings.getState().scaleBy("log");
});

it("is there again after a reload, and leaves the scale that a person has chosen", () => {
  compare("NOVA-USDC");
  const leave = followCompared();
  expect(compared()).toBe("NOVA-USDC");
  leave();
  expect(compared()).toBeNull();
  followCompared();
  expect(compared()).toBe("NOVA-USDC");
  expect(useChartSettings.getState().scale).toBe("log");
});

it.each(["{", "7", JSON.stringify("X".repeat(40))])("is nothing where %s was kept", (text) => {
  sessionStorage.setItem("cse.compared", text);
  followCompared();
  expect(compared()).toBeNull();
});

it("is nothing once it has ended", () => {
  compare("NOVA-USDC");
  compare(null);
  followCompared();
  expect(compared()).toBeNull();
});
