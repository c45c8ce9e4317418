/** The papers that programs are written by, and where the links between them lead. */

/** By the name under which the gateway serves each: where it lies among the sources, which its links start at. */
export const PAPERS = {
  api: "docs/api.md",
  python: "clients/python/README.md",
  typescript: "clients/typescript/README.md",
  streams: "docs/api/streams.md",
  binance: "docs/api/binance.md",
  freqtrade: "docs/api/freqtrade.md",
  "chart-feed": "docs/api/chart-feed.md",
  codes: "docs/codes.md",
  "trading-rules": "docs/trading-rules.md",
  "trading-tables": "docs/trading-tables.md",
  changelog: "CHANGELOG.md",
} as const;

export type Paper = keyof typeof PAPERS;
/** What the page shows: the routes to try, or a paper. */
export type Shown = "reference" | Paper;

const NAMES = Object.keys(PAPERS) as Paper[];

/** The part that an address names; the reference where it names none. */
export function shownOf(search: URLSearchParams): Shown {
  const named = search.get("show");
  return NAMES.find((name) => name === named) ?? "reference";
}

/** Where a link of a paper leads: to another paper, to the exchange's own pages, away, or nowhere here. */
export function targetOf(href: string, from: Paper): string | null {
  if (/^https?:\/\//.test(href)) return href;
  if (href.startsWith("#")) return href;
  if (href.startsWith("/")) return href;
  const { pathname, hash } = new URL(href, `file:///${PAPERS[from]}`);
  const paper = NAMES.find((name) => `/${PAPERS[name]}` === pathname);
  return paper === undefined ? null : `?show=${paper}${hash}`;
}
