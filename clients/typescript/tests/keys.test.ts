import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CseClient } from "../src/client.ts";
import { ed25519Key, hmacKey, Signing, signedText } from "../src/keys.ts";
import { Answers, json } from "./answers.ts";

interface Case {
  readonly name: string;
  readonly method: string;
  readonly target: string;
  readonly idempotency_key: string;
  readonly body: string;
  readonly timestamp: string;
  readonly window: string;
  readonly text: string;
  readonly hmac_sha256: string;
  readonly ed25519: string;
}

interface Vectors {
  readonly key: string;
  readonly secret: string;
  readonly ed25519_private_key_pkcs8: string;
  readonly cases: readonly Case[];
}

const VECTORS = JSON.parse(
  readFileSync(new URL("../../vectors/signatures.json", import.meta.url), "utf8"),
) as Vectors;
const EMPTY = { items: [], next_cursor: null, sequence: "9" };
const TIME_US = 1_764_150_000_000_000;

describe("the vectors of all clients", () => {
  test.each(VECTORS.cases.map((one) => [one.name, one] as const))("%s", async (_, one) => {
    const signed = {
      method: one.method,
      target: one.target,
      idempotencyKey: one.idempotency_key,
      body: one.body,
    };
    expect(signedText(VECTORS.key, one.timestamp, one.window, signed)).toBe(one.text);
    const keys = [
      [await hmacKey(VECTORS.key, VECTORS.secret), one.hmac_sha256],
      [await ed25519Key(VECTORS.key, VECTORS.ed25519_private_key_pkcs8), one.ed25519],
    ] as const;
    for (const [key, signature] of keys) {
      const windowMs = one.window === "" ? undefined : Number(one.window);
      const signing = new Signing(key, () => Number(one.timestamp) / 1000, windowMs);
      if (one.method === "SIGN-IN") {
        const account = one.target.split("?account=")[1];
        const message = await signing.signIn("1", one.body, account);
        expect([message["signature"], message["account"]]).toEqual([signature, account]);
      } else {
        expect((await signing.headers(signed))["CSE-Signature"]).toBe(signature);
      }
    }
  });
});

describe("a client with a key", () => {
  const client = async (answers: Answers): Promise<CseClient> =>
    new CseClient({
      baseUrl: "https://exchange.test",
      fetch: answers.fetch,
      now: () => 1_000,
      key: await hmacKey(VECTORS.key, VECTORS.secret),
    });

  test("signs what is its own, each time anew, and sends no token", async () => {
    const answers = new Answers(() => json(EMPTY));
    const signer = await client(answers);
    await Promise.all([signer.balances(), signer.balances(), signer.balances()]);
    await signer.markets();
    const stamps = answers.asked.map(({ headers }) => headers["CSE-Timestamp"]);
    expect(new Set(stamps.slice(0, 3)).size).toBe(3);
    expect(stamps[3]).toBeUndefined();
    expect(answers.asked[0]?.headers["CSE-Key"]).toBe(VECTORS.key);
    expect(answers.asked[0]?.headers["Authorization"]).toBeUndefined();
  });

  test("signs the address and the body as they are sent", async () => {
    const answers = new Answers(() => json({ order: {}, fills: [], items: [] }));
    const signer = await client(answers);
    await signer.orders({ market: "LAB-USDC", status: "all" });
    await signer.placeOrder({ market: "LAB-USDC", side: "buy", type: "market", client_order_id: "a" });
    const key = await hmacKey(VECTORS.key, VECTORS.secret);
    for (const { method, path, body, headers } of answers.asked) {
      const signed = {
        method,
        target: path.replace("https://exchange.test", ""),
        idempotencyKey: "",
        body: body === undefined ? "" : JSON.stringify(body),
      };
      const text = signedText(VECTORS.key, headers["CSE-Timestamp"] ?? "", "", signed);
      const digest = await key.sign(new TextEncoder().encode(text));
      expect(headers["CSE-Signature"]).toBe(Buffer.from(digest).toString("base64"));
    }
  });

  test("follows the exchange's clock when its own is off", async () => {
    const off = (): Response =>
      new Response(JSON.stringify({ code: "timestamp_outside_window" }), {
        status: 401,
        headers: { "CSE-Time": String(TIME_US) },
      });
    const answers = new Answers(({ headers }) =>
      Number(headers["CSE-Timestamp"]) < TIME_US ? off() : json(EMPTY),
    );
    const signer = await client(answers);
    await signer.balances();
    await signer.fills();
    expect(answers.asked.map(({ headers }) => Number(headers["CSE-Timestamp"]) >= TIME_US)).toEqual([
      false,
      true,
      true,
    ]);
  });
});
