// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { LAYOUT_KEY, LAYOUT_SCRIPT } from "@/features/trade/layout/boot";
import {
  applyLayout,
  boundsOf,
  LAYOUT,
  type Layout,
  PRESET_NAMES,
  preset,
  presetOf,
  STANDARD,
  toggled,
  within,
} from "@/features/trade/layout/layout";

const OWN: Layout = { book: 410, ticket: 333, below: 180, closed: ["orders", "tape"], swapped: true };

describe("the bounds of a panel", () => {
  it.each([
    ["book", 1_440, 900, 264, 480],
    ["book", 1_180, 900, 264, 401],
    ["ticket", 1_440, 900, 320, 432],
    ["ticket", 1_180, 900, 320, 354],
    ["ticket", 1_024, 900, 320, 320],
    ["below", 1_440, 900, 140, 450],
    ["below", 1_440, 500, 140, 320],
  ] as const)("%s in %i x %i", (part, width, height, least, most) => {
    expect(boundsOf(part, width, height)).toEqual({ least, most });
  });

  it.each([1_180, 1_440, 1_920, 3_840])("leave the chart a third of %i", (width) => {
    const taken = boundsOf("book", width, 900).most + boundsOf("ticket", width, 900).most;
    expect(width - taken).toBeGreaterThanOrEqual(width / 3);
  });

  it("hold a size", () => {
    const bounds = { least: 100, most: 200 };
    expect([50, 150.4, 900].map((size) => within(size, bounds))).toEqual([100, 150, 200]);
  });
});

describe("a layout", () => {
  it("is the ready one that was chosen, until something is moved", () => {
    for (const name of PRESET_NAMES) {
      const chosen = preset(name, OWN);
      expect(presetOf(chosen)).toBe(name);
      expect(chosen.swapped).toBe(true);
      expect(presetOf({ ...chosen, book: chosen.book + 1 })).toBeNull();
    }
    expect(presetOf(STANDARD)).toBe("standard");
  });

  it("has a panel put away and there again", () => {
    const away = toggled(STANDARD, "tape");
    expect(away.closed).toEqual(["tape"]);
    expect(toggled(away, "tape")).toEqual(STANDARD);
  });

  it.each([
    ["a size of nothing", { ...STANDARD, book: 0 }],
    ["no size", { ...STANDARD, book: undefined }],
    ["a panel that there is not", { ...STANDARD, closed: ["ticket"] }],
    ["no sides", { ...STANDARD, swapped: "yes" }],
  ])("is not read with %s", (_, kept) => {
    expect(LAYOUT.safeParse(kept).success).toBe(false);
  });
});

describe("before the first paint", () => {
  const root = document.documentElement;
  beforeEach(() => {
    localStorage.clear();
    root.removeAttribute("style");
    delete root.dataset.desk;
  });
  const look = () => [root.style.cssText, root.dataset.desk];
  // biome-ignore lint/security/noGlobalEval: it is the page's own script
  const boot = () => globalThis.eval(LAYOUT_SCRIPT);

  it.each([STANDARD, OWN])("the page lies as it will later", (layout) => {
    applyLayout(root, layout);
    const later = look();
    root.removeAttribute("style");
    delete root.dataset.desk;
    localStorage.setItem(LAYOUT_KEY, JSON.stringify(layout));
    boot();
    expect(look()).toEqual(later);
  });

  it.each([null, "{", "null", '"x"'])("%s leaves it as it is at first", (kept) => {
    if (kept !== null) localStorage.setItem(LAYOUT_KEY, kept);
    boot();
    expect(root.style.cssText).toBe("");
    expect(root.dataset.desk ?? "").toBe("");
  });
});
