import type { Session } from "@cse/client";
import { create } from "zustand";
import { exchange, identityOf, liveStreams } from "./exchange";

/** `unknown` until the first refresh has answered; a page then shows skeletons of what is a person's own. */
export type SessionState = "unknown" | "visitor" | "user";

interface SessionStore {
  state: SessionState;
  person: string | null;
  account: string | null;
  displayName: string | null;
  /** The session ended without being asked to. */
  ended: boolean;
}

export const useSession = create<SessionStore>(() => ({
  state: "unknown",
  person: null,
  account: null,
  displayName: null,
  ended: false,
}));

/** Says that this browser was signed in, nothing more; the token that counts is a cookie. */
const HINT = "cse.person";

/** Follows the client's session and restores it when this browser was signed in before. */
export function startSession(): () => void {
  const client = exchange();
  const stop = client.onSession((session) => take(session));
  if (hinted()) {
    client.refresh().then(
      (session) => session ?? take(null),
      // No answer: nobody is signed out for that. Shown as a visitor until the next load or request.
      () => useSession.setState({ state: "visitor" }),
    );
  } else take(null);
  return stop;
}

function take(session: Session | null) {
  const before = useSession.getState();
  useSession.setState({
    state: session ? "user" : "visitor",
    person: session?.person ?? null,
    account: session?.account ?? null,
    displayName: session?.displayName ?? null,
    ended: session === null && before.state === "user" && !leaving,
  });
  remember(session !== null);
  if ((session?.person ?? null) !== before.person)
    liveStreams().authenticate(session && identityOf(session.person));
}

let leaving = false;

/** Signs out here and on the server. */
export async function signOut(): Promise<void> {
  leaving = true;
  // Before the server ends it: told that its session has ended, the socket would ask for another token.
  liveStreams().authenticate(null);
  try {
    await exchange().signOut();
  } finally {
    leaving = false;
  }
}

function hinted(): boolean {
  try {
    return localStorage.getItem(HINT) !== null;
  } catch {
    return false;
  }
}

function remember(signedIn: boolean) {
  const { dataset } = document.documentElement;
  if (signedIn) dataset.person = "likely";
  else delete dataset.person;
  try {
    if (signedIn) localStorage.setItem(HINT, "1");
    else localStorage.removeItem(HINT);
  } catch {
    // Without storage the next load begins as a visitor's.
  }
}
