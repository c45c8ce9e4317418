/** Organisations that a person acts for. What takes others' approvals answers with what was asked for. */

import type { CallOptions, Calls } from "./calls.ts";
import type { components } from "./generated/api.ts";

type Schemas = components["schemas"];

export type OrganisationView = Schemas["OrganisationView"];
export type OrganisationAccount = Schemas["OrganisationAccountView"];
export type OneOrganisation = Schemas["OneOrganisation"];
export type OrganisationMember = Schemas["MemberView"];
export type OrganisationPolicy = Schemas["PolicyView"];
export type OrganisationKey = Schemas["OrganisationKeyView"];
export type OrganisationEvents = Schemas["OrganisationEvents"];
export type OrganisationInvitation = Schemas["InvitationView"];
export type ApprovalRequest = Schemas["ApprovalRequestView"];
export type MemberRole = OrganisationView["roles"][number];
export type NewOrganisationKey = Schemas["NewOrganisationKey"];
export type OrganisationTransfer = Schemas["OrganisationTransfer"];

export class OrganisationsClient {
  readonly #calls: Calls;

  /** Of whoever these calls are: `client.calls`. */
  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** The person's organisations, with their accounts and what the person may do there. */
  async list(options?: CallOptions): Promise<OrganisationView[]> {
    const path = "/api/organisations";
    return (await this.#calls.read<Schemas["OrganisationViews"]>(path, undefined, options)).items;
  }

  /** One of them: members, invitations, policy. */
  one(id: string, options?: CallOptions): Promise<OneOrganisation> {
    return this.#calls.read(pathOf(id), undefined, options);
  }

  /** Makes one; needs a step up. */
  make(name: string): Promise<OneOrganisation> {
    return this.#act("POST", "/api/organisations", { name });
  }

  rename(id: string, name: string): Promise<OneOrganisation> {
    return this.#act("PATCH", pathOf(id), { name });
  }

  openAccount(id: string, name: string): Promise<OneOrganisation> {
    return this.#act("POST", `${pathOf(id)}/accounts`, { name });
  }

  renameAccount(id: string, account: string, name: string): Promise<OneOrganisation> {
    return this.#act("PATCH", accountPath(id, account), { name });
  }

  /** Takes an account out of use that is empty. */
  archiveAccount(id: string, account: string): Promise<OneOrganisation> {
    return this.#act("POST", `${accountPath(id, account)}/archive`);
  }

  restoreAccount(id: string, account: string): Promise<OneOrganisation> {
    return this.#act("POST", `${accountPath(id, account)}/restore`);
  }

  /** Invites whoever reads an e-mail, or asks for that; needs a step up. */
  invite(id: string, email: string, roles: readonly MemberRole[]): Promise<ApprovalRequest> {
    return this.#ask("POST", `${pathOf(id)}/invitations`, { email, member_roles: roles });
  }

  async uninvite(id: string, invitation: string): Promise<void> {
    await this.#act("DELETE", `${pathOf(id)}/invitations/${encodeURIComponent(invitation)}`);
  }

  /** Gives a member other roles, or asks for that; needs a step up. */
  setRoles(id: string, person: string, roles: readonly MemberRole[]): Promise<ApprovalRequest> {
    return this.#ask("PATCH", `${pathOf(id)}/members/${encodeURIComponent(person)}`, { member_roles: roles });
  }

  /** Removes a member, or asks for that; needs a step up. */
  remove(id: string, person: string): Promise<ApprovalRequest> {
    return this.#ask("DELETE", `${pathOf(id)}/members/${encodeURIComponent(person)}`);
  }

  async leave(id: string): Promise<void> {
    await this.#act("POST", `${pathOf(id)}/leave`);
  }

  /** Sets how many approvals what takes, or asks for that; needs a step up. */
  setPolicy(id: string, policy: OrganisationPolicy): Promise<ApprovalRequest> {
    return this.#ask("PATCH", `${pathOf(id)}/policy`, policy);
  }

  /** Moves money between two of its accounts, or asks for that; the same `idempotencyKey` does so once. */
  async transfer(
    id: string,
    wish: OrganisationTransfer & { idempotencyKey: string },
  ): Promise<ApprovalRequest> {
    const { idempotencyKey, ...body } = wish;
    const headers = { "Idempotency-Key": idempotencyKey };
    const parts = { body, headers, money: "unknown" } as const;
    const answer = await this.#calls.own("POST", `${pathOf(id)}/transfers`, parts);
    return (answer.body as Schemas["OneApprovalRequest"]).request;
  }

  async keys(id: string, options?: CallOptions): Promise<OrganisationKey[]> {
    const path = `${pathOf(id)}/keys`;
    return (await this.#calls.read<Schemas["OrganisationKeys"]>(path, undefined, options)).items;
  }

  /** Makes an API key, or asks for that; needs a step up. */
  makeKey(id: string, key: NewOrganisationKey): Promise<ApprovalRequest> {
    return this.#ask("POST", `${pathOf(id)}/keys`, key);
  }

  async revokeKey(id: string, key: string): Promise<void> {
    await this.#act("DELETE", `${pathOf(id)}/keys/${encodeURIComponent(key)}`);
  }

  /** What was asked for, what is open first. */
  async requests(id: string, options?: CallOptions): Promise<ApprovalRequest[]> {
    const path = `${pathOf(id)}/requests`;
    return (await this.#calls.read<Schemas["ApprovalRequestViews"]>(path, undefined, options)).items;
  }

  /** Approves what was seen; the last approval it needs has it done. Needs a step up. */
  approve(id: string, request: ApprovalRequest): Promise<ApprovalRequest> {
    return this.#ask("POST", `${requestPath(id, request.id)}/approve`, { digest: request.digest });
  }

  refuse(id: string, request: string, reason: string): Promise<ApprovalRequest> {
    return this.#ask("POST", `${requestPath(id, request)}/refuse`, { reason });
  }

  /** Takes back what one has asked for. */
  async withdraw(id: string, request: string): Promise<void> {
    await this.#act("DELETE", requestPath(id, request));
  }

  /** What its members did, the latest first. */
  log(id: string, cursor: string | null, options?: CallOptions): Promise<OrganisationEvents> {
    return this.#calls.read(`${pathOf(id)}/log`, cursor === null ? undefined : { cursor }, options);
  }

  /** What a mailed link invites to. */
  invitation(token: string): Promise<OrganisationInvitation> {
    return this.#act("POST", "/api/organisation-invitation", { token });
  }

  /** Joins by a mailed link. */
  accept(token: string): Promise<OneOrganisation> {
    return this.#act("POST", "/api/organisation-invitation/accept", { token });
  }

  async #ask(method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<ApprovalRequest> {
    return (await this.#act<Schemas["OneApprovalRequest"]>(method, path, body)).request;
  }

  async #act<Answer>(method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<Answer> {
    const answer = await this.#calls.own(method, path, { body, money: "none" });
    return answer.body as Answer;
  }
}

function pathOf(id: string): string {
  return `/api/organisations/${encodeURIComponent(id)}`;
}

function accountPath(id: string, account: string): string {
  return `${pathOf(id)}/accounts/${encodeURIComponent(account)}`;
}

function requestPath(id: string, request: string): string {
  return `${pathOf(id)}/requests/${encodeURIComponent(request)}`;
}
