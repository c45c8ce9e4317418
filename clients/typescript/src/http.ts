/** One request and its answer: times out, reads problem details, knows whether money may have moved. */

import { ApiError, OutcomeUnknown, type ProblemDetails } from "./errors.ts";
import type { MoneyState } from "./generated/codes.ts";
import type { Signing } from "./keys.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** What goes out. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Query | undefined;
  readonly body?: unknown;
  /** A file, in the place of a body. */
  readonly file?: Blob | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** What to think of money when there is no answer. */
  readonly moneyIfUnknown: MoneyState;
  readonly timeoutMs: number;
  /** Signs the request as it goes out. */
  readonly signing?: Signing | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What came back with a status below 300. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The journal's sequence that the answer reflects. */
  readonly sequence: bigint;
}

/** Whether an answer is lines to keep, and no value. */
function isTable(response: Response): boolean {
  return /^(text\/csv|application\/x-ndjson)/.test(response.headers.get("Content-Type") ?? "");
}

/** Whether it is a file as it is. */
function isFile(response: Response): boolean {
  const type = response.headers.get("Content-Type") ?? "";
  return response.ok && /^(application\/(zip|pdf)|image\/(jpeg|png))$/.test(type);
}

/** Sends requests to one origin. */
export class Http {
  readonly #base: string;
  readonly #fetch: Fetch;
  readonly #web: boolean;

  constructor(base: string, fetch: Fetch, web: boolean) {
    this.#base = base.replace(/\/+$/, "");
    this.#fetch = fetch;
    this.#web = web;
  }

  /**
   * @throws ApiError for a refusal, OutcomeUnknown where no whole answer came.
   */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    const timer = setTimeout(abort, request.timeoutMs);
    request.signal?.addEventListener("abort", abort);
    if (request.signal?.aborted === true) abort();
    try {
      const target = request.path + queryText(request.query);
      const init = await this.#init(request, target, controller.signal);
      const response = await this.#fetch(this.#base + target, init);
      if (isFile(response)) {
        return { status: response.status, body: await response.blob(), sequence: sequenceOf(response) };
      }
      const text = await response.text();
      if (!response.ok) throw refusal(response, text);
      return {
        status: response.status,
        body: text === "" ? undefined : isTable(response) ? text : JSON.parse(text),
        sequence: sequenceOf(response),
      };
    } catch (error) {
      if (error instanceof ApiError) throw error;
      throw new OutcomeUnknown(request.moneyIfUnknown, error);
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener("abort", abort);
    }
  }

  async #init(request: HttpRequest, target: string, signal: AbortSignal): Promise<RequestInit> {
    const headers: Record<string, string> = { Accept: "application/json", ...request.headers };
    if (this.#web) headers["CSE-Client"] = "web";
    const init: RequestInit = { method: request.method, headers, signal, cache: "no-store" };
    if (this.#web) init.credentials = "same-origin";
    if (request.body !== undefined) {
      headers["Content-Type"] = "application/json";
      init.body = JSON.stringify(request.body);
    }
    if (request.file !== undefined) {
      headers["Content-Type"] = request.file.type;
      init.body = request.file;
    }
    if (request.signing !== undefined) {
      const { method } = request;
      const idempotencyKey = headers["Idempotency-Key"] ?? "";
      const body = typeof init.body === "string" ? init.body : "";
      Object.assign(headers, await request.signing.headers({ method, target, idempotencyKey, body }));
    }
    return init;
  }
}

function queryText(query: Query | undefined): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) pairs.append(name, String(value));
  }
  const text = pairs.toString();
  return text === "" ? "" : `?${text}`;
}

function refusal(response: Response, text: string): ApiError {
  let problem: ProblemDetails = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) problem = parsed;
  } catch {
    // A gateway answers in HTML; the status alone has to do.
  }
  return new ApiError(
    response.status,
    problem,
    numberIn(response, "Retry-After"),
    numberIn(response, "CSE-Time"),
  );
}

function numberIn(response: Response, header: string): number | undefined {
  const found = Number(response.headers.get(header) ?? Number.NaN);
  return Number.isFinite(found) ? found : undefined;
}

function sequenceOf(response: Response): bigint {
  const text = response.headers.get("CSE-Sequence") ?? "";
  return /^[0-9]{1,20}$/.test(text) ? BigInt(text) : 0n;
}
