// @vitest-environment jsdom
import { CseClient } from "@cse/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const { parts } = vi.hoisted(() => ({ parts: {} as { client?: CseClient; authenticate: () => void } }));

vi.mock("@/providers/exchange", () => ({
  exchange: () => parts.client,
  signOutClient: () => clientOf(),
  liveStreams: () => ({ authenticate: parts.authenticate }),
  identityOf: (person: string, account: string | null) => ({ person, account }),
}));

/** The exchange as the cookie sees it: who is let in by a refresh, and whether it can be reached. */
const server = { cookie: null as string | null, reachable: true, asked: [] as string[] };

async function answer(url: string, init: RequestInit): Promise<Response> {
  if (!server.reachable) throw new TypeError("Failed to fetch");
  const path = new URL(url).pathname.replace("/api/auth/", "");
  server.asked.push(path);
  if (path === "sign-out") {
    server.cookie = null;
    return new Response(null, { status: 204 });
  }
  if (path === "sign-in") server.cookie = JSON.parse(String(init.body)).email;
  if (server.cookie === null) return Response.json({ code: "refresh_token_invalid" }, { status: 401 });
  const who = { person: server.cookie, account: "1", display_name: server.cookie, refresh_token: null };
  return Response.json({ ...who, access_token: "t", token_type: "Bearer", expires_in: 600 });
}

const clientOf = () => new CseClient({ baseUrl: "https://exchange.test", fetch: answer, web: true });

/** A page that is opened anew: nothing is left but the storage and the cookie. */
async function openPage() {
  closePages();
  vi.resetModules();
  parts.client = clientOf();
  const session = await import("@/providers/session");
  const stop = session.startSession();
  stops.push(stop);
  return { ...session, now: () => session.useSession.getState() };
}

const stops: (() => void)[] = [];
const closePages = () => {
  for (const stop of stops.splice(0)) stop();
};
const signIn = (email: string) => parts.client?.signIn({ email, password: "correct horse" });
const settled = (check: () => void) => vi.waitFor(check, { interval: 1 });

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  Object.assign(server, { cookie: null, reachable: true, asked: [] });
  parts.authenticate = vi.fn();
});

afterEach(() => closePages());

/** Ada signed in, and out again while the exchange was away. */
async function leaveUnheard() {
  const page = await openPage();
  await signIn("ada");
  server.reachable = false;
  await page.signOut();
  return page;
}

describe("a sign-out", () => {
  it("that was heard owes nothing", async () => {
    const page = await openPage();
    await signIn("ada");
    await page.signOut();
    expect(page.now()).toMatchObject({ state: "visitor", signOut: "done", ended: false });
    const next = await openPage();
    expect(next.now()).toMatchObject({ state: "visitor", signOut: "none" });
    expect(server.asked).toEqual(["sign-in", "sign-out"]);
  });

  it("that was not heard is not called done, and does not throw", async () => {
    const page = await leaveUnheard();
    expect(page.now()).toMatchObject({ state: "visitor", signOut: "owed", ended: false });
    expect(server.cookie).toBe("ada");
  });

  it("that was not heard is done by the next page before anybody is let in", async () => {
    await leaveUnheard();
    server.reachable = true;
    parts.authenticate = vi.fn();
    const page = await openPage();
    expect(page.now().state).toBe("visitor");
    await settled(() => expect(page.now().signOut).toBe("done"));
    expect([server.cookie, page.now().state]).toEqual([null, "visitor"]);
    expect(parts.authenticate).not.toHaveBeenCalled();
  });

  it("stays owed as long as nobody answers, and is done when the connection is back", async () => {
    await leaveUnheard();
    const page = await openPage();
    await settled(() => expect(page.now().signOut).toBe("owed"));
    server.reachable = true;
    window.dispatchEvent(new Event("online"));
    await settled(() => expect(page.now().signOut).toBe("done"));
    expect(server.cookie).toBeNull();
  });

  it("is owed no more once somebody signs in", async () => {
    const page = await leaveUnheard();
    server.reachable = true;
    await signIn("bela");
    expect(page.now()).toMatchObject({ state: "user", person: "bela", signOut: "none" });
    const next = await openPage();
    await settled(() => expect(next.now().person).toBe("bela"));
  });
});

describe("the account that a tab is about", () => {
  it("is the main one until another is chosen, which the streams hear before anybody else", async () => {
    const page = await openPage();
    await signIn("ada");
    expect(page.now()).toMatchObject({ account: "1", mainAccount: "1" });
    expect(parts.authenticate).toHaveBeenLastCalledWith({ person: "ada", account: null });
    const told: unknown[] = [];
    const heard = parts.authenticate as ReturnType<typeof vi.fn>;
    page.useSession.subscribe(() => told.push(heard.mock.lastCall));
    page.chooseAccount("21", "Robots");
    expect(page.now()).toMatchObject({ account: "21", mainAccount: "1", accountName: "Robots" });
    expect(told).toEqual([[{ person: "ada", account: "21" }]]);
  });

  it("stays through a refresh and a reload, and is nobody else's", async () => {
    const first = await openPage();
    await signIn("ada");
    first.chooseAccount("21", "Robots");
    first.chooseAccount("21", "Bots");
    await parts.client?.refresh();
    expect(first.now().account).toBe("21");
    const second = await openPage();
    await settled(() => expect(second.now()).toMatchObject({ account: "21", accountName: "Bots" }));
    expect(parts.authenticate).toHaveBeenLastCalledWith({ person: "ada", account: "21" });
    await signIn("bob");
    expect(second.now()).toMatchObject({ person: "bob", account: "1", accountName: null });
  });

  it("has requests name it, unless it is the main one", async () => {
    const page = await openPage();
    await signIn("ada");
    expect(page.exchangeOf("1").calls.account).toBeNull();
    expect(page.exchangeOf(null).calls.account).toBeNull();
    expect(page.exchangeOf("21").calls.account).toBe("21");
  });
});
