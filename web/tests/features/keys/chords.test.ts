import { describe, expect, it } from "vitest";
import { type Act, AT_FIRST, type Bindings } from "@/features/keys/bindings";
import { choiceOf, chordOf, isTyped } from "@/features/keys/chords";

const NOT_HELD = { code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, graph: false };

function chord(pressed: Partial<typeof NOT_HELD> & { key: string }): string | null {
  const { graph, ...event } = { ...NOT_HELD, ...pressed };
  return chordOf({ ...event, getModifierState: (name) => name === "AltGraph" && graph });
}

describe("the name of what is pressed", () => {
  it.each([
    ["a letter", { key: "b" }, "B"],
    ["a letter with Shift", { key: "G", shiftKey: true }, "Shift G"],
    ["a letter while Caps Lock is on", { key: "B" }, "B"],
    ["a sign that Shift makes", { key: "?", shiftKey: true }, "?"],
    ["a digit", { key: "1" }, "1"],
    ["Ctrl and a named key", { key: "Enter", ctrlKey: true }, "Ctrl Enter"],
    ["the command key for Ctrl", { key: "k", metaKey: true }, "Ctrl K"],
    ["all that is held", { key: "X", ctrlKey: true, altKey: true, shiftKey: true }, "Ctrl Alt Shift X"],
    ["the space bar", { key: " " }, "Space"],
    ["a Cyrillic letter by its place", { key: "и", code: "KeyB" }, "B"],
    ["an Arabic figure by its place", { key: "١", code: "Digit1" }, "1"],
    ["a letter of Latin at another place", { key: "z", code: "KeyY" }, "Z"],
    ["a held key alone", { key: "Shift", shiftKey: true }, null],
    ["what is being composed", { key: "Process" }, null],
    ["a dead key", { key: "Dead" }, null],
    ["a sign of AltGr", { key: "@", ctrlKey: true, altKey: true, graph: true }, null],
  ])("of %s", (_, pressed, named) => {
    expect(chord(pressed)).toBe(named);
  });

  it("tells what would be text in a field", () => {
    expect(["B", "Shift G", "?", "Enter"].every(isTyped)).toBe(true);
    expect(isTyped("Ctrl Enter")).toBe(false);
  });
});

describe("a key that is chosen", () => {
  const bound = (changes: Partial<Bindings> = {}): Bindings => ({ ...AT_FIRST, ...changes });

  it.each<[Act, string, string]>([
    ["buy", "V", "free"],
    ["buy", "B", "free"],
    ["buy", "Shift B", "free"],
    ["buy", "Ctrl Shift B", "free"],
    ["buy", "S", "taken by sell"],
    ["buy", "?", "taken by list"],
    ["send", "Ctrl Shift S", "free"],
    ["send", "V", "held"],
    ["send", "Enter", "held"],
    ["send", "Shift V", "held"],
    ["cancel", "X", "held"],
    ["find", "/", "held"],
    ["send", "Ctrl Shift X", "taken by cancel"],
    ["review", "Enter", "free"],
    ["buy", "Enter", "fixed"],
    ["buy", "Space", "fixed"],
    ["buy", "ArrowUp", "fixed"],
    ["buy", "Shift Tab", "fixed"],
    ["buy", "Ctrl Backspace", "fixed"],
    ["send", "Ctrl V", "browser"],
    ["send", "Ctrl W", "browser"],
    ["send", "Ctrl Shift T", "browser"],
    ["send", "Ctrl 1", "browser"],
    ["buy", "F5", "browser"],
    ["buy", "Alt B", "browser"],
    ["send", "Ctrl Alt B", "browser"],
  ])("for %s as %s is %s", (act, key, answer) => {
    const choice = choiceOf(act, key, bound());
    const said =
      choice.kind === "taken" ? `taken by ${choice.by}` : choice.kind === "refused" ? choice.reason : "free";
    expect(said).toBe(answer);
  });

  it("is free once the other has another", () => {
    expect(choiceOf("buy", "S", bound({ sell: null })).kind).toBe("free");
  });
});
