/** What operators tell everybody of, now and before. */

import type { CallOptions, Calls } from "./calls.ts";
import type { components } from "./generated/api.ts";

type Schemas = components["schemas"];

export type IncidentView = Schemas["IncidentView"];

export class IncidentsClient {
  readonly #calls: Calls;

  /** Of anybody's calls: `client.calls`. */
  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** What everybody is to know just now; null where there is nothing. */
  async current(options?: CallOptions): Promise<IncidentView | null> {
    const path = "/api/incident";
    return (await this.#calls.public<Schemas["CurrentIncident"]>(path, undefined, options)).incident;
  }

  /** The last that everybody was told of, the latest first. */
  async list(options?: CallOptions): Promise<IncidentView[]> {
    const path = "/api/incidents";
    return (await this.#calls.public<Schemas["IncidentViews"]>(path, undefined, options)).items;
  }
}
