/** Which market a page is about, and which ones a person may have meant. */

/** The market named by the last part of a path, such as `LUNA-USDC`; null for the shell itself. */
export function pairFromPath(path: string): string | null {
  const parts = path.split("/").filter((part) => part !== "");
  const last = parts.at(-1);
  if (!last || last === "_" || last === "trade") return null;
  try {
    return decodeURIComponent(last).toUpperCase().slice(0, 300);
  } catch {
    return last.slice(0, 300);
  }
}

/** The markets whose names are nearest to what was asked for, best first. */
export function nearestMarkets(asked: string, markets: readonly string[], count: number): string[] {
  const wanted = joined(asked).slice(0, 40);
  return markets
    .map((market) => ({ market, distance: nearness(wanted, market) }))
    .sort((left, right) => left.distance - right.distance || (left.market < right.market ? -1 : 1))
    .slice(0, count)
    .map(({ market }) => market);
}

function nearness(wanted: string, market: string): number {
  const [base = ""] = market.split("-", 1);
  return Math.min(editDistance(wanted, joined(market)), editDistance(wanted, base) + 0.5);
}

function joined(market: string): string {
  return market.toUpperCase().replace(/[^A-Z0-9]/g, "");
}

/** How many signs must be added, dropped or changed to make one text of the other. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    let before = i;
    const next = [before];
    row.slice(1).forEach((above, j) => {
      const changed = (row[j] ?? 0) + (left[i - 1] === right[j] ? 0 : 1);
      before = Math.min(changed, above + 1, before + 1);
      next.push(before);
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}
