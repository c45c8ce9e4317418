import type { CseClient, Session } from "@cse/client";
import { create } from "zustand";
import { exchange, identityOf, liveStreams, signOutClient } from "./exchange";
import { browserStorage, hasKept, keep, readKept, tabStorage } from "./kept/kept";

/** `unknown` until the first refresh has answered; a page then shows skeletons of what is a person's own. */
type SessionState = "unknown" | "visitor" | "user";

interface SessionStore {
  state: SessionState;
  person: string | null;
  /** Which of the person's accounts this tab is about. */
  account: string | null;
  mainAccount: string | null;
  /** What that account is called; null of the main one. */
  accountName: string | null;
  displayName: string | null;
  /** The session ended without being asked to. */
  ended: boolean;
  /** How the last sign-out went; `owed` until the exchange has heard of it, or somebody signs in. */
  signOut: "none" | "done" | "owed";
}

export const useSession = create<SessionStore>(() => ({
  state: "unknown",
  person: null,
  account: null,
  mainAccount: null,
  accountName: null,
  displayName: null,
  ended: false,
  signOut: "none",
}));

/** Says that this browser was signed in, nothing more; the token that counts is a cookie. */
const HINT = "cse.person";
/** Says that somebody signed out here and the exchange may not know: that cookie may still be good. */
const OWED = "cse.sign-out";

/** Follows the client's session and restores it when this browser was signed in before. */
export function startSession(): () => void {
  const client = exchange();
  const stop = client.onSession((session) => take(session));
  if (isNoted(OWED)) {
    take(null);
    void settleSignOut();
  } else if (isNoted(HINT)) {
    client.refresh().then(
      (session) => session ?? take(null),
      // No answer: nobody is signed out for that. Shown as a visitor until the next load or request.
      () => useSession.setState({ state: "visitor" }),
    );
  } else take(null);
  const onLine = () => void settleSignOut();
  window.addEventListener("online", onLine);
  return () => {
    stop();
    window.removeEventListener("online", onLine);
  };
}

function take(session: Session | null) {
  const before = useSession.getState();
  const another = (session?.person ?? null) !== before.person;
  if (session && another) note(OWED, false);
  const mainAccount = session?.account ?? null;
  const chosen = another ? chosenBefore(session) : null;
  const account = another ? (chosen?.account ?? mainAccount) : (before.account ?? mainAccount);
  // Before anybody hears of it: what is asked of the streams then is the new person's.
  if (another) liveStreams().authenticate(session && identityOf(session.person, subOf(account, mainAccount)));
  useSession.setState({
    state: session ? "user" : "visitor",
    person: session?.person ?? null,
    account,
    mainAccount,
    accountName: another ? (chosen?.name ?? null) : before.accountName,
    displayName: session?.displayName ?? null,
    ended: session === null && before.state === "user" && !leaving,
    ...(session && another && { signOut: "none" }),
  });
  remember(session !== null);
}

const CHOSEN = "cse.account";
type Chosen = { person: string; account: string; name: string };

/** By hand: a library for it would be fetched with every page. */
const chosenSchema = {
  safeParse: (value: unknown) =>
    isChosen(value) ? { success: true as const, data: value } : { success: false as const },
};

function isChosen(value: unknown): value is Chosen {
  const { person, account, name } = (value ?? {}) as Partial<Record<keyof Chosen, unknown>>;
  return typeof person === "string" && typeof account === "string" && typeof name === "string";
}

/** The account that this person chose in this tab; null for the main one. */
function chosenBefore(session: Session | null): Chosen | null {
  const kept = readKept<Chosen | null>(tabStorage(), CHOSEN, chosenSchema, null);
  return session && kept?.person === session.person ? kept : null;
}

function subOf(account: string | null, mainAccount: string | null): string | null {
  return account === mainAccount ? null : account;
}

/** Has this tab be about another of the person's accounts, from now on and after a reload. */
export function chooseAccount(account: string, name: string | null): void {
  const { person, account: before, accountName, mainAccount } = useSession.getState();
  if (person === null || (account === before && name === accountName)) return;
  keep(tabStorage(), CHOSEN, account === mainAccount ? null : { person, account, name });
  if (account !== before) liveStreams().authenticate(identityOf(person, subOf(account, mainAccount)));
  useSession.setState({ account, accountName: name });
}

/** The client for an account of the person who is signed in; none is the main one's. */
export function exchangeOf(account: string | null): CseClient {
  const sub = subOf(account, useSession.getState().mainAccount);
  return sub === null ? exchange() : exchange().forAccount(sub);
}

let leaving = false;

/**
 * Signs out here and on the server; never throws. Where the server did not hear of it, that is kept and
 * done later: a script cannot take the cookie away.
 */
export async function signOut(): Promise<void> {
  leaving = true;
  note(OWED, true);
  // Before the server ends it: told that its session has ended, the socket would ask for another token.
  liveStreams().authenticate(null);
  try {
    await exchange().signOut();
    note(OWED, false);
    useSession.setState({ signOut: "done" });
  } catch {
    useSession.setState({ signOut: "owed" });
  } finally {
    leaving = false;
  }
}

let settling: Promise<void> | undefined;

/** Does a sign-out that the server has not heard of, if there is one; once at a time; never throws. */
export function settleSignOut(): Promise<void> {
  if (!isNoted(OWED)) return Promise.resolve();
  settling ??= settle().finally(() => {
    settling = undefined;
  });
  return settling;
}

async function settle(): Promise<void> {
  const client = signOutClient();
  let heard = true;
  try {
    const session = await client.refresh();
    // Whoever signed in here meanwhile is not signed out for the one before.
    if (session && session.person !== exchange().session?.person) await client.signOut();
  } catch {
    heard = false;
  }
  if (exchange().session) return;
  if (heard) note(OWED, false);
  useSession.setState({ signOut: isNoted(OWED) ? "owed" : "done" });
}

function remember(signedIn: boolean) {
  const { dataset } = document.documentElement;
  if (signedIn) dataset.person = "likely";
  else delete dataset.person;
  note(HINT, signedIn);
}

/** Without storage the next load begins as a visitor's. */
function note(key: string, noted: boolean) {
  keep(browserStorage(), key, noted ? 1 : null);
}

function isNoted(key: string): boolean {
  return hasKept(browserStorage(), key);
}
