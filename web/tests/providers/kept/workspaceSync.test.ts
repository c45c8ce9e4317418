// @vitest-environment jsdom
import { ApiError, type KeptText } from "@cse/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { account } from "@/providers/account";
import { browserStorage, keep, onKeptElsewhere } from "@/providers/kept/kept";
import { DEFAULTS, usePreferences } from "@/providers/kept/preferences";
import { syncWorkspace } from "@/providers/kept/workspaceSync";

/** What the exchange keeps, and another device may change. */
let kept: Map<string, { version: number; text: string }>;
let sent: string[];
let refusal: string | null;
let stop: (() => void) | undefined;

function refused(code: string): ApiError {
  return Object.assign(Object.create(ApiError.prototype) as ApiError, { code });
}

function textOf(name: string): KeptText {
  return { name, changed_at: null, version: 0, text: "", ...kept.get(name) };
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  usePreferences.setState({ ...DEFAULTS, ready: true });
  kept = new Map();
  sent = [];
  refusal = null;
  vi.spyOn(account(), "keptNames").mockImplementation(async () =>
    [...kept].map(([name, { version }]) => ({ name, version })),
  );
  vi.spyOn(account(), "keptText").mockImplementation(async (name) => textOf(name));
  vi.spyOn(account(), "keepText").mockImplementation(async (name, text, version) => {
    if (refusal) throw refused(refusal);
    if (version !== textOf(name).version) throw refused("version_outdated");
    sent.push(name);
    if (text) kept.set(name, { version: version + 1, text });
    else kept.delete(name);
    return textOf(name);
  });
});
afterEach(() => {
  stop?.();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const begin = async (person = "ada") => {
  stop?.();
  stop = syncWorkspace(person);
  await vi.advanceTimersByTimeAsync(0);
};
const change = async (key: string, value: unknown) => {
  keep(browserStorage(), key, value);
  await vi.advanceTimersByTimeAsync(2_100);
};
const look = async () => {
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(0);
};
const here = (key: string) => localStorage.getItem(key);

describe("who signs in", () => {
  it("finds what they have, before what this browser had", async () => {
    keep(browserStorage(), "cse.chart", { style: "bars" });
    kept.set("chart", { version: 4, text: '{"style":"line"}' });
    kept.set("drawings.7.LUNA-USDC", { version: 1, text: "[1]" });
    kept.set("starred", { version: 2, text: '["LUNA-USDC",7]' });
    const heard = vi.fn();
    const leave = onKeptElsewhere("cse.chart", heard);
    await begin();
    leave();
    expect(here("cse.chart")).toBe('{"style":"line"}');
    expect(here("cse.drawings.7.LUNA-USDC")).toBe("[1]");
    expect(usePreferences.getState().starred).toEqual(["LUNA-USDC"]);
    expect(heard).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent).toEqual([]);
  });

  it("keeps what they change before it is known what they have", async () => {
    keep(browserStorage(), "cse.chart", 1);
    kept.set("chart", { version: 4, text: "9" });
    vi.mocked(account().keptNames).mockRejectedValueOnce(refused("unavailable"));
    await begin();
    await change("cse.chart", 2);
    expect(textOf("chart")).toMatchObject({ version: 5, text: "2" });
  });

  it("takes along what they have nothing of, but no visitor's drawings", async () => {
    keep(browserStorage(), "cse.indicators", [1]);
    keep(browserStorage(), "cse.drawings.visitor.LUNA-USDC", [2]);
    keep(browserStorage(), "cse.session", "nobody else's business");
    usePreferences.getState().set({ starred: ["NOVA-USDC"] });
    await begin();
    expect(sent.sort()).toEqual(["indicators", "starred"]);
    expect(textOf("starred").text).toBe('["NOVA-USDC"]');
  });

  it("finds nothing of who was here before", async () => {
    await begin("ada");
    await change("cse.indicators", [1]);
    const adas = kept;
    kept = new Map();
    await begin("bob");
    expect(here("cse.indicators")).toBeNull();
    await vi.advanceTimersByTimeAsync(5_000);
    expect([...kept]).toEqual([]);
    expect(adas.get("indicators")).toEqual({ version: 1, text: "[1]" });
  });
});

describe("what is changed here", () => {
  it("is sent once somebody has stopped, and not again", async () => {
    await begin();
    keep(browserStorage(), "cse.chart", 1);
    keep(browserStorage(), "cse.chart", 2);
    await change("cse.chart", 3);
    expect(textOf("chart")).toMatchObject({ version: 1, text: "3" });
    await look();
    expect(sent).toEqual(["chart"]);
  });

  it("wins over what another device has changed", async () => {
    await begin();
    await change("cse.chart", 1);
    kept.set("chart", { version: 5, text: "9" });
    await change("cse.chart", 2);
    expect(textOf("chart")).toMatchObject({ version: 6, text: "2" });
  });

  it("is taken away there where it is taken away here", async () => {
    await begin();
    await change("cse.indicators", [1]);
    await change("cse.indicators", null);
    expect(kept.size).toBe(0);
    await look();
    expect(sent).toEqual(["indicators", "indicators"]);
  });

  it("is sent by the next page where this one could not", async () => {
    await begin();
    refusal = "unavailable";
    await change("cse.chart", 1);
    expect(kept.size).toBe(0);
    refusal = null;
    await begin();
    expect(textOf("chart").text).toBe("1");
  });

  it("is sent by the next page where another window has changed something since", async () => {
    await begin();
    const record = JSON.parse(here("cse.workspace") ?? "{}");
    // As a window leaves it that could not send, and is gone.
    localStorage.setItem("cse.chart", "1");
    localStorage.setItem("cse.workspace", JSON.stringify({ ...record, unsent: ["cse.chart"] }));
    await change("cse.tape", 2);
    expect(JSON.parse(here("cse.workspace") ?? "{}").unsent).toEqual(["cse.chart"]);
    await begin();
    expect([textOf("chart").text, textOf("tape").text]).toEqual(["1", "2"]);
    expect(JSON.parse(here("cse.workspace") ?? "{}").unsent).toEqual([]);
  });

  it.each(["workspace_full", "invalid_field"])("stays here alone where it is %s", async (code) => {
    await begin();
    refusal = code;
    await change("cse.chart", 1);
    refusal = null;
    await look();
    expect(here("cse.chart")).toBe("1");
    expect(sent).toEqual([]);
  });
});

describe("what another device changes", () => {
  it("is here when somebody looks", async () => {
    await begin();
    await change("cse.chart", 1);
    kept.set("chart", { version: 2, text: "2" });
    await look();
    expect(here("cse.chart")).toBe("2");
    kept.delete("chart");
    await look();
    expect(here("cse.chart")).toBeNull();
  });
});
