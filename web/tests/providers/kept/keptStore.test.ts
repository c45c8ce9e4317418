// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { keptStore } from "@/providers/kept/keptStore";

const KEY = "cse.test";
const SCHEMA = z.object({ style: z.enum(["bars", "line"]), size: z._default(z.number(), 1) });
const AT_FIRST: z.infer<typeof SCHEMA> = { style: "bars", size: 1 };

const storeOf = () =>
  keptStore(KEY, SCHEMA, AT_FIRST, (change, now) => ({
    draw: (style: "bars" | "line") => change({ style }),
    grow: () => change({ size: now().size + 1 }),
  }));
const kept = () => JSON.parse(localStorage.getItem(KEY) ?? "null") as unknown;

beforeEach(() => localStorage.clear());

describe("a kept store", () => {
  it("begins with what was kept, and with its first value where nothing was", () => {
    expect(storeOf().getState()).toMatchObject(AT_FIRST);
    localStorage.setItem(KEY, '{"style":"line"}');
    expect(storeOf().getState()).toMatchObject({ style: "line", size: 1 });
  });

  it("renders first what a page was built with", () => {
    localStorage.setItem(KEY, '{"style":"line"}');
    expect(storeOf().getInitialState()).toMatchObject(AT_FIRST);
  });

  it("keeps its own fields and nothing else", () => {
    const store = storeOf();
    store.getState().draw("line");
    store.getState().grow();
    expect(kept()).toEqual({ style: "line", size: 2 });
    expect(store.getState()).toMatchObject({ style: "line", size: 2 });
  });

  it.each(["", "null", "{", '{"style":"pie"}'])("takes %j for nothing", (text) => {
    localStorage.setItem(KEY, text);
    expect(storeOf().getState()).toMatchObject(AT_FIRST);
  });

  it("hears of what is kept elsewhere", () => {
    const store = storeOf();
    localStorage.setItem(KEY, '{"style":"line","size":3}');
    dispatchEvent(new StorageEvent("storage", { key: KEY }));
    expect(store.getState()).toMatchObject({ style: "line", size: 3 });
  });
});
