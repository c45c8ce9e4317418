/** API keys of a person, and the limits that hold for whoever calls. */

import type { CallOptions, Calls } from "./calls.ts";
import type { components } from "./generated/api.ts";

type Schemas = components["schemas"];

export type NewApiKey = Schemas["NewApiKey"];
export type NewlyMadeApiKey = Schemas["NewlyMadeApiKey"];
export type ChangedApiKey = Schemas["ChangedApiKey"];
export type ApiKeyView = Schemas["ApiKeyView"];
export type LimitView = Schemas["LimitView"];

export class ApiKeysClient {
  readonly #calls: Calls;

  /** Of whoever these calls are: `client.calls`. */
  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** Makes a key. Its secret is in this answer and nowhere else. */
  async make(key: NewApiKey, options?: CallOptions): Promise<NewlyMadeApiKey> {
    return (await this.#calls.own("POST", "/api/keys", { body: key, money: "none", options }))
      .body as NewlyMadeApiKey;
  }

  /** Those that are not revoked, newest first. */
  async list(options?: CallOptions): Promise<ApiKeyView[]> {
    return (await this.#calls.read<Schemas["ApiKeys"]>("/api/keys", undefined, options)).items;
  }

  async one(id: string, options?: CallOptions): Promise<ApiKeyView> {
    return (await this.#calls.read<Schemas["OneApiKey"]>(pathOf(id), undefined, options)).key;
  }

  async change(id: string, changes: ChangedApiKey, options?: CallOptions): Promise<ApiKeyView> {
    const answer = await this.#calls.own("PATCH", pathOf(id), { body: changes, money: "none", options });
    return (answer.body as Schemas["OneApiKey"]).key;
  }

  async revoke(id: string, options?: CallOptions): Promise<void> {
    await this.#calls.own("DELETE", pathOf(id), { money: "none", options });
  }

  /** What the client's key may do, and where its limits stand. */
  self(options?: CallOptions): Promise<Schemas["ApiKeySelf"]> {
    return this.#calls.read("/api/keys/self", undefined, options);
  }

  /** Where the limits of whoever is signed in stand. */
  async limits(options?: CallOptions): Promise<LimitView[]> {
    return (await this.#calls.read<Schemas["LimitsNow"]>("/api/limits", undefined, options)).items;
  }
}

function pathOf(id: string): string {
  return `/api/keys/${encodeURIComponent(id)}`;
}
