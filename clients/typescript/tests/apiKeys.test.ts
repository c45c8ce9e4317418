/** What the calls about API keys ask for, and what of the answers they give. */

import { expect, test } from "vitest";
import { ApiKeysClient, CseClient, hmacKey } from "../src/index.ts";
import { Answers, json } from "./answers.ts";

const ID = "a/b";
const NEW = { label: "a program", scopes: ["read" as const] };

test.each<[string, (keys: ApiKeysClient) => Promise<unknown>, unknown, unknown, unknown]>([
  ["POST /api/keys", (k) => k.make(NEW), NEW, { key: 1, secret: "s" }, { key: 1, secret: "s" }],
  ["GET /api/keys", (k) => k.list(), undefined, { items: [] }, []],
  ["GET /api/keys/a%2Fb", (k) => k.one(ID), undefined, { key: 1 }, 1],
  ["PATCH /api/keys/a%2Fb", (k) => k.change(ID, { label: "x" }), { label: "x" }, { key: 1 }, 1],
  ["DELETE /api/keys/a%2Fb", (k) => k.revoke(ID), undefined, {}, undefined],
  ["GET /api/keys/self", (k) => k.self(), undefined, { scopes: [] }, { scopes: [] }],
  ["GET /api/limits", (k) => k.limits(), undefined, { items: [] }, []],
])("%s", async (request, call, sent, answer, expected) => {
  const answers = new Answers(() => json(answer));
  const key = await hmacKey("0190f3a1-0000-7000-8000-000000000001", "secret");
  const client = new CseClient({ baseUrl: "", fetch: answers.fetch, key });
  const given = await call(new ApiKeysClient(client.calls));
  expect(answers.asked.map(({ method, path, body }) => [`${method} ${path}`, body])).toEqual([
    [request, sent],
  ]);
  expect(given).toEqual(expected);
});
