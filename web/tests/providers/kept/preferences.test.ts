// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { BOOT_SCRIPT, DEFAULTS, readPreferences } from "@/providers/kept/preferences";

describe("what was kept", () => {
  const read = (text: string | null) => {
    localStorage.clear();
    if (text !== null) localStorage.setItem("cse.preferences", text);
    return readPreferences();
  };

  it.each([
    ["nothing", null],
    ["no JSON", "{"],
    ["a number", "7"],
    ["null", "null"],
    ["a list", "[]"],
  ])("%s gives the defaults", (_, text) => expect(read(text)).toEqual(DEFAULTS));

  it("is taken field by field, and only as a known choice", () => {
    const kept = read(
      JSON.stringify({
        theme: "light",
        density: "tiny",
        confirmLimit: "no",
        starred: ["LUNA-USDC", 7],
        extra: 1,
      }),
    );
    expect(kept).toEqual({ ...DEFAULTS, theme: "light", starred: ["LUNA-USDC"] });
  });

  it("names no market of any length", () => {
    expect(read(JSON.stringify({ lastMarket: "x".repeat(99) })).lastMarket).toBeNull();
  });
});

describe("the script before the first paint", () => {
  const boot = (kept: string | null, systemIsLight = false) => {
    localStorage.clear();
    if (kept !== null) localStorage.setItem("cse.preferences", kept);
    for (const name of Object.keys(document.documentElement.dataset))
      delete document.documentElement.dataset[name];
    window.matchMedia = (query) => ({ matches: systemIsLight, media: query }) as MediaQueryList;
    new Function(BOOT_SCRIPT)();
    return { ...document.documentElement.dataset };
  };

  it.each([
    [null, false, "dark"],
    [null, true, "light"],
    ['{"theme":"dark"}', true, "dark"],
    ['{"theme":"light"}', false, "light"],
    ["{", false, "dark"],
  ])("with %j kept and a light system %s is %s", (kept, light, theme) => {
    expect(boot(kept, light).theme).toBe(theme);
  });

  it("writes nothing that it does not know onto the page", () => {
    expect(boot('{"palette":"\\"><script>","density":"pro"}')).toMatchObject({
      palette: "classic",
      density: "pro",
    });
  });
});
