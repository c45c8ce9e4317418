/** What is a person's own: where they are signed in, passkeys, a second factor, data, choices. */

import type { CallOptions, Calls } from "./calls.ts";
import type { WebAuthnJson } from "./client.ts";
import type { components } from "./generated/api.ts";

type Schemas = components["schemas"];

/** A place where the person is signed in. */
export type SessionView = Schemas["SessionView"];
/** An archive of the person's data. */
export type ExportView = Schemas["ExportView"];
export type SecurityEvents = Schemas["SecurityEvents"];
export type SecurityEventView = Schemas["SecurityEventView"];
/** What guards the account. */
export type SecurityView = Schemas["Security"];
export type PasskeyView = Schemas["PasskeyView"];
/** A secret for an authenticator, also as an address and a picture. */
export type TotpEnrolment = Schemas["TotpEnrolment"];

export type PreferencesView = Schemas["PreferencesView"];
export type ChangedPreferences = Schemas["ChangedPreferences"];
export type Notifications = Schemas["Notifications"];
/** Something that the person is told of. */
export type NotificationView = Schemas["NotificationView"];
/** A price to be told of, once. */
export type PriceAlertView = Schemas["PriceAlertView"];
export type KeptName = Schemas["KeptName"];
export type KeptText = Schemas["KeptText"];
export type NewPriceAlert = Schemas["NewPriceAlert"];
export type EmailView = Schemas["EmailView"];
/** A mail in a demo's mailbox. */
export type MailView = Schemas["MailView"];

/** An archive may be hundreds of megabytes. */
const ARCHIVE_TIMEOUT_MS = 600_000;

export class PersonClient {
  readonly #calls: Calls;

  /** Of whoever these calls are: `client.calls`. */
  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** The person's e-mail, and since when it is known that they read its mail. */
  email(options?: CallOptions): Promise<EmailView> {
    return this.#calls.read("/api/security/email", undefined, options);
  }

  /** Has another link sent to the person's e-mail. */
  async sendEmailVerification(options?: CallOptions): Promise<void> {
    await this.#calls.own("POST", "/api/security/email/verification", { money: "none", options });
  }

  /** Chooses another password, which ends all other sessions; needs a step up. */
  async changePassword(change: { currentPassword: string; password: string }): Promise<void> {
    const body = { current_password: change.currentPassword, password: change.password };
    await this.#calls.own("POST", "/api/security/password", { body, money: "none" });
  }

  /** Has a link sent by which the person's e-mail becomes this one; needs a step up. */
  async changeEmail(change: { email: string; password: string }): Promise<void> {
    const { email, password } = change;
    await this.#calls.own("POST", "/api/security/email", { body: { email, password }, money: "none" });
  }

  /** Has the e-mail be the one before, by the token of a link that was sent there. */
  async undoEmailChange(token: string): Promise<void> {
    await this.#calls.send("POST", "/api/auth/email-change/undo", { body: { token } });
  }

  /** Has a phrase stand at the head of every mail to the person; needs a step up. */
  async setMailPhrase(phrase: string): Promise<void> {
    await this.#calls.own("POST", "/api/security/mail-phrase", { body: { phrase }, money: "none" });
  }

  /** Has none stand there; needs a step up. */
  async removeMailPhrase(): Promise<void> {
    await this.#calls.own("DELETE", "/api/security/mail-phrase", { money: "none" });
  }

  /** How the person likes the app and mails to be. */
  preferences(options?: CallOptions): Promise<PreferencesView> {
    return this.#calls.read("/api/preferences", undefined, options);
  }

  /** Changes some of that; `version_outdated` where another device has since `changes.version`. */
  async changePreferences(changes: ChangedPreferences, options?: CallOptions): Promise<PreferencesView> {
    const answer = await this.#calls.own("PATCH", "/api/preferences", {
      body: changes,
      money: "none",
      options,
    });
    return answer.body as PreferencesView;
  }

  /** What is in the way of closing the account. */
  closing(options?: CallOptions): Promise<Schemas["Closing"]> {
    return this.#calls.read("/api/account/closing", undefined, options);
  }

  /** Closes the account for good; needs a step up. */
  async closeAccount(): Promise<void> {
    await this.#calls.own("POST", "/api/account/closing", { money: "none" });
  }

  /** Archives of the person's data, and when another may be asked for. */
  exports(options?: CallOptions): Promise<Schemas["Exports"]> {
    return this.#calls.read("/api/account/exports", undefined, options);
  }

  /** Has an archive made of all that is kept of the person; needs a step up. */
  async askForExport(): Promise<ExportView> {
    return (await this.#calls.own("POST", "/api/account/exports", { money: "none" })).body as ExportView;
  }

  /** An archive that is ready, as a ZIP; needs a step up. */
  exportArchive(id: string): Promise<Blob> {
    const path = `/api/account/exports/${encodeURIComponent(id)}/archive`;
    return this.#calls.read(path, undefined, { timeoutMs: ARCHIVE_TIMEOUT_MS });
  }

  /** What the person is told of, the latest first. */
  notifications(
    query: { limit?: number; cursor?: string } = {},
    options?: CallOptions,
  ): Promise<Notifications> {
    return this.#calls.read("/api/notifications", query, options);
  }

  /** The person's price alerts: all that wait, and behind them the latest that were reached. */
  async priceAlerts(options?: CallOptions): Promise<PriceAlertView[]> {
    return (await this.#calls.read<Schemas["PriceAlerts"]>("/api/price-alerts", undefined, options)).items;
  }

  /** Sets a price to be told of, once. */
  async setPriceAlert(alert: NewPriceAlert): Promise<PriceAlertView> {
    const answer = await this.#calls.own("POST", "/api/price-alerts", { body: alert, money: "none" });
    return (answer.body as Schemas["OnePriceAlert"]).alert;
  }

  /** Removes a price alert. */
  async removePriceAlert(id: string): Promise<void> {
    await this.#calls.own("DELETE", `/api/price-alerts/${encodeURIComponent(id)}`, { money: "none" });
  }

  /** The names of what the app keeps for the person, each with its version. */
  async keptNames(options?: CallOptions): Promise<KeptName[]> {
    return (await this.#calls.read<Schemas["KeptNames"]>("/api/workspace", undefined, options)).items;
  }

  /** What the app keeps under a name: version 0 and an empty text where there is nothing. */
  async keptText(name: string, options?: CallOptions): Promise<KeptText> {
    return await this.#calls.read<KeptText>(`/api/workspace/${encodeURIComponent(name)}`, undefined, options);
  }

  /**
   * Keeps a text in the place of the one whose version was seen; an empty one takes the name away.
   * Refused as `version_outdated` where another device has changed it since.
   */
  async keepText(name: string, text: string, version: number): Promise<KeptText> {
    const path = `/api/workspace/${encodeURIComponent(name)}`;
    return (await this.#calls.own("PUT", path, { body: { version, text }, money: "none" })).body as KeptText;
  }

  /** How many of them are not read, at most 100. */
  async unreadNotifications(options?: CallOptions): Promise<number> {
    const path = "/api/notifications/unread";
    return (await this.#calls.read<Schemas["UnreadNotifications"]>(path, undefined, options)).unread;
  }

  /** Marks one as read, or all up to one. */
  async readNotifications(which: { id: string } | { up_to: string }, options?: CallOptions): Promise<void> {
    await this.#calls.own("POST", "/api/notifications/read", { body: which, money: "none", options });
  }

  /** Takes the link that was sent to the person's address, by its token. */
  async verifyEmail(token: string): Promise<void> {
    await this.#calls.own("POST", "/api/auth/verify-email", { body: { token }, money: "none" });
  }

  /** What a demo would have sent by mail, the newest first; only its own machine is told. */
  async mailbox(recipient?: string, options?: CallOptions): Promise<MailView[]> {
    const query = recipient === undefined ? undefined : { recipient };
    return (await this.#calls.public<Schemas["Mailbox"]>("/api/demo/mailbox", query, options)).items;
  }

  /** What was done to the account, or tried, the latest first. */
  securityEvents(
    query: { limit?: number; cursor?: string } = {},
    options?: CallOptions,
  ): Promise<SecurityEvents> {
    return this.#calls.read("/api/security/events", query, options);
  }

  /** Where the person is signed in, the latest used first. */
  async sessions(options?: CallOptions): Promise<SessionView[]> {
    return (await this.#calls.read<Schemas["Sessions"]>("/api/sessions", undefined, options)).items;
  }

  /** Names a session; null takes its name away. */
  async nameSession(id: string, name: string | null, options?: CallOptions): Promise<void> {
    await this.#calls.own("PATCH", `/api/sessions/${encodeURIComponent(id)}`, { body: { name }, options });
  }

  /** Ends a session, on every process of the exchange within a second. */
  async endSession(id: string, options?: CallOptions): Promise<void> {
    await this.#calls.own("DELETE", `/api/sessions/${encodeURIComponent(id)}`, { options });
  }

  /** Ends all sessions but this one; how many. */
  async endOtherSessions(options?: CallOptions): Promise<number> {
    const answer = await this.#calls.own("DELETE", "/api/sessions", { options });
    return (answer.body as Schemas["EndedSessions"]).ended;
  }

  /** What guards the account. */
  security(options?: CallOptions): Promise<SecurityView> {
    return this.#calls.read("/api/security", undefined, options);
  }

  /** Shows that it is still the same person; what asked for it with `step_up_required` then goes through. */
  async stepUp(
    proof: { code: string } | { password: string } | { passkey: WebAuthnJson },
    options?: CallOptions,
  ): Promise<void> {
    await this.#calls.own("POST", "/api/auth/step-up", { body: proof, options });
  }

  /** What a browser shows a passkey by, for a step up. */
  beginPasskeyStepUp(options?: CallOptions): Promise<WebAuthnJson> {
    return this.#passkeyOptions("/api/auth/step-up/passkey", options);
  }

  /** What a browser makes a passkey from. */
  beginPasskey(options?: CallOptions): Promise<WebAuthnJson> {
    return this.#passkeyOptions("/api/security/passkeys/begin", options);
  }

  /** Adds the passkey that a browser made; recovery codes come with a person's first factor. */
  async addPasskey(credential: WebAuthnJson, name: string, options?: CallOptions): Promise<string[]> {
    const body = { credential, name };
    const answer = await this.#calls.own("POST", "/api/security/passkeys", { body, options });
    return (answer.body as Schemas["PasskeyAdded"]).recovery_codes;
  }

  async namePasskey(id: string, name: string, options?: CallOptions): Promise<void> {
    const path = `/api/security/passkeys/${encodeURIComponent(id)}`;
    await this.#calls.own("PATCH", path, { body: { name }, options });
  }

  async removePasskey(id: string, options?: CallOptions): Promise<void> {
    await this.#calls.own("DELETE", `/api/security/passkeys/${encodeURIComponent(id)}`, { options });
  }

  /** A secret for an authenticator, which counts once `confirmTotp` has had a code of it. */
  async beginTotp(options?: CallOptions): Promise<TotpEnrolment> {
    return (await this.#calls.own("POST", "/api/security/totp", { options })).body as TotpEnrolment;
  }

  /** Gives the recovery codes, which are shown this once. */
  async confirmTotp(code: string, options?: CallOptions): Promise<string[]> {
    const answer = await this.#calls.own("POST", "/api/security/totp/confirm", { body: { code }, options });
    return (answer.body as Schemas["RecoveryCodes"]).codes;
  }

  async removeTotp(options?: CallOptions): Promise<void> {
    await this.#calls.own("DELETE", "/api/security/totp", { options });
  }

  /** New recovery codes for the old. */
  async renewRecoveryCodes(options?: CallOptions): Promise<string[]> {
    const answer = await this.#calls.own("POST", "/api/security/recovery-codes", { options });
    return (answer.body as Schemas["RecoveryCodes"]).codes;
  }

  async #passkeyOptions(path: string, options?: CallOptions): Promise<WebAuthnJson> {
    const answer = await this.#calls.own("POST", path, { options });
    return (answer.body as Schemas["PasskeyOptions"]).public_key;
  }
}
