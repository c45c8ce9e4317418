import { expect, test } from "vitest";
import { makeKeyPair } from "@/features/organisations/keyPair";

test("the private half of a pair signs what its public half knows", async () => {
  const pair = await makeKeyPair();
  const [publicKey, privateKey] = [pair?.publicKey, pair?.privateKey].map((half) => bytes(half ?? ""));
  expect([publicKey?.length, privateKey?.length]).toEqual([32, 32]);
  const jwk = { kty: "OKP", crv: "Ed25519", d: url(pair?.privateKey), x: url(pair?.publicKey) };
  const signer = await crypto.subtle.importKey("jwk", jwk, "Ed25519", false, ["sign"]);
  const known = await crypto.subtle.importKey("raw", publicKey as BufferSource, "Ed25519", false, ["verify"]);
  const text = new TextEncoder().encode("GET /api/balances");
  const signature = await crypto.subtle.sign("Ed25519", signer, text);
  expect(await crypto.subtle.verify("Ed25519", known, signature, text)).toBe(true);
  expect((await makeKeyPair())?.privateKey).not.toBe(pair?.privateKey);
});

function bytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Base64 as keys in JSON have it. */
function url(text = ""): string {
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
