/**
 * API keys: what a program signs its requests with, in the place of a person who signs in.
 *
 * The text that is signed is described in `docs/api.md`; `clients/vectors/signatures.json` has cases.
 * Signing is the platform's own WebCrypto. Ed25519 needs Node 20 or a browser of 2025.
 */

const FORM = "cse-signature-1";
const SIGN_IN = "SIGN-IN";
const STREAMS_TARGET = "/ws";
const ENCODER = new TextEncoder();

/** A key, ready to sign with. */
export interface ApiKey {
  readonly id: string;
  sign(text: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  /** What signs a client's requests; by way of the key, so that who has none need not load it. */
  signing(now: () => number, windowMs?: number): Signing;
}

function apiKey(id: string, sign: ApiKey["sign"]): ApiKey {
  const key: ApiKey = { id, sign, signing: (now, windowMs) => new Signing(key, now, windowMs) };
  return key;
}

/** A key whose secret the exchange made and showed once. */
export async function hmacKey(id: string, secret: string): Promise<ApiKey> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", ENCODER.encode(secret), algorithm, false, ["sign"]);
  return apiKey(id, (text) => crypto.subtle.sign("HMAC", key, text));
}

/** A key of one's own, of which the exchange has the public half; the private half as PEM (PKCS #8). */
export async function ed25519Key(id: string, privateKey: string): Promise<ApiKey> {
  const encoded = privateKey.replace(/-----[A-Z ]+-----|\s/g, "");
  const raw = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  const key = await crypto.subtle.importKey("pkcs8", raw, { name: "Ed25519" }, false, ["sign"]);
  return apiKey(id, (text) => crypto.subtle.sign("Ed25519", key, text));
}

/** What of a request is signed. */
export interface Signed {
  readonly method: string;
  /** Path and query as they are sent. */
  readonly target: string;
  readonly idempotencyKey: string;
  readonly body: string;
}

/** Signs for one key. No two timestamps of it are the same, so that no two signatures are. */
export class Signing {
  readonly key: ApiKey;
  readonly #window: string;
  readonly #now: () => number;
  #aheadUs = 0;
  #lastUs = 0;

  /** `now` is in milliseconds since 1970; `windowMs` says for how long a request is good. */
  constructor(key: ApiKey, now: () => number, windowMs?: number) {
    this.key = key;
    this.#now = now;
    this.#window = windowMs === undefined ? "" : String(windowMs);
  }

  /** The headers of a signed request that is sent now. */
  async headers(signed: Signed): Promise<Record<string, string>> {
    const { timestamp, signature } = await this.#sign(signed);
    const headers: Record<string, string> = {
      "CSE-Key": this.key.id,
      "CSE-Timestamp": timestamp,
      "CSE-Signature": signature,
    };
    if (this.#window !== "") headers["CSE-Window"] = this.#window;
    return headers;
  }

  /** The message that signs a stream in, whose `welcome` named the session; for one of the key's accounts. */
  async signIn(id: string, session: string, account?: string): Promise<Record<string, string>> {
    const target = account === undefined ? STREAMS_TARGET : `${STREAMS_TARGET}?account=${account}`;
    const signed = { method: SIGN_IN, target, idempotencyKey: "", body: session };
    const { timestamp, signature } = await this.#sign(signed);
    const message: Record<string, string> = {
      op: "authenticate",
      id,
      key: this.key.id,
      timestamp,
      signature,
    };
    if (this.#window !== "") message["window"] = this.#window;
    if (account !== undefined) message["account"] = account;
    return message;
  }

  /** The exchange's clock says this now, in microseconds; from now on its time is signed. */
  noteTime(timeUs: number): void {
    this.#aheadUs = timeUs - this.#now() * 1000;
    this.#lastUs = 0;
  }

  async #sign(signed: Signed): Promise<{ timestamp: string; signature: string }> {
    this.#lastUs = Math.max(Math.floor(this.#now() * 1000 + this.#aheadUs), this.#lastUs + 1);
    const timestamp = String(this.#lastUs);
    const text = signedText(this.key.id, timestamp, this.#window, signed);
    const signature = await this.key.sign(ENCODER.encode(text));
    return { timestamp, signature: btoa(String.fromCharCode(...new Uint8Array(signature))) };
  }
}

/** What a signature is over. */
export function signedText(key: string, timestamp: string, window: string, signed: Signed): string {
  const { method, target, idempotencyKey, body } = signed;
  return [FORM, key, timestamp, window, method, target, idempotencyKey, body].join("\n");
}
