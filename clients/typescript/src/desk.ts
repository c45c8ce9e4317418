/** What operators of the exchange do. For everybody else there is nothing at these addresses. */

import type { CallOptions, Calls } from "./calls.ts";
import type { components } from "./generated/api.ts";

type Schemas = components["schemas"];

export type OwnRoles = Schemas["OwnRoles"];
export type Overview = Schemas["Overview"];
export type ServiceView = Schemas["ServiceView"];
export type IncidentView = Schemas["IncidentView"];
export type NewIncident = Schemas["NewIncident"];
export type PersonView = Schemas["PersonView"];
export type PersonDetail = Schemas["PersonDetail"];
export type Timeline = Schemas["Timeline"];
export type TimelineEntry = Schemas["TimelineEntry"];
export type Freeze = Schemas["Freeze"];

export class DeskClient {
  readonly #calls: Calls;

  /** Of whoever these calls are: `client.calls`. */
  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** The roles and rights of who asks. */
  self(options?: CallOptions): Promise<OwnRoles> {
    return this.#calls.read("/api/admin/self", undefined, options);
  }

  overview(options?: CallOptions): Promise<Overview> {
    return this.#calls.read("/api/admin/overview", undefined, options);
  }

  /** Tells everybody, in the place of an incident that goes on. */
  async beginIncident(incident: NewIncident): Promise<void> {
    await this.#act("POST", "/api/admin/incidents", incident);
  }

  async endIncident(): Promise<void> {
    await this.#act("DELETE", "/api/admin/incidents/current");
  }

  /** Persons by the beginning of an e-mail, an account's number or an id. */
  async people(sought: string, options?: CallOptions): Promise<PersonView[]> {
    return (await this.#calls.read<Schemas["PersonViews"]>("/api/admin/people", { sought }, options)).items;
  }

  person(id: string, options?: CallOptions): Promise<PersonDetail> {
    return this.#calls.read(pathOf(id), undefined, options);
  }

  timeline(id: string, cursor: string | null, options?: CallOptions): Promise<Timeline> {
    const query = cursor === null ? undefined : { cursor };
    return this.#calls.read(`${pathOf(id)}/timeline`, query, options);
  }

  freeze(id: string, freeze: Freeze): Promise<PersonDetail> {
    return this.#act("POST", `${pathOf(id)}/freeze`, freeze);
  }

  unfreeze(id: string, reason: string): Promise<PersonDetail> {
    return this.#act("POST", `${pathOf(id)}/unfreeze`, { reason });
  }

  setFeeTier(id: string, tier: number): Promise<PersonDetail> {
    return this.#act("POST", `${pathOf(id)}/fee-tier`, { tier });
  }

  async #act<Body>(method: "POST" | "DELETE", path: string, body?: unknown): Promise<Body> {
    return (await this.#calls.own(method, path, { body, money: "none" })).body as Body;
  }
}

function pathOf(id: string): string {
  return `/api/admin/people/${encodeURIComponent(id)}`;
}
