/** A paper as HTML: headings that can be linked to, links that stay within the page. */

import { Marked, type Tokens } from "marked";
import { type Paper, targetOf } from "./papers";

interface Heading {
  readonly id: string;
  readonly text: string;
}

interface Rendered {
  readonly html: string;
  /** Of the second level, in their order. */
  readonly headings: readonly Heading[];
}

export function render(markdown: string, paper: Paper): Rendered {
  const headings: Heading[] = [];
  const ids = new Map<string, number>();
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        const id = unique(slugOf(text), ids);
        const inner = this.parser.parseInline(tokens);
        if (depth === 2) headings.push({ id, text: plain(text) });
        // The page has a title of its own above.
        const level = Math.min(depth + 1, 6);
        return `<h${level} id="${id}" tabindex="-1">${inner}</h${level}>`;
      },
      link({ href, tokens }: Tokens.Link) {
        const inner = this.parser.parseInline(tokens);
        const target = targetOf(href, paper);
        return target === null ? inner : `<a href="${escaped(target)}">${inner}</a>`;
      },
      /** Papers are the exchange's own, and have none; what stands there is shown as it stands. */
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escaped(text),
      image: ({ text }: Tokens.Image) => escaped(text),
    },
  });
  const html = marked.parse(markdown, { async: false });
  return {
    html: html
      .replaceAll("<pre>", '<pre tabindex="0">')
      .replaceAll("<table>", '<div tabindex="0"><table>')
      .replaceAll("</table>", "</table></div>"),
    headings,
  };
}

/** As GitHub makes an anchor of a heading. */
export function slugOf(heading: string): string {
  return plain(heading)
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

function plain(text: string): string {
  return text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]/g, "");
}

function unique(slug: string, ids: Map<string, number>): string {
  const before = ids.get(slug);
  ids.set(slug, (before ?? 0) + 1);
  return before === undefined ? slug : `${slug}-${before}`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
