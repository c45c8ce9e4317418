/** What each call about what is a person's own asks for, and what it gives of the answer. */

import { describe, expect, test } from "vitest";
import { CseClient, hmacKey, PersonClient } from "../src/index.ts";
import { Answers, json } from "./answers.ts";

const ID = "a/b";
const OPTIONS = { challenge: "c" };

type Call = (account: PersonClient) => Promise<unknown>;

async function called(call: Call, body: unknown): Promise<{ asked: Answers["asked"]; given: unknown }> {
  const answers = new Answers(() => json(body));
  const key = await hmacKey("0190f3a1-0000-7000-8000-000000000001", "secret");
  const client = new CseClient({ baseUrl: "", fetch: answers.fetch, key });
  const given = await call(new PersonClient(client.calls));
  return { asked: answers.asked, given };
}

describe("an account's guards", () => {
  test.each<[string, Call, unknown, unknown, unknown]>([
    [
      "GET /api/security/events?limit=5&cursor=x",
      (a) => a.securityEvents({ limit: 5, cursor: "x" }),
      undefined,
      { items: [1], next_cursor: null },
      { items: [1], next_cursor: null },
    ],
    ["GET /api/sessions", (a) => a.sessions(), undefined, { items: [1] }, [1]],
    ["PATCH /api/sessions/a%2Fb", (a) => a.nameSession(ID, null), { name: null }, {}, undefined],
    ["DELETE /api/sessions/a%2Fb", (a) => a.endSession(ID), undefined, {}, undefined],
    ["DELETE /api/sessions", (a) => a.endOtherSessions(), undefined, { ended: 2 }, 2],
    ["GET /api/security", (a) => a.security(), undefined, { methods: [] }, { methods: [] }],
    ["POST /api/auth/step-up", (a) => a.stepUp({ code: "1" }), { code: "1" }, {}, undefined],
    [
      "POST /api/auth/step-up/passkey",
      (a) => a.beginPasskeyStepUp(),
      undefined,
      { public_key: OPTIONS },
      OPTIONS,
    ],
    [
      "POST /api/security/passkeys/begin",
      (a) => a.beginPasskey(),
      undefined,
      { public_key: OPTIONS },
      OPTIONS,
    ],
    [
      "POST /api/security/passkeys",
      (a) => a.addPasskey(OPTIONS, "phone"),
      { credential: OPTIONS, name: "phone" },
      { recovery_codes: ["r"] },
      ["r"],
    ],
    ["PATCH /api/security/passkeys/a%2Fb", (a) => a.namePasskey(ID, "p"), { name: "p" }, {}, undefined],
    ["DELETE /api/security/passkeys/a%2Fb", (a) => a.removePasskey(ID), undefined, {}, undefined],
    ["POST /api/security/totp", (a) => a.beginTotp(), undefined, { secret: "s" }, { secret: "s" }],
    [
      "POST /api/security/totp/confirm",
      (a) => a.confirmTotp("123456"),
      { code: "123456" },
      { codes: ["r"] },
      ["r"],
    ],
    ["DELETE /api/security/totp", (a) => a.removeTotp(), undefined, {}, undefined],
    ["POST /api/security/recovery-codes", (a) => a.renewRecoveryCodes(), undefined, { codes: ["r"] }, ["r"]],
  ])("%s", async (request, call, sent, answer, expected) => {
    const { asked, given } = await called(call, answer);
    expect(asked.map(({ method, path, body }) => [`${method} ${path}`, body])).toEqual([[request, sent]]);
    expect(given).toEqual(expected);
  });
});
