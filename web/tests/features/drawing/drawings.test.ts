import { describe, expect, it } from "vitest";
import { DRAWINGS_MAX, type Drawing } from "@/features/drawing/drawing";
import { add, drawingsKey, openDrawings, remove, replace, undo } from "@/features/drawing/drawings";

const LINE: Omit<Drawing, "id"> = {
  tool: "horizontal",
  interval: "1h",
  text: "",
  anchors: [{ time: 0, bars: 0, value: 0.042 }],
};
const KEY = drawingsKey("LUNA-USDC", "7");

function place(kept: Record<string, string> = {}) {
  const texts = new Map(Object.entries(kept));
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
    removeItem: (key: string) => void texts.delete(key),
  };
}

describe("drawings", () => {
  it("are there again for the same market and account, and for no other", () => {
    const storage = place();
    const store = openDrawings(storage, KEY);
    add(store, LINE);
    add(store, { ...LINE, tool: "text", text: "support" });
    store.setState({ magnet: true });
    const again = openDrawings(storage, KEY).getState();
    expect(again.drawings).toEqual(store.getState().drawings);
    expect(again.magnet).toBe(true);
    expect(openDrawings(storage, drawingsKey("NOVA-USDC", "7")).getState().drawings).toEqual([]);
    expect(openDrawings(storage, drawingsKey("LUNA-USDC", null)).getState().drawings).toEqual([]);
  });

  it("go back a change at a time, to the beginning and not beyond", () => {
    const store = openDrawings(place(), KEY);
    const id = add(store, LINE) ?? 0;
    replace(store, { ...LINE, id, anchors: [{ time: 0, bars: 0, value: 0.05 }] });
    remove(store, null);
    const values = () => store.getState().drawings.map((one) => one.anchors[0]?.value);
    expect(values()).toEqual([]);
    undo(store);
    expect(values()).toEqual([0.05]);
    undo(store);
    expect(values()).toEqual([0.042]);
    undo(store);
    undo(store);
    expect(values()).toEqual([]);
  });

  it("have ids of their own, and no more than there is room for", () => {
    const store = openDrawings(place(), KEY);
    for (let count = 0; count < DRAWINGS_MAX; count += 1) add(store, LINE);
    expect(add(store, LINE)).toBeNull();
    expect(new Set(store.getState().drawings.map((one) => one.id)).size).toBe(DRAWINGS_MAX);
    remove(store, 1);
    expect(store.getState().drawings).toHaveLength(DRAWINGS_MAX - 1);
  });

  const kept = (change: object) => JSON.stringify([{ id: 1, ...LINE, ...change }]);
  it.each([
    ["damaged", '[{"id":1,"tool":"tre'],
    ["no list", '{"drawings":[]}'],
    ["a tool that is gone", kept({ tool: "pitchfork" })],
    ["too few points", kept({ tool: "trend" })],
    ["no number", kept({ anchors: [{ time: 0, bars: 0, value: null }] })],
    ["a time of no bar", kept({ anchors: [{ time: 0.5, bars: 0, value: 1 }] })],
    ["bars without end", kept({ anchors: [{ time: 0, bars: 1e9, value: 1 }] })],
    ["a text without end", kept({ text: "x".repeat(10_000) })],
  ])("kept as %s are none", (_, text) => {
    expect(openDrawings(place({ [KEY]: text }), KEY).getState().drawings).toEqual([]);
  });

  it("that cannot be kept last as long as the page", () => {
    const full = {
      ...place(),
      setItem: () => {
        throw new Error("full");
      },
    };
    const store = openDrawings(full, KEY);
    add(store, LINE);
    expect(store.getState().drawings).toHaveLength(1);
  });
});
