"use client";

import { useEffect } from "react";
import { openPalette, openShortcuts } from "@/features/palette/state";
import { usePreferences } from "@/providers/preferences";
import { actOf } from "./acts";
import { type Act, useBindings } from "./bindings";
import { chordOf, isTyped } from "./chords";
import { followKept } from "./kept";

/** What every page answers to. */
const EVERYWHERE: Partial<Record<Act, () => unknown>> = { find: openPalette, list: openShortcuts };

/**
 * Listens to the keys of a page: one listener that knows which key does what, for parts that say what they
 * can do (`useActs`).
 *
 * Nothing fires while text is composed or a dialog is open. In a field nothing fires that could be typed
 * there. One preference turns off all but the search.
 */
export function useKeys(): void {
  useEffect(() => {
    const stop = followKept();
    addEventListener("keydown", pressed);
    return () => {
      stop();
      removeEventListener("keydown", pressed);
    };
  }, []);
}

function pressed(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented || event.repeat) return;
  const chord = chordOf(event);
  const act = chord && actBoundTo(chord);
  if (!act || (act !== "find" && isElsewhere(chord, event.target))) return;
  const does = EVERYWHERE[act] ?? actOf(act);
  if (does && does() !== false) event.preventDefault();
}

function actBoundTo(chord: string): Act | undefined {
  const bindings = useBindings.getState();
  return (Object.keys(bindings) as Act[]).find((act) => bindings[act] === chord);
}

/** Whether the key is for something else than the page: a field, a control, a dialog. */
function isElsewhere(chord: string, target: EventTarget | null): boolean {
  if (!usePreferences.getState().shortcuts || document.querySelector("dialog[open]")) return true;
  if (!isTyped(chord)) return false;
  return isField(target) || (chord === "Enter" && isControl(target));
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[role='menu'], [role='listbox']")) return true;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "range", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Whether Enter presses what has the focus. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a, button, input, summary, [tabindex='0']") !== null;
}
