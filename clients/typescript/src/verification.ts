/** Being verified: what a person hands in, and what reviewers make of it. */

import type { CallOptions, Calls } from "./calls.ts";
import type { components } from "./generated/api.ts";

type Schemas = components["schemas"];

export type VerificationView = Schemas["VerificationView"];
export type VerificationDocument = Schemas["DocumentView"];
export type DocumentKind = VerificationDocument["kind"];
export type NewApplication = Schemas["NewApplication"];
export type QueuedVerification = Schemas["QueuedVerification"];
export type ReviewedVerification = Schemas["ReviewedVerification"];
export type VerificationRefusal = Schemas["VerificationRefusal"];

/** A phone's connection takes a while for a file. */
const FILE_TIMEOUT_MS = 60_000;
const PATH = "/api/verification";
const DESK = "/api/admin/verifications";

/** What persons do about their own verification. */
export class VerificationClient {
  readonly #calls: Calls;

  /** Of whoever these calls are: `client.calls`. */
  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** How far the person is verified, and what they have applied for. */
  show(options?: CallOptions): Promise<VerificationView> {
    return this.#calls.read(PATH, undefined, options);
  }

  /** Begins an application, or changes the one that is not handed in. */
  begin(application: NewApplication): Promise<VerificationView> {
    return this.#act("POST", `${PATH}/application`, { body: application });
  }

  /** Adds a document: a JPEG, a PNG or a PDF, as its `type` says. */
  addDocument(kind: DocumentKind, file: Blob): Promise<VerificationView> {
    const options = { timeoutMs: FILE_TIMEOUT_MS };
    return this.#act("POST", `${PATH}/documents`, { query: { kind }, file, options });
  }

  removeDocument(id: string): Promise<VerificationView> {
    return this.#act("DELETE", `${PATH}/documents/${encodeURIComponent(id)}`, {});
  }

  /** Hands the application in. */
  submit(): Promise<VerificationView> {
    return this.#act("POST", `${PATH}/submission`, {});
  }

  /** Takes the application back, which erases it. */
  async withdraw(): Promise<void> {
    await this.#calls.own("DELETE", `${PATH}/application`, { money: "none" });
  }

  async #act<Body>(
    method: "POST" | "DELETE",
    path: string,
    parts: Parameters<Calls["own"]>[2],
  ): Promise<Body> {
    return (await this.#calls.own(method, path, { ...parts, money: "none" })).body as Body;
  }
}

/** What reviewers do. For everybody else there is nothing at these addresses. */
export class ReviewClient {
  readonly #calls: Calls;

  /** Of whoever these calls are: `client.calls`. */
  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** What is handed in, the oldest first; or what is approved, the latest first. */
  async queue(state: "pending" | "approved", options?: CallOptions): Promise<QueuedVerification[]> {
    return (await this.#calls.read<Schemas["VerificationQueue"]>(DESK, { state }, options)).items;
  }

  one(id: string, options?: CallOptions): Promise<ReviewedVerification> {
    return this.#calls.read(pathOf(id), undefined, options);
  }

  /** A document as it was handed in; a stranger's file. */
  document(id: string, document: string, options?: CallOptions): Promise<Blob> {
    const path = `${pathOf(id)}/documents/${encodeURIComponent(document)}`;
    const given = { timeoutMs: FILE_TIMEOUT_MS, ...options };
    return this.#calls.read(path, undefined, given);
  }

  async approve(id: string, reason: string, hitCleared: boolean): Promise<void> {
    const body = { reason, hit_cleared: hitCleared };
    await this.#calls.own("POST", `${pathOf(id)}/approve`, { body, money: "none" });
  }

  async refuse(id: string, refusal: VerificationRefusal): Promise<void> {
    await this.#calls.own("POST", `${pathOf(id)}/refuse`, { body: refusal, money: "none" });
  }

  /** Takes an approval back, and what of the person's stands above it. */
  async revoke(id: string, refusal: VerificationRefusal): Promise<void> {
    await this.#calls.own("POST", `${pathOf(id)}/revoke`, { body: refusal, money: "none" });
  }
}

function pathOf(id: string): string {
  return `${DESK}/${encodeURIComponent(id)}`;
}
