/** Who is signed in. The access token lives in memory alone. */

import type { components } from "./generated/api.ts";

export type SignedIn = components["schemas"]["SignedIn"];

/** The person who is signed in, as the last sign-in or refresh said. */
export interface Session {
  readonly person: string;
  readonly account: string;
  readonly displayName: string;
  readonly accessToken: string;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly expiresAt: number;
  /** For programs; in browsers it is in a cookie that no script can read. */
  readonly refreshToken: string | null;
}

export type SessionListener = (session: Session | null) => void;

/** Holds the session and tells who listens. */
export class SessionHolder {
  #session: Session | null = null;
  readonly #listeners = new Set<SessionListener>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get current(): Session | null {
    return this.#session;
  }

  /** Takes the answer to a sign-up, sign-in or refresh. */
  take(signedIn: SignedIn): Session {
    const session: Session = {
      person: signedIn.person,
      account: signedIn.account,
      displayName: signedIn.display_name,
      accessToken: signedIn.access_token,
      expiresAt: this.#now() + signedIn.expires_in * 1000,
      refreshToken: signedIn.refresh_token,
    };
    this.#set(session);
    return session;
  }

  clear(): void {
    if (this.#session !== null) this.#set(null);
  }

  listen(listener: SessionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #set(session: Session | null): void {
    this.#session = session;
    for (const listener of [...this.#listeners]) listener(session);
  }
}
