/** The routes of the exchange as its own description has them. */

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  /** What it may be, in the words of its schema. */
  readonly kind: string;
  readonly description: string | null;
}

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** Whether only who is signed in, or a key, may send it. */
  readonly personal: boolean;
  /** Of requests a minute, how many it counts as. */
  readonly weight: number | null;
  readonly parameters: readonly Parameter[];
  /** The name of the body's type; null where there is none, or a file. */
  readonly body: string | null;
  /** Bodies to try, by what each does. */
  readonly examples: readonly { readonly title: string; readonly text: string }[];
  /** Codes that it may be refused with, by status. */
  readonly refusals: readonly { readonly status: string; readonly codes: readonly string[] }[];
}

export interface Description {
  readonly operations: readonly Operation[];
  /** What a body's type says of itself. */
  readonly about: (type: string) => string | null;
}

/** What programs begin with, by the first part of a path; all else stands as it is described, the desk last. */
const FIRST: readonly string[] = [
  "markets",
  "tickers",
  "ticker",
  "orderbook",
  "trades",
  "candles",
  "indicators",
  "orders",
  "fills",
  "balances",
  "transfers",
  "ledger",
  "fees",
  "limits",
];
const LAST = "admin";

/** The operations in the order in which programs come to need them. */
export function ranked(operations: readonly Operation[]): readonly Operation[] {
  const rank = ({ path }: Operation) => {
    const part = path.split("/")[2] ?? "";
    const known = FIRST.indexOf(part);
    return known >= 0 ? known : part === LAST ? FIRST.length + 1 : FIRST.length;
  };
  return [...operations].sort((one, other) => rank(one) - rank(other));
}

/** The operations that have all words somewhere. */
export function matching(operations: readonly Operation[], words: string): readonly Operation[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter(({ method, path, summary }) => {
    const text = `${method} ${path} ${summary}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
