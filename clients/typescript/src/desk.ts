/** What operators of the exchange do. For everybody else there is nothing at these addresses. */

import type { CallOptions, Calls } from "./calls.ts";
import type { components } from "./generated/api.ts";
import type { IncidentView } from "./incidents.ts";

type Schemas = components["schemas"];

export type OwnRoles = Schemas["OwnRoles"];
export type OperatorView = Schemas["OperatorView"];
export type Overview = Schemas["Overview"];
export type ServiceView = Schemas["ServiceView"];
export type NewIncident = Schemas["NewIncident"];
export type PersonView = Schemas["PersonView"];
export type PersonDetail = Schemas["PersonDetail"];
export type Timeline = Schemas["Timeline"];
export type TimelineEntry = Schemas["TimelineEntry"];
export type Freeze = Schemas["Freeze"];
export type DeskMarket = Schemas["DeskMarket"];
export type NewMarket = Schemas["NewMarket"];
export type MarketStatusChange = Schemas["MarketStatusChange"];
export type MarketBand = Schemas["MarketBand"];
export type MarketLimits = Schemas["MarketLimits"];
export type MarketFeeRates = Schemas["MarketFeeRates"];
export type MarketPromotion = Schemas["MarketPromotion"];
export type RiskLimits = Schemas["RiskLimits"];
export type NewRiskLimits = Schemas["NewRiskLimits"];
export type DeskRates = Schemas["AllRates"];
export type NewRate = Schemas["NewRate"];
export type RiskFlag = Schemas["FlagView"];
export type RiskFlags = Schemas["Flags"];
export type DeskRequest = Schemas["RequestView"];
export type NewOperator = Schemas["NewOperator"];
export type Queue = Schemas["Queue"];
export type Jobs = Schemas["Jobs"];
export type JobMail = Schemas["JobMail"];
export type AuditEvents = Schemas["AuditEvents"];
export type AuditEvent = Schemas["AuditEventView"];
export type AuditChain = Schemas["AuditChain"];
export type SettingChange = Schemas["SettingChange"];
export type SettingChanges = Schemas["SettingChanges"];
/** What of the audit log is looked for; an empty text is everything. */
export type AuditSought = Partial<Record<"actor" | "act" | "subject" | "since" | "until", string>>;

const EXPORT_TIMEOUT_MS = 600_000;

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

  /** Everybody with a role. */
  async operators(options?: CallOptions): Promise<OperatorView[]> {
    return (await this.#calls.read<Schemas["OperatorViews"]>("/api/admin/operators", undefined, options))
      .items;
  }

  overview(options?: CallOptions): Promise<Overview> {
    return this.#calls.read("/api/admin/overview", undefined, options);
  }

  /** The last incidents. */
  async incidents(options?: CallOptions): Promise<IncidentView[]> {
    const path = "/api/admin/incidents";
    return (await this.#calls.read<Schemas["IncidentViews"]>(path, undefined, options)).items;
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

  /** Asks for it: another operator decides. */
  unfreeze(id: string, reason: string): Promise<DeskRequest> {
    return this.#act("POST", `${pathOf(id)}/unfreeze`, { reason });
  }

  setFeeTier(id: string, tier: number): Promise<PersonDetail> {
    return this.#act("POST", `${pathOf(id)}/fee-tier`, { tier });
  }

  async markets(options?: CallOptions): Promise<DeskMarket[]> {
    return (await this.#calls.read<Schemas["DeskMarkets"]>("/api/admin/markets", undefined, options)).items;
  }

  /** Lists a market, which takes no orders yet. */
  createMarket(market: NewMarket): Promise<DeskMarket> {
    return this.#act("POST", "/api/admin/markets", market);
  }

  setMarketStatus(market: string, change: MarketStatusChange): Promise<DeskMarket> {
    return this.#act("POST", `${marketPath(market)}/status`, change);
  }

  setMarketBand(market: string, band: MarketBand): Promise<DeskMarket> {
    return this.#act("POST", `${marketPath(market)}/band`, band);
  }

  setMarketLimits(market: string, limits: MarketLimits): Promise<DeskMarket> {
    return this.#act("POST", `${marketPath(market)}/limits`, limits);
  }

  /** How many orders were cancelled. */
  async cancelMarketOrders(market: string, reason: string): Promise<number> {
    const path = `${marketPath(market)}/cancel-orders`;
    return (await this.#act<Schemas["CancelledMarketOrders"]>("POST", path, { reason })).cancelled;
  }

  /** Asks for it: another operator decides. So do the next two. */
  setMarketFees(market: string, rates: MarketFeeRates): Promise<DeskRequest> {
    return this.#act("POST", `${marketPath(market)}/fees`, rates);
  }

  promoteMarket(market: string, promotion: MarketPromotion): Promise<DeskRequest> {
    return this.#act("POST", `${marketPath(market)}/promotion`, promotion);
  }

  delistMarket(market: string, reason: string): Promise<DeskRequest> {
    return this.#act("POST", `${marketPath(market)}/delist`, { reason });
  }

  endMarketPromotion(market: string): Promise<DeskMarket> {
    return this.#act("DELETE", `${marketPath(market)}/promotion`);
  }

  /** The limits that tiers have of their own, in all markets. */
  async riskLimits(options?: CallOptions): Promise<RiskLimits[]> {
    return (await this.#calls.read<Schemas["AllRiskLimits"]>("/api/admin/risk", undefined, options)).items;
  }

  /** Sets limits of a tier; those of the market afterwards. */
  async setRiskLimits(market: string, limits: NewRiskLimits): Promise<RiskLimits[]> {
    const path = `${marketPath(market)}/risk`;
    return (await this.#act<Schemas["AllRiskLimits"]>("POST", path, limits)).items;
  }

  /** The rates that tiers have of their own, and between what each may be set. */
  rates(options?: CallOptions): Promise<DeskRates> {
    return this.#calls.read("/api/admin/rates", undefined, options);
  }

  /** Sets a rate of a tier, or with zeros leaves it that of tier 0; all of them afterwards. */
  setRate(rate: NewRate): Promise<DeskRates> {
    return this.#act("POST", "/api/admin/rates", rate);
  }

  /** Patterns that accounts have shown, of an account or a market; an empty text is every one. */
  flags(
    sought: { account: string; market: string },
    cursor: string | null,
    options?: CallOptions,
  ): Promise<RiskFlags> {
    return this.#calls.read("/api/admin/flags", queryOf(sought, cursor), options);
  }

  async requests(options?: CallOptions): Promise<DeskRequest[]> {
    return (await this.#calls.read<Schemas["RequestViews"]>("/api/admin/requests", undefined, options)).items;
  }

  /** Has what another operator asked for carried out. */
  approve(id: string): Promise<DeskRequest> {
    return this.#act("POST", `${requestPath(id)}/approve`);
  }

  refuse(id: string, reason: string): Promise<DeskRequest> {
    return this.#act("POST", `${requestPath(id)}/refuse`, { reason });
  }

  async withdraw(id: string): Promise<void> {
    await this.#act("DELETE", requestPath(id));
  }

  /** Asks for a role of a person: another operator decides. */
  grantRole(grant: NewOperator): Promise<DeskRequest> {
    return this.#act("POST", "/api/admin/operators", grant);
  }

  async takeRole(person: string, role: string): Promise<void> {
    const path = `/api/admin/operators/${encodeURIComponent(person)}/roles/${encodeURIComponent(role)}`;
    await this.#act("DELETE", path);
  }

  jobs(options?: CallOptions): Promise<Jobs> {
    return this.#calls.read("/api/admin/jobs", undefined, options);
  }

  async retryMail(id: string, reason: string): Promise<void> {
    await this.#act("POST", `/api/admin/jobs/mails/${encodeURIComponent(id)}/retry`, { reason });
  }

  async giveUpMail(id: string, reason: string): Promise<void> {
    await this.#act("POST", `/api/admin/jobs/mails/${encodeURIComponent(id)}/give-up`, { reason });
  }

  audit(sought: AuditSought, cursor: string | null, options?: CallOptions): Promise<AuditEvents> {
    return this.#calls.read("/api/admin/audit", queryOf(sought, cursor), options);
  }

  /** What was found as JSON Lines or CSV; needs a step up. */
  async exportAudit(sought: AuditSought, format: "jsonl" | "csv"): Promise<string> {
    const query = { ...queryOf(sought, null), format };
    const options = { timeoutMs: EXPORT_TIMEOUT_MS };
    return (await this.#calls.read<string | undefined>("/api/admin/audit/export", query, options)) ?? "";
  }

  auditChain(options?: CallOptions): Promise<AuditChain> {
    return this.#calls.read("/api/admin/audit/chain", undefined, options);
  }

  /** Every act that the audit log knows. */
  async auditActs(options?: CallOptions): Promise<string[]> {
    const found = await this.#calls.read<Schemas["AuditActs"]>("/api/admin/audit/acts", undefined, options);
    return found.items;
  }

  /** Settings that operators changed, of one subject or of all. */
  changes(subject: string, cursor: string | null, options?: CallOptions): Promise<SettingChanges> {
    return this.#calls.read("/api/admin/configuration", queryOf({ subject }, cursor), options);
  }

  async #act<Body>(method: "POST" | "DELETE", path: string, body?: unknown): Promise<Body> {
    return (await this.#calls.own(method, path, { body, money: "none" })).body as Body;
  }
}

function pathOf(id: string): string {
  return `/api/admin/people/${encodeURIComponent(id)}`;
}

function queryOf(sought: Readonly<Record<string, string>>, cursor: string | null): Record<string, string> {
  const filled = Object.entries(sought).filter(([, value]) => value !== "");
  return Object.fromEntries(cursor === null ? filled : [...filled, ["cursor", cursor]]);
}

function marketPath(market: string): string {
  return `/api/admin/markets/${encodeURIComponent(market)}`;
}

function requestPath(id: string): string {
  return `/api/admin/requests/${encodeURIComponent(id)}`;
}
