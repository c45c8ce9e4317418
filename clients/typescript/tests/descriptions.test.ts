/** The API's descriptions, held by Redocly's linter to OpenAPI, to AsyncAPI, and to rules of ours. */

import { readFileSync } from "node:fs";
import { type Config, createConfig, lintFromString } from "@redocly/openapi-core";
import { beforeAll, expect, test } from "vitest";

const RULES = {
  struct: "error",
  "no-unresolved-refs": "error",
  "no-enum-type-mismatch": "error",
  "no-schema-type-mismatch": "error",
  "no-invalid-media-type-examples": "error",
  "no-identical-paths": "error",
  "no-path-trailing-slash": "error",
  "path-not-include-query": "error",
  "path-declaration-must-exist": "error",
  "path-parameters-defined": "error",
  "operation-parameters-unique": "error",
  "operation-operationId": "error",
  "operation-operationId-unique": "error",
  "operation-operationId-url-safe": "error",
  "operation-summary": "error",
  "operation-2xx-response": "error",
  "operation-4xx-response": "error",
  "parameter-description": "error",
  "rule/statuses-are-described": {
    subject: { type: "Response", property: "description" },
    assertions: { defined: true, nonEmpty: true },
  },
  "rule/answers-have-a-form": {
    subject: { type: "Response", property: "content", filterOutParentKeys: ["204"] },
    assertions: { defined: true },
  },
  "rule/bodies-have-a-form": {
    subject: { type: "MediaType" },
    assertions: { requireAny: ["schema", "example", "examples"] },
  },
  "rule/channels-are-described": {
    subject: { type: "Channel", property: "description" },
    assertions: { defined: true, nonEmpty: true },
  },
  "rule/messages-are-described": {
    subject: { type: "Message", property: "summary" },
    assertions: { defined: true, nonEmpty: true },
  },
} as const;

let config: Config;

beforeAll(async () => {
  config = await createConfig({ rules: RULES as never });
});

function described(name: string): string {
  return readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
}

/** What is wrong with a document: the rule, what it says, and where. */
async function wrongIn(
  source: string,
): Promise<[rule: string, message: string, place: string | undefined][]> {
  const problems = await lintFromString({ source, absoluteRef: "description.json", config });
  return problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]);
}

test.each(["openapi.json", "asyncapi.json"])("%s has nothing wrong", async (name) => {
  expect(await wrongIn(described(name))).toEqual([]);
});

/** Puts a value in its place within a document, or takes away what is there. */
function mutilate(document: object, place: readonly string[], value: unknown): void {
  const parents = place.slice(0, -1);
  const parent = parents.reduce<unknown>((at, part) => Reflect.get(at as object, part), document) as object;
  const last = place.at(-1) as string;
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
}

const JSON_BODY = ["requestBody", "content", "application/json"];

test.each<[string, string[], unknown]>([
  ["struct", ["get", "parameters"], {}],
  ["no-unresolved-refs", ["post", ...JSON_BODY, "schema", "$ref"], "#/components/schemas/Nobody"],
  ["no-invalid-media-type-examples", ["post", ...JSON_BODY, "examples"], { wrong: { value: 5 } }],
  ["operation-operationId", ["get", "operationId"], undefined],
  ["operation-operationId-unique", ["get", "operationId"], "post_orders"],
  ["operation-summary", ["get", "summary"], undefined],
  ["operation-4xx-response", ["get", "responses"], { 200: { description: "OK", content: {} } }],
  ["parameter-description", ["get", "parameters", "0", "description"], undefined],
  ["rule/statuses-are-described", ["get", "responses", "400", "description"], ""],
  ["rule/answers-have-a-form", ["get", "responses", "400", "content"], undefined],
  ["rule/bodies-have-a-form", ["get", "responses", "200", "content"], { "application/json": {} }],
])("what is against %s is found in the description of routes", async (rule, place, value) => {
  const document = JSON.parse(described("openapi.json"));
  const { get, post } = document.paths["/api/orders"];
  const two = { ...document, paths: { "/api/orders": { get, post } } };
  mutilate({ get, post }, place, value);
  expect((await wrongIn(JSON.stringify(two))).map(([id]) => id)).toContain(rule);
});

test.each<[string, string[], unknown]>([
  ["struct", ["operations", "tellStream", "action"], "tell"],
  ["rule/channels-are-described", ["channels", "stream", "description"], undefined],
  ["rule/messages-are-described", ["components", "messages", "Ping", "summary"], ""],
])("what is against %s is found in the description of sockets", async (rule, place, value) => {
  const document = JSON.parse(described("asyncapi.json"));
  mutilate(document, place, value);
  expect((await wrongIn(JSON.stringify(document))).map(([id]) => id)).toContain(rule);
});
