// @vitest-environment jsdom
import { ApiError, type PreferencesView } from "@cse/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { account } from "@/providers/account";
import { syncPreferences } from "@/providers/kept/preferenceSync";
import { DEFAULTS, usePreferences } from "@/providers/kept/preferences";

const OF_ADA: PreferencesView = {
  version: 3,
  language: "ar",
  theme: "light",
  palette: "safe",
  density: "comfortable",
  numbers: "auto",
  clock: "24",
  time_zone: "Asia/Riyadh",
  confirm_limit: true,
  confirm_market: true,
  shortcuts: true,
  orders_in_app: true,
  orders_by_mail: false,
  transfers_in_app: true,
  transfers_by_mail: false,
  operators_in_app: true,
  operators_by_mail: true,
};

/** What the exchange keeps, and another device may change. */
let kept: PreferencesView;
let sent: object[];
let stop: (() => void) | undefined;

function outdated(): ApiError {
  return Object.assign(Object.create(ApiError.prototype) as ApiError, { code: "version_outdated" });
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  usePreferences.setState({ ...DEFAULTS, ready: true });
  kept = OF_ADA;
  sent = [];
  vi.spyOn(account(), "preferences").mockImplementation(async () => kept);
  vi.spyOn(account(), "changePreferences").mockImplementation(async ({ version, ...changes }) => {
    sent.push(changes);
    if (version !== kept.version) throw outdated();
    kept = { ...kept, ...(changes as Partial<PreferencesView>), version: version + 1 };
    return kept;
  });
});
afterEach(() => {
  stop?.();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const begin = async () => {
  stop = syncPreferences("ada");
  await vi.advanceTimersByTimeAsync(0);
};
const change = async (changes: Parameters<ReturnType<typeof usePreferences.getState>["set"]>[0]) => {
  usePreferences.getState().set(changes);
  await vi.advanceTimersByTimeAsync(500);
};

describe("the preferences of who signs in", () => {
  it("are those that the exchange keeps", async () => {
    usePreferences.getState().set({ theme: "dark", starred: ["LUNA-USDC"] });
    await begin();
    expect(usePreferences.getState()).toMatchObject({
      theme: "light",
      palette: "safe",
      timeZone: "Asia/Riyadh",
    });
    expect(usePreferences.getState().starred).toEqual(["LUNA-USDC"]);
    expect(document.cookie).toContain("cse_locale=ar");
    expect(sent).toEqual([]);
  });

  it("are what this browser is like where nothing was chosen yet", async () => {
    kept = { ...OF_ADA, version: 0 };
    usePreferences.getState().set({ theme: "dark" });
    await begin();
    expect(kept).toMatchObject({ version: 1, theme: "dark", palette: "classic", language: "en" });
  });
});

describe("what is changed here", () => {
  it("is sent once somebody has stopped trying, and nothing else is", async () => {
    await begin();
    usePreferences.getState().set({ theme: "dark" });
    await change({ clock: "12" });
    expect(sent).toEqual([{ theme: "dark", clock: "12" }]);
    expect(kept.version).toBe(4);
  });

  it("leaves what another device has changed meanwhile", async () => {
    await begin();
    kept = { ...kept, version: 9, palette: "swapped", clock: "12" };
    await change({ theme: "dark" });
    expect(kept).toMatchObject({ version: 10, theme: "dark", palette: "swapped", clock: "12" });
    expect(usePreferences.getState()).toMatchObject({ theme: "dark", palette: "swapped", clock: "12" });
  });

  it("is sent by the next page where this one ended before", async () => {
    await begin();
    usePreferences.getState().set({ language: "en" });
    stop?.();
    await begin();
    expect(kept).toMatchObject({ version: 4, language: "en" });
    expect(localStorage.getItem("cse.preferences.unsent")).toBeNull();
  });

  it("is sent by the next page where another window has changed something since", async () => {
    await begin();
    // As a window leaves it that could not send, and is gone.
    localStorage.setItem("cse.preferences.unsent", JSON.stringify({ of: "ada", names: ["palette"] }));
    await change({ clock: "12" });
    expect(JSON.parse(localStorage.getItem("cse.preferences.unsent") ?? "{}").names).toEqual(["palette"]);
    stop?.();
    await begin();
    expect(sent.at(-1)).toMatchObject({ palette: "safe" });
    expect(localStorage.getItem("cse.preferences.unsent")).toBeNull();
  });

  it("is nobody else's", async () => {
    await begin();
    usePreferences.getState().set({ language: "en" });
    stop?.();
    stop = syncPreferences("eve");
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([]);
  });
});
