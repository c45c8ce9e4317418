/** Every operation of the API has a call: all calls of all clients are made, and what they ask is looked at. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as api from "../src/index.ts";
import { Answers, problem, signedIn } from "./answers.ts";

const DESCRIPTION = JSON.parse(readFileSync(new URL("../../openapi.json", import.meta.url), "utf8")) as {
  paths: Record<string, Record<string, unknown>>;
};
const OPERATIONS = Object.entries(DESCRIPTION.paths).flatMap(([path, found]) =>
  Object.keys(found).map((method) => `${method.toUpperCase()} ${path}`),
);

/** What nobody asks by this client, and why; an end in a slash stands for all below. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "/api/udf/": "charting libraries ask it by themselves",
  "/api/incidents/feed": "for readers of feeds",
  "/api/markets/{market}/picture": "for those who show a link to a market",
  "/api/docs": "a page for people",
  "/api/openapi.json": "for what makes clients; the types of this one were made from it",
  "/api/asyncapi.json": "for what makes clients; this one has its messages",
};

/** Calls whose path depends on a word that they are given, with each of its words. */
const WORDS: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  "CseClient.pastTable": [["orders"], ["fills"], ["ledger"]],
  "CseClient.statementFile": [
    ["2026", "fifo", "csv"],
    ["2026", "fifo", "pdf"],
  ],
};

const CLIENTS = {
  CseClient: api.CseClient,
  AccountsClient: api.AccountsClient,
  ApiKeysClient: api.ApiKeysClient,
  DeskClient: api.DeskClient,
  IncidentsClient: api.IncidentsClient,
  OrganisationsClient: api.OrganisationsClient,
  PersonClient: api.PersonClient,
  ReviewClient: api.ReviewClient,
  VerificationClient: api.VerificationClient,
};

/** Something that any call takes: a text, a number, an object with whatever is looked for in it. */
const ANYTHING: unknown = new Proxy(() => {}, {
  get(_, name) {
    if (name === Symbol.toPrimitive || name === "toString" || name === "toJSON") return () => "7";
    if (name === Symbol.iterator) return () => [][Symbol.iterator]();
    return name === "then" ? undefined : ANYTHING;
  },
  // A rest of it has nothing.
  ownKeys: () => [],
});

function callsOf(kind: { prototype: object }): string[] {
  const members = Object.getOwnPropertyDescriptors(kind.prototype);
  return Object.entries(members)
    .filter(([name, { value }]) => name !== "constructor" && typeof value === "function")
    .map(([name]) => name);
}

/** What goes out when a call is made by somebody who is signed in. */
async function askedBy(
  kind: (typeof CLIENTS)[keyof typeof CLIENTS],
  name: string,
  given: readonly unknown[],
): Promise<string[]> {
  const answers = new Answers(({ path }) =>
    path.startsWith("/api/auth/sign-in") ? signedIn() : problem(404, "not_found"),
  );
  const client = new api.CseClient({ baseUrl: "", fetch: answers.fetch, web: true });
  await client.signIn({ email: "a@example.com", password: "p" });
  if (name !== "signIn") answers.asked.length = 0;
  const one = kind === api.CseClient ? client : new kind(client.calls);
  const made = async () => Reflect.apply(Reflect.get(one, name), one, [...given]);
  await made().catch(() => {});
  return answers.paths().map((asked) => asked.split("?")[0] ?? "");
}

function isOf(operation: string, asked: string): boolean {
  const pattern = operation.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+");
  return new RegExp(`^${pattern}$`).test(asked);
}

/** The operation that a request is of; a path as it stands goes before one with parameters. */
function operationOf(asked: string): string | undefined {
  const fitting = OPERATIONS.filter((operation) => isOf(operation, asked));
  return fitting.sort((one, other) => one.split("{").length - other.split("{").length)[0];
}

function isLeftOut(operation: string): boolean {
  const path = operation.split(" ")[1] ?? "";
  return Object.keys(LEFT_OUT).some((place) =>
    place.endsWith("/") ? path.startsWith(place) : path === place,
  );
}

test("every operation has a call, and no call asks for what is none", async () => {
  const found = new Set<string>();
  for (const [kind, client] of Object.entries(CLIENTS)) {
    for (const name of callsOf(client)) {
      for (const given of WORDS[`${kind}.${name}`] ?? [Array(6).fill(ANYTHING)]) {
        for (const asked of await askedBy(client, name, given)) {
          const operation = operationOf(asked);
          expect(operation, `${kind}.${name}: ${asked}`).toBeDefined();
          found.add(operation as string);
        }
      }
    }
  }
  expect(OPERATIONS.filter((one) => !found.has(one) && !isLeftOut(one))).toEqual([]);
  expect([...found].filter(isLeftOut)).toEqual([]);
});

test("every client is among those that are looked at", () => {
  const exported = Object.entries(api)
    .filter(([name, value]) => name.endsWith("Client") && typeof value === "function")
    .map(([name]) => name);
  // The streams have calls of their own, which are no operations.
  expect(exported.filter((name) => name !== "StreamClient").sort()).toEqual(Object.keys(CLIENTS).sort());
});
