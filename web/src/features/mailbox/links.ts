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

/**
 * Where a link of a mail leads from this page: to the same exchange by the name by which it is open here, for
 * a session that was begun at `127.0.0.1` is not known at `localhost`. What is no link of ours stays as it is.
 */
export function fromHere(link: string, here: string): string {
  const [to, page] = [new URL(link), new URL(here)];
  const ours = to.protocol === page.protocol && to.port === page.port && isThisMachine(to.hostname);
  return ours && isThisMachine(page.hostname) ? `${page.origin}${to.pathname}${to.search}${to.hash}` : link;
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d+){3}$/.test(host);
}
