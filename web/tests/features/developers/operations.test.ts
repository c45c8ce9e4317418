import { describe, expect, it } from "vitest";
import { matching, type Operation, ranked } from "@/features/developers/operations";

function operation(method: string, path: string, summary = ""): Operation {
  return { method, path, summary } as Operation;
}

const DESCRIBED = [
  operation("POST", "/api/auth/sign-in", "Signs a person in."),
  operation("GET", "/api/admin/people", "Finds people."),
  operation("POST", "/api/orders", "Places an order."),
  operation("GET", "/api/orders", "The account's orders."),
  operation("GET", "/api/orderbook/{market}", "The book of a market."),
  operation("GET", "/api/markets", "All markets."),
  operation("GET", "/api/health", "Whether it is well."),
];

const shown = (operations: readonly Operation[]) => operations.map(({ method, path }) => `${method} ${path}`);

describe("the routes of the exchange", () => {
  it("stand as programs come to need them, the desk last", () => {
    expect(shown(ranked(DESCRIBED))).toEqual([
      "GET /api/markets",
      "GET /api/orderbook/{market}",
      "POST /api/orders",
      "GET /api/orders",
      "POST /api/auth/sign-in",
      "GET /api/health",
      "GET /api/admin/people",
    ]);
  });

  it.each([
    ["", 7],
    ["post ORDERS", 1],
    ["book market", 1],
    ["nothing such", 0],
  ])("are found by all of the words %j", (words, count) => {
    expect(matching(DESCRIBED, words)).toHaveLength(count);
  });
});
