/** Months, quarters and years of the calendar, in UTC as the exchange counts them. */
export interface StatementPeriod {
  /** As the exchange is asked: `2026-01`, `2026-Q1` or `2026`. */
  readonly name: string;
  readonly kind: "month" | "quarter" | "year";
  readonly year: number;
  /** The month or quarter, from 1; 1 of a year. */
  readonly number: number;
  /** Whether it goes on. */
  readonly soFar: boolean;
}

const MONTHS_MAX = 36;
const KINDS = { month: 12, quarter: 4, year: 1 } as const;

/** Every period from one moment to another, the newest first: months, then quarters, then years. */
export function periodsSince(since: number, now: number): StatementPeriod[] {
  const [first, last] = [monthOf(since), monthOf(now)];
  return (["month", "quarter", "year"] as const).flatMap((kind) => {
    const months = 12 / KINDS[kind];
    const [from, to] = [Math.floor(first / months), Math.floor(last / months)];
    const count = Math.min(to - from + 1, MONTHS_MAX);
    return Array.from({ length: Math.max(1, count) }, (_, back) => periodOf(kind, to - back, back === 0));
  });
}

function periodOf(kind: StatementPeriod["kind"], place: number, soFar: boolean): StatementPeriod {
  const inYear = KINDS[kind];
  const [year, number] = [Math.floor(place / inYear), (place % inYear) + 1];
  const part = { month: `-${String(number).padStart(2, "0")}`, quarter: `-Q${number}`, year: "" }[kind];
  return { name: `${year}${part}`, kind, year, number, soFar };
}

/** Months since the year 0. */
function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
