/** Orders that are placed as one and linked: what they do together, and what stands in their way. */

import type { DraftList, DraftOrder } from "./draft.ts";
import type { Market } from "./market.ts";
import { type Problem, problemsBefore } from "./problems.ts";
import { type Available, type Quote, quote } from "./quote.ts";
import type { BookSides } from "./walk.ts";

/**
 * What the first order of a list would do now. What an OCO holds is what the dearer of the two does; the
 * exits of a bracket hold nothing before their entry has bought. A problem says in `order` whose it is.
 *
 * @throws Error when the list is empty.
 */
export function quoteList(
  list: DraftList,
  book: BookSides | null,
  market: Market,
  available?: Available | null,
  last: bigint | null = null,
  indicative: bigint | null = null,
): Quote {
  const [first, ...others] = list.orders;
  if (first === undefined) throw new Error("a list has orders");
  const main = quote(first, book, market, available, last, indicative);
  const collected: Problem[] = main.problems.map((problem) => ({ ...problem, order: 0 }));
  let dearest = main;
  others.forEach((order, at) => {
    const other = list.kind === "oco" ? quote(order, book, market, available, last) : null;
    const problems = other?.problems ?? exitProblems(order, market);
    collected.push(...problems.map((problem) => ({ ...problem, order: at + 1 })));
    if (other && other.hold.amount > dearest.hold.amount) dearest = other;
  });
  if (market.status === "auction" && !collected.some(({ code }) => code === "not_in_auction")) {
    collected.unshift({ code: "not_in_auction", severity: "error", field: null });
  }
  const more = dearest.hold.amount - main.hold.amount;
  const { balanceAfter } = main;
  return {
    ...main,
    hold: dearest.hold,
    balanceAfter:
      balanceAfter && first.side === "buy"
        ? { base: balanceAfter.base, quote: balanceAfter.quote - more }
        : balanceAfter,
    problems: sorted(collected),
  };
}

/** An exit sells what its entry will have bought. */
function exitProblems(order: DraftOrder, market: Market): Problem[] {
  return problemsBefore(order, market).filter(({ code }) => code !== "quantity_missing");
}

/** Errors before warnings, and of two that lack money the one that lacks more. */
function sorted(problems: readonly Problem[]): Problem[] {
  const funds = problems.filter(({ code }) => code === "insufficient_funds");
  const worst = funds.reduce<Problem | undefined>(
    (most, problem) => (most === undefined || (problem.needed ?? 0n) > (most.needed ?? 0n) ? problem : most),
    undefined,
  );
  const kept = problems.filter((problem) => problem.code !== "insufficient_funds" || problem === worst);
  return [
    ...kept.filter((one) => one.severity === "error"),
    ...kept.filter((one) => one.severity === "warning"),
  ];
}
