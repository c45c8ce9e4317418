import { afterEach, describe, expect, it, vi } from "vitest";
import { kindOf, describe as read } from "@/features/developers/description";
import { matching, type Operation } from "@/features/developers/operations";
import { addressOf, curlOf, missingOf, send } from "@/features/developers/trying";
import document from "../../../../clients/openapi.json";

const { operations, about } = read(document);
const find = (name: string): Operation => {
  const found = operations.find(({ method, path }) => `${method} ${path}` === name);
  if (!found) throw new Error(name);
  return found;
};
const filled = (values: Record<string, string>, body = "{}") => ({ values, body });
afterEach(() => vi.unstubAllGlobals());

describe("the exchange's own description", () => {
  it("has every route, with what it needs", () => {
    expect(operations.length).toBeGreaterThan(150);
    const book = find("GET /api/orderbook/{market}");
    expect(book).toMatchObject({ personal: false, weight: 5, body: null });
    expect(book.parameters.map(({ name, in: place, required }) => [name, place, required])).toEqual([
      ["market", "path", true],
      ["depth", "query", false],
      ["group", "query", false],
      ["CSE-Min-Sequence", "header", false],
    ]);
    expect(book.parameters[1]?.kind).toBe("1–500 = 50");
  });

  it("has bodies to begin with, and codes of refusals", () => {
    const place = find("POST /api/orders");
    expect(place.personal).toBe(true);
    expect(place.examples.length).toBeGreaterThan(3);
    expect(about(place.body ?? "")).toMatch(/^The body of an order placement/);
    expect(place.refusals.flatMap(({ codes }) => codes)).toContain("insufficient_funds");
  });

  it.each([
    ["orders batch", "/api/orders/batch"],
    ["delete Orders", "/api/orders/{id}"],
    ["book price level", "/api/orderbook/{market}"],
  ])("is found by words: %s", (words, path) => {
    expect(matching(operations, words).map((operation) => operation.path)).toContain(path);
    expect(matching(operations, `${words} zzz`)).toEqual([]);
  });
});

it.each([
  [{ type: "string" }, "string"],
  [{ enum: ["a", "b"], default: "a" }, "a | b = a"],
  [{ anyOf: [{ type: "string" }, { type: "null" }], default: null }, "string"],
  [undefined, "any"],
])("%j is said as %s", (schema, words) => {
  expect(kindOf(schema)).toBe(words);
});

describe("a filled request", () => {
  const orders = find("GET /api/orders");

  it("has an address in which nothing breaks out of its place", () => {
    expect(addressOf(find("GET /api/orderbook/{market}"), filled({ market: "../x?y", depth: "5" }))).toBe(
      "/api/orderbook/..%2Fx%3Fy?depth=5",
    );
    expect(addressOf(orders, filled({ market: "", status: "all" }))).toBe("/api/orders?status=all");
  });

  it("says what is missing", () => {
    expect(missingOf(find("GET /api/orderbook/{market}"), filled({}))).toBe("market");
    expect(missingOf(find("POST /api/orders"), filled({}, "{"))).toBe("body");
    expect(missingOf(find("POST /api/orders"), filled({}, '{"market":"LAB-USDC"}'))).toBeNull();
  });

  it("is a line for a shell, whatever was typed", () => {
    const line = curlOf(
      find("POST /api/orders"),
      filled({}, '{\n  "client_order_id": "it\'s"\n}'),
      "https://x",
    );
    expect(line).toContain("-d '{ \"client_order_id\": \"it'\\''s\" }'");
    expect(line).toContain('-H "Authorization: Bearer $TOKEN"');
  });

  it("is sent as it stands, and its answer shown as it came", async () => {
    const asked: [string, RequestInit][] = [];
    vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
      asked.push([address, init]);
      return new Response('{"a":1}', { status: 409, headers: { "CSE-Sequence": "7", Date: "now" } });
    });
    const signal = new AbortController().signal;
    const answer = await send(find("POST /api/orders"), filled({ account: "9" }, '{"b":2}'), "token", signal);
    expect(asked).toMatchObject([
      [
        "/api/orders?account=9",
        {
          method: "POST",
          body: '{"b":2}',
          headers: { Authorization: "Bearer token", "Content-Type": "application/json" },
        },
      ],
    ]);
    expect(answer).toMatchObject({ status: 409, text: '{\n  "a": 1\n}' });
    expect(answer.headers).toContainEqual(["cse-sequence", "7"]);
    expect(answer.headers.map(([name]) => name)).not.toContain("date");
  });
});
