/** Which requests are about one of a person's accounts, and what the calls about accounts ask for. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { AccountsClient, CseClient, hmacKey, isAboutAccount } from "../src/index.ts";
import { messageOf, withoutAccount } from "../src/stream/requests.ts";
import { Answers, json, signedIn } from "./answers.ts";

interface Described {
  readonly paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
}

const API = JSON.parse(readFileSync(new URL("../../openapi.json", import.meta.url), "utf8")) as Described;
const KEY = "0190f3a1-0000-7000-8000-000000000001";

test("the requests that are about an account are those of the API's description", () => {
  // An operator names anybody's account there, and never acts for one.
  const own = Object.entries(API.paths).filter(([path]) => !path.startsWith("/api/admin/"));
  for (const [path, operations] of own) {
    for (const [method, { parameters = [] }] of Object.entries(operations)) {
      const described = parameters.some(({ name, in: place }) => name === "account" && place === "query");
      const target = path.replaceAll(/\{\w+\}/g, "5");
      expect([method, path, isAboutAccount(method.toUpperCase(), target)]).toEqual([method, path, described]);
    }
  }
});

test("a client of another account shares the sign-in, and names its account in what is about one", async () => {
  const answers = new Answers(({ path }) =>
    path.includes("sign-in") ? signedIn() : json({ items: [], order: { id: "5" } }),
  );
  const main = new CseClient({ baseUrl: "", fetch: answers.fetch });
  await main.signIn({ email: "ada@example.com", password: "correct horse" });
  const other = main.forAccount("21");
  expect(other.session).toBe(main.session);
  await other.orders({ market: "LUNA-USDC" });
  await other.cancelOrder("5");
  await other.markets();
  await main.balances();
  expect(answers.paths().slice(1)).toEqual([
    "GET /api/orders?market=LUNA-USDC&account=21",
    "DELETE /api/orders/5?account=21",
    "GET /api/markets",
    "GET /api/balances",
  ]);
});

describe("a person's accounts", () => {
  type Call = (accounts: AccountsClient) => Promise<unknown>;
  const view = { account: 1 };
  const move = { from_account: "20", to_account: "21", asset: "USDC", amount: "5" };

  test.each<[string, Call, unknown, unknown, unknown]>([
    ["GET /api/accounts", (a) => a.list(), undefined, { items: [1] }, [1]],
    ["POST /api/accounts", (a) => a.open("one"), { name: "one" }, view, 1],
    ["PATCH /api/accounts/21", (a) => a.rename("21", "two"), { name: "two" }, view, 1],
    ["POST /api/accounts/21/archive", (a) => a.archive("21"), undefined, view, 1],
    ["POST /api/accounts/21/restore", (a) => a.restore("21"), undefined, view, 1],
    ["POST /api/transfers", (a) => a.transfer({ ...move, idempotencyKey: "once" }), move, { transfer: 1 }, 1],
    [
      "GET /api/transfers?limit=5&account=21",
      (a) => a.transfers({ limit: 5 }),
      undefined,
      { items: [] },
      { items: [] },
    ],
  ])("%s", async (path, call, body, answer, given) => {
    const answers = new Answers(() => json(answer));
    const key = await hmacKey(KEY, "secret");
    const client = new CseClient({ baseUrl: "", fetch: answers.fetch, key, account: "21" });
    expect(await call(new AccountsClient(client.calls))).toEqual(given);
    expect(answers.paths()).toEqual([path]);
    expect(answers.asked[0]?.body).toEqual(body);
  });
});

test("a request over the orders' socket leaves out the account that the socket is for", () => {
  const { account, target } = withoutAccount("/api/orders?market=LUNA-USDC&account=21");
  expect(account).toBe("21");
  expect(messageOf("DELETE", target, undefined)).toEqual({
    op: "cancel_all",
    query: { market: "LUNA-USDC" },
  });
  expect(withoutAccount("/api/orders/5")).toEqual({ account: null, target: "/api/orders/5" });
});
