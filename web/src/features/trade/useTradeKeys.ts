"use client";

import { type RefObject, useEffect, useRef } from "react";
import { openShortcuts } from "@/features/palette/state";
import { usePreferences } from "@/providers/preferences";
import type { Ticket } from "./ticket/useTicket";

const PERCENTS: Record<string, number> = { "1": 25, "2": 50, "3": 75, "4": 100 };

/**
 * The keys of the trade page: B and S, L and M, 1 to 4, ? for the list, Ctrl-Enter for the button.
 *
 * None of one letter fires in a field, in a dialog or while text is being composed, and one preference
 * turns them off. What sends needs a modifier.
 */
export function useTradeKeys(ticket: Ticket, form: RefObject<HTMLFormElement | null>): void {
  const latest = useRef(ticket);
  useEffect(() => {
    latest.current = ticket;
  });
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.current?.querySelector<HTMLButtonElement>("[data-send]")?.click();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
      if (!usePreferences.getState().shortcuts) return;
      if (press(event.key, latest.current)) event.preventDefault();
    };
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  }, [form]);
}

function press(key: string, { edit, choosePercent, available }: Ticket): boolean {
  const percent = PERCENTS[key];
  switch (key.toLowerCase()) {
    case "b":
      edit({ side: "buy" });
      return true;
    case "s":
      edit({ side: "sell" });
      return true;
    case "l":
      edit({ type: "limit" });
      return true;
    case "m":
      edit({ type: "market" });
      return true;
    case "?":
      openShortcuts();
      return true;
    default:
      if (percent === undefined || available === null) return false;
      choosePercent(percent);
      return true;
  }
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[role='menu'], [role='listbox']")) return true;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "range", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
