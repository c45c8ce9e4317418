// @vitest-environment jsdom
import { cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useActs } from "@/features/keys/acts";
import { AT_FIRST, useBindings } from "@/features/keys/bindings";
import { EARLY_KEYS_SCRIPT } from "@/features/keys/early";
import { useKeys } from "@/features/keys/useKeys";
import { useOverlay } from "@/features/palette/state";

const sent = vi.fn();

function Page() {
  useActs({ send: sent });
  useKeys();
  return null;
}

/** Presses a key; whether the browser does with it what it does by itself. */
function press(key: string, more: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  return document.body.dispatchEvent(event);
}

const opened = () => useOverlay.getState().open;

beforeEach(() => {
  localStorage.clear();
  useBindings.setState(AT_FIRST);
  useOverlay.setState({ open: null });
  sent.mockReset();
  // As the head of a page has it.
  new Function(EARLY_KEYS_SCRIPT)();
});
afterEach(cleanup);

describe("a key before its listener has come", () => {
  it("opens the search once it has, and not what the browser would open", () => {
    expect(press("k", { ctrlKey: true, code: "KeyK" })).toBe(false);
    expect(opened()).toBeNull();
    render(<Page />);
    expect(opened()).toBe("palette");
  });

  it("is the last one alone, and heard once", () => {
    press("k", { ctrlKey: true, code: "KeyK" });
    press("?");
    render(<Page />);
    expect(opened()).toBe("shortcuts");
    useOverlay.setState({ open: null });
    expect(press("k", { code: "KeyK" })).toBe(true);
    cleanup();
    render(<Page />);
    expect(opened()).toBeNull();
  });

  it("sends nothing late", () => {
    press("Enter", { ctrlKey: true });
    render(<Page />);
    expect(sent).not.toHaveBeenCalled();
  });

  it("leaves what is held down, composed or typed", () => {
    press("k", { ctrlKey: true, code: "KeyK", repeat: true });
    press("x");
    render(<Page />);
    expect(opened()).toBeNull();
  });
});
