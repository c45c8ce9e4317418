// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { AT_FIRST, useBindings } from "@/features/keys/bindings";
import { bind, readBindings, resetKeys } from "@/features/keys/kept";

const KEY = "cse.keys";

beforeEach(() => {
  localStorage.clear();
  useBindings.setState(AT_FIRST);
});

describe("what was kept", () => {
  it.each([
    ["nothing", null, AT_FIRST],
    ["no JSON", "{", AT_FIRST],
    ["another shape", "[1]", AT_FIRST],
    ["another key", '{"buy":"V"}', { ...AT_FIRST, buy: "V" }],
    ["no key", '{"buy":null}', { ...AT_FIRST, buy: null }],
    ["an act that there is not", '{"sing":"V"}', AT_FIRST],
    ["a key that the act may not have", '{"send":"V"}', { ...AT_FIRST, send: null }],
    ["a key of another kind", '{"buy":7}', { ...AT_FIRST, buy: null }],
    ["two that changed places", '{"buy":"S","sell":"B"}', { ...AT_FIRST, buy: "S", sell: "B" }],
    ["the key of another act", '{"buy":"S"}', { ...AT_FIRST, buy: "S", sell: null }],
  ])("is read: %s", (_, text, bindings) => {
    if (text !== null) localStorage.setItem(KEY, text);
    expect(readBindings(localStorage)).toEqual(bindings);
  });
});

describe("a key that is bound", () => {
  it("is taken from what had it, and both are there again after a reload", () => {
    bind("buy", "S");
    expect(useBindings.getState()).toMatchObject({ buy: "S", sell: null });
    expect(readBindings(localStorage)).toEqual(useBindings.getState());
  });

  it("leaves nothing behind once all are as at first", () => {
    bind("buy", "V");
    expect(localStorage.getItem(KEY)).toBe('{"buy":"V"}');
    resetKeys();
    expect(useBindings.getState()).toEqual(AT_FIRST);
    expect(localStorage.getItem(KEY)).toBeNull();
  });
});
