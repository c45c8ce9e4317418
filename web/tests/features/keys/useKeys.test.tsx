// @vitest-environment jsdom
import { cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useActs } from "@/features/keys/acts";
import { AT_FIRST, useBindings } from "@/features/keys/bindings";
import { bind } from "@/features/keys/kept";
import { useKeys } from "@/features/keys/useKeys";
import { useOverlay } from "@/features/palette/state";
import { usePreferences } from "@/providers/kept/preferences";

const did = vi.fn<(act: string) => void>();

function Page() {
  useKeys();
  useActs({
    buy: () => did("buy"),
    send: () => did("send"),
    review: () => did("review"),
    part1: () => false,
  });
  return (
    <main>
      <input name="price" />
      <input type="checkbox" />
      <button type="button">x</button>
      <select />
      <dialog />
    </main>
  );
}

function press(key: string, on = "body", more: KeyboardEventInit = {}): boolean {
  const target = document.querySelector(on) as HTMLElement;
  return target.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }),
  );
}

beforeEach(() => {
  localStorage.clear();
  useBindings.setState(AT_FIRST);
  usePreferences.setState({ shortcuts: true });
  useOverlay.setState({ open: null });
  did.mockReset();
  render(<Page />);
});
afterEach(cleanup);

describe("a key", () => {
  it.each<[string, string, string, KeyboardEventInit, string | null]>([
    ["of one letter", "b", "body", {}, "buy"],
    ["of one letter on a tick box", "b", "input[type=checkbox]", {}, "buy"],
    ["of one letter in a field", "b", "input[name=price]", {}, null],
    ["of one letter in a choice", "b", "select", {}, null],
    ["of one letter while text is composed", "b", "body", { isComposing: true }, null],
    ["that is held down", "b", "body", { repeat: true }, null],
    ["with Ctrl in a field", "Enter", "input[name=price]", { ctrlKey: true }, "send"],
    ["with Ctrl while text is composed", "Enter", "body", { ctrlKey: true, isComposing: true }, null],
    ["Enter on the page", "Enter", "body", {}, "review"],
    ["Enter on a button", "Enter", "button", {}, null],
    ["Enter in a field", "Enter", "input[name=price]", {}, null],
  ])("%s", (_, key, on, more, act) => {
    press(key, on, more);
    expect(did.mock.calls.map(([name]) => name)).toEqual(act ? [act] : []);
  });

  it("is left to the browser where it did nothing", () => {
    expect(press("1")).toBe(true);
    expect(press("b")).toBe(false);
  });

  it("does nothing over a dialog but find", () => {
    document.querySelector("dialog")?.setAttribute("open", "");
    press("b");
    press("Enter", "body", { ctrlKey: true });
    expect(did).not.toHaveBeenCalled();
    press("k", "body", { ctrlKey: true });
    expect(useOverlay.getState().open).toBe("palette");
  });

  it("does nothing while keys are turned off but find", () => {
    usePreferences.setState({ shortcuts: false });
    press("b");
    press("?");
    press("Enter", "body", { ctrlKey: true });
    expect(did).not.toHaveBeenCalled();
    expect(useOverlay.getState().open).toBeNull();
    press("k", "body", { metaKey: true });
    expect(useOverlay.getState().open).toBe("palette");
  });

  it("is another one once it was bound anew", () => {
    bind("buy", "V");
    press("b");
    press("v");
    expect(did.mock.calls).toEqual([["buy"]]);
  });

  it("does nothing any more when its part of the page has gone", () => {
    cleanup();
    press("b");
    expect(did).not.toHaveBeenCalled();
  });
});
