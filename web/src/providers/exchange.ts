import { CseClient, type Identity, StreamClient } from "@cse/client";

let client: CseClient | undefined;
let streams: StreamClient | undefined;

/** The one HTTP client of this tab. */
export function exchange(): CseClient {
  client ??= new CseClient({ baseUrl: "", web: true });
  return client;
}

/** A client for ending what the cookie still holds, apart from whoever signs in meanwhile. */
export function signOutClient(): CseClient {
  return new CseClient({ baseUrl: "", web: true });
}

/** The one socket of this tab, in a worker; opened when it is first asked for. Browser only. */
export function liveStreams(): StreamClient {
  streams ??= new StreamClient(
    () => new Worker(new URL("./streamWorker.ts", import.meta.url), { type: "module" }),
  );
  return streams;
}

/** The server's time as well as it is known, in milliseconds since 1970: a browser's clock may be days off. */
export function serverNow(): number {
  return Date.now() - (liveStreams().status.skewMs ?? 0);
}

/** Who is signed in, and for which of their accounts, as the socket asks for it; null is the main one. */
export function identityOf(person: string, account: string | null): Identity {
  return { person, account, getToken: (renew) => exchange().accessToken(renew) };
}
