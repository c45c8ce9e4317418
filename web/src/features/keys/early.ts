/** A key that is pressed before the listener of keys has come is kept for it. */

/** Hears keys in place of the listener; the last one is a property of it. */
type EarlyListener = ((event: KeyboardEvent) => void) & { last?: KeyboardEvent };

declare global {
  var cseKeys: EarlyListener | undefined;
}

/**
 * Listens from the head of a page on. What the browser does itself by the first key of the search is kept from
 * it, as it cannot be taken back later.
 */
export const EARLY_KEYS_SCRIPT =
  '(function(w){function k(e){if(e.isComposing||e.repeat)return;k.last=e;if((e.ctrlKey||e.metaKey)&&!e.shiftKey&&!e.altKey&&e.code==="KeyK")e.preventDefault()}w.cseKeys=k;w.addEventListener("keydown",k)})(window)';

/** Ends it, and gives what was pressed last; null where nothing was. */
export function takeEarlyKey(): KeyboardEvent | null {
  const early = globalThis.cseKeys;
  if (!early) return null;
  globalThis.cseKeys = undefined;
  removeEventListener("keydown", early);
  return early.last ?? null;
}
