/** Keys as they are named here, such as `Ctrl Shift X`, and which of them may be chosen for what. */

import type { Act, Bindings } from "./bindings";

/** What sends or cancels never hangs on one key alone; what works on every page must not be typed by chance. */
const HELD: ReadonlySet<Act> = new Set(["find", "send", "cancel"]);

/** Keys that move, leave, erase or press what has the focus. */
const FIXED = /(^| )(Tab|Escape|Space|Arrow\w+|Home|End|Page(Up|Down)|Backspace|Delete|Insert|ContextMenu)$/;
/** With Ctrl the browser has the digits and most letters; with Shift a few of them. */
const BROWSER = /^Ctrl ([A-JL-Z0-9]|[+\-=]|Shift [CDIJKMNPRTW])$|(^| )F\d+$|(^| )Alt /;

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey"> & {
  getModifierState(name: string): boolean;
};

/** The name of what is pressed; null while it is a held key only, or a letter that is being composed. */
export function chordOf(event: Pressed): string | null {
  const { key } = event;
  if (/^(Control|Shift|Alt|Meta|AltGraph|CapsLock|Dead|Process|Unidentified|Compose)$/.test(key)) return null;
  if (event.getModifierState("AltGraph")) return null;
  const name = nameOf(event);
  // What Shift makes of a sign is another sign; of a letter and of a named key it is the same one, held.
  const held = name.length > 1 || /[A-Z]/.test(name);
  return [
    (event.ctrlKey || event.metaKey) && "Ctrl",
    event.altKey && "Alt",
    event.shiftKey && held && "Shift",
    name,
  ]
    .filter(Boolean)
    .join(" ");
}

function nameOf({ key, code }: Pressed): string {
  if (key === " ") return "Space";
  // A keyboard of other letters has the Latin ones at the same places.
  const place = /^(?:Key|Digit)(.)$/.exec(code)?.[1];
  if (key.length === 1 && key > "~" && place) return place;
  return key.length === 1 ? key.toUpperCase() : key;
}

/** Whether a key can be typed into a field: then it is text there. */
export function isTyped(chord: string): boolean {
  return !chord.startsWith("Ctrl ");
}

export type Choice =
  | { readonly kind: "free" }
  | { readonly kind: "taken"; readonly by: Act }
  | { readonly kind: "refused"; readonly reason: "held" | "fixed" | "browser" };

/** Whether an act may have a key: not one that the page or the browser needs, nor twice the same. */
export function choiceOf(act: Act, chord: string, bindings: Bindings): Choice {
  if (FIXED.test(chord)) return { kind: "refused", reason: "fixed" };
  if (chord === "Enter" && act !== "review")
    return { kind: "refused", reason: HELD.has(act) ? "held" : "fixed" };
  if (BROWSER.test(chord)) return { kind: "refused", reason: "browser" };
  if (HELD.has(act) && isTyped(chord)) return { kind: "refused", reason: "held" };
  const by = (Object.keys(bindings) as Act[]).find((other) => other !== act && bindings[other] === chord);
  return by ? { kind: "taken", by } : { kind: "free" };
}
