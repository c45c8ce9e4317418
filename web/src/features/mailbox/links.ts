/** A part of a text; `at` is where it begins. */
export interface Part {
  readonly at: number;
  readonly text: string;
  readonly link: boolean;
}

/** A text by what is an address of a page and what is not; together the parts are the text. */
export function parted(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const found of text.matchAll(/https?:\/\/[^\s<>"]+/g)) {
    if (found.index > at) parts.push({ at, text: text.slice(at, found.index), link: false });
    parts.push({ at: found.index, text: found[0], link: true });
    at = found.index + found[0].length;
  }
  if (at < text.length) parts.push({ at, text: text.slice(at), link: false });
  return parts;
}
