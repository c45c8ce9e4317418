/**
 * What can go wrong.
 *
 * `ApiError` is an answer of the exchange. `OutcomeUnknown` is the lack of one: where the request
 * could have moved money, it says so, and nobody may call it a failure before it is looked up.
 */

import { CODES, type Code, type CodeEntry, type MoneyState } from "./generated/codes.ts";

const NO_ANSWER =
  "The exchange did not answer in time. Whether the request took effect is not known: repeat it with the same client_order_id or Idempotency-Key, or look it up, before you act again.";

/** The body of a refusal (RFC 9457). */
export interface ProblemDetails {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly code?: string;
  readonly retryable?: boolean;
  readonly money?: MoneyState;
  readonly instance?: string;
  readonly field?: string | null;
  readonly challenge?: string | null;
  readonly methods?: readonly string[] | null;
  readonly now?: string | null;
}

/** The exchange refused the request. */
export class ApiError extends Error {
  readonly status: number;
  /** Stable; of the catalogue, or `unrecognised` where the answer is not one of the exchange's. */
  readonly code: Code | "unrecognised";
  /** `none`: nothing happened. `unknown`: look before you act again. */
  readonly moneyState: MoneyState;
  /** The same request may succeed later without a change. */
  readonly retryable: boolean;
  /** What a person reads, in English; map `code` for other languages. */
  readonly sentence: string;
  /** The field of the request that is at fault. */
  readonly field: string | undefined;
  /** What a code has to be sent with, where one is needed to sign in. */
  readonly challenge: string | undefined;
  /** By what the person can show that it is them, where that is needed. */
  readonly methods: readonly string[];
  /** What a setting is now that is another than was seen. */
  readonly now: string | undefined;
  /** What support asks for. */
  readonly reference: string;
  /** Seconds after which to try again, where the answer says so. */
  readonly retryAfterS: number | undefined;
  /** The exchange's time in microseconds, where that is what is wrong with a request. */
  readonly timeUs: number | undefined;

  constructor(status: number, problem: ProblemDetails, retryAfterS?: number, timeUs?: number) {
    const code = knownCode(problem.code);
    const entry: CodeEntry | undefined = code === undefined ? undefined : CODES[code];
    const sentence = problem.detail ?? `The exchange answered with ${status}${code ? ` (${code})` : ""}.`;
    super(sentence);
    this.name = "ApiError";
    this.status = status;
    this.code = code ?? "unrecognised";
    // An answer without a code may come from a proxy behind which the request went on.
    this.moneyState = problem.money ?? entry?.money ?? (status >= 500 ? "unknown" : "none");
    this.retryable = problem.retryable ?? entry?.retryable ?? status >= 500;
    this.sentence = sentence;
    this.field = problem.field ?? undefined;
    this.challenge = problem.challenge ?? undefined;
    this.methods = problem.methods ?? [];
    this.now = problem.now ?? undefined;
    this.reference = problem.instance ?? "";
    this.retryAfterS = retryAfterS;
    this.timeUs = timeUs;
  }
}

/** There was no answer: the network was away, the time was over, or the answer was cut off. */
export class OutcomeUnknown extends Error {
  /** `none` for reads and for what cannot move money. */
  readonly moneyState: MoneyState;
  readonly code = "outcome_unknown" as const;
  readonly retryable = true;
  readonly sentence = NO_ANSWER;

  constructor(moneyState: MoneyState, cause?: unknown) {
    super(NO_ANSWER, { cause });
    this.name = "OutcomeUnknown";
    this.moneyState = moneyState;
  }
}

/** The catalogue's code of that name, if it is one. */
export function knownCode(name: string | undefined): Code | undefined {
  return name !== undefined && Object.hasOwn(CODES, name) ? (name as Code) : undefined;
}

/** Whether the request may have taken effect though it did not succeed. */
export function mayHaveHappened(error: unknown): boolean {
  if (error instanceof ApiError || error instanceof OutcomeUnknown) {
    return error.moneyState === "unknown";
  }
  return false;
}
