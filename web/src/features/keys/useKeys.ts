"use client";

import { useEffect } from "react";
import { openPalette, openShortcuts } from "@/features/palette/state";
import { usePreferences } from "@/providers/kept/preferences";
import { actOf } from "./acts";
import { type Act, useBindings } from "./bindings";
import { chordOf, isTyped } from "./chords";
import { takeEarlyKey } from "./early";
import { followKept } from "./kept";

/** What every page answers to. */
const EVERYWHERE: Partial<Record<Act, () => unknown>> = { find: openPalette, list: openShortcuts };

/**
 * Listens to the keys of a page: one listener that knows which key does what, for parts that say what they
 * can do (`useActs`).
 *
 * Nothing fires while text is composed or a dialog is open. In a field nothing fires that could be typed
 * there. One preference turns off all but the search. What was pressed before it listened opens what opens on
 * every page, and does nothing else: an order is not sent late.
 */
export function useKeys(): void {
  useEffect(() => {
    const stop = followKept();
    const early = takeEarlyKey();
    if (early) pressedEarly(early);
    addEventListener("keydown", pressed);
    return () => {
      stop();
      removeEventListener("keydown", pressed);
    };
  }, []);
}

function pressed(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented || event.repeat) return;
  const act = actAskedBy(event);
  if (!act) return;
  const does = EVERYWHERE[act] ?? actOf(act);
  if (does && does() !== false) event.preventDefault();
}

function pressedEarly(event: KeyboardEvent): void {
  const act = actAskedBy(event);
  if (act) EVERYWHERE[act]?.();
}

/** What is bound to a key that is meant for the page. */
function actAskedBy(event: KeyboardEvent): Act | undefined {
  const chord = chordOf(event);
  const act = chord ? actBoundTo(chord) : undefined;
  return chord && act !== "find" && isElsewhere(chord, event.target) ? undefined : act;
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
