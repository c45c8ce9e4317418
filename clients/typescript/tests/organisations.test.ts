/** What the calls about organisations ask for, and what of the answers they give. */

import { expect, test } from "vitest";
import { type ApprovalRequest, CseClient, hmacKey, OrganisationsClient } from "../src/index.ts";
import { Answers, json } from "./answers.ts";

type Call = (organisations: OrganisationsClient) => Promise<unknown>;

const KEY = "0190f3a1-0000-7000-8000-000000000001";
const ORG = "/api/organisations/7";
const POLICY = { version: 3, members: 1, policy: 2, keys: 0, transfers: 2, limits: { USDC: "5" } };
const MOVE = { from_account: "20", to_account: "21", asset: "USDC", amount: "5" };
const PROGRAM = { label: "a program", scopes: ["read" as const], public_key: "AA==", accounts: ["20"] };
const SEEN = { id: "9", digest: "00" } as ApprovalRequest;
const asked = { request: 1 };
const one = { organisation: 1 };

test.each<[string, Call, unknown, unknown, unknown]>([
  ["GET /api/organisations", (o) => o.list(), undefined, { items: [1] }, [1]],
  ["POST /api/organisations", (o) => o.make("Fund"), { name: "Fund" }, one, one],
  [`GET ${ORG}`, (o) => o.one("7"), undefined, one, one],
  [`PATCH ${ORG}`, (o) => o.rename("7", "b"), { name: "b" }, one, one],
  [`PATCH ${ORG}/accounts/21`, (o) => o.renameAccount("7", "21", "b"), { name: "b" }, one, one],
  [`POST ${ORG}/accounts/21/archive`, (o) => o.archiveAccount("7", "21"), undefined, one, one],
  [`POST ${ORG}/accounts/21/restore`, (o) => o.restoreAccount("7", "21"), undefined, one, one],
  [`POST ${ORG}/accounts`, (o) => o.openAccount("7", "b"), { name: "b" }, one, one],
  [
    `POST ${ORG}/invitations`,
    (o) => o.invite("7", "a@b.c", ["viewer"]),
    { email: "a@b.c", member_roles: ["viewer"] },
    asked,
    1,
  ],
  [`DELETE ${ORG}/invitations/8`, (o) => o.uninvite("7", "8"), undefined, null, undefined],
  [
    "POST /api/organisation-invitation",
    (o) => o.invitation("t"),
    { token: "t" },
    { name: "a" },
    { name: "a" },
  ],
  ["POST /api/organisation-invitation/accept", (o) => o.accept("t"), { token: "t" }, one, one],
  [`PATCH ${ORG}/members/6`, (o) => o.setRoles("7", "6", ["owner"]), { member_roles: ["owner"] }, asked, 1],
  [`DELETE ${ORG}/members/6`, (o) => o.remove("7", "6"), undefined, asked, 1],
  [`POST ${ORG}/leave`, (o) => o.leave("7"), undefined, null, undefined],
  [`PATCH ${ORG}/policy`, (o) => o.setPolicy("7", POLICY), POLICY, asked, 1],
  [`POST ${ORG}/transfers`, (o) => o.transfer("7", { ...MOVE, idempotencyKey: "once" }), MOVE, asked, 1],
  [`GET ${ORG}/keys`, (o) => o.keys("7"), undefined, { items: [1] }, [1]],
  [`POST ${ORG}/keys`, (o) => o.makeKey("7", PROGRAM), PROGRAM, asked, 1],
  [`DELETE ${ORG}/keys/5`, (o) => o.revokeKey("7", "5"), undefined, null, undefined],
  [`GET ${ORG}/requests`, (o) => o.requests("7"), undefined, { items: [1] }, [1]],
  [`POST ${ORG}/requests/9/approve`, (o) => o.approve("7", SEEN), { digest: "00" }, asked, 1],
  [`POST ${ORG}/requests/9/refuse`, (o) => o.refuse("7", "9", "no"), { reason: "no" }, asked, 1],
  [`DELETE ${ORG}/requests/9`, (o) => o.withdraw("7", "9"), undefined, null, undefined],
  [`GET ${ORG}/log?cursor=c`, (o) => o.log("7", "c"), undefined, { items: [] }, { items: [] }],
])("%s", async (path, call, body, answer, given) => {
  const answers = new Answers(() => (answer === null ? new Response(null, { status: 204 }) : json(answer)));
  const key = await hmacKey(KEY, "secret");
  const client = new CseClient({ baseUrl: "", fetch: answers.fetch, key });
  expect(await call(new OrganisationsClient(client.calls))).toEqual(given);
  expect(answers.paths()).toEqual([path]);
  expect(answers.asked[0]?.body).toEqual(body);
  const sentOnce = answers.asked[0]?.headers["Idempotency-Key"];
  expect(sentOnce).toBe(path.endsWith("/transfers") ? "once" : undefined);
});
