import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { marketFrom, priceToTicks, quantityToLots } from "../src/market.ts";
import { OrderQueues, type QueuesMessage } from "../src/queues.ts";

const vectors = JSON.parse(readFileSync(new URL("../../vectors/queues.json", import.meta.url), "utf8"));
const market = marketFrom(vectors.market, vectors.assets);

interface Step {
  readonly message: QueuesMessage;
  readonly outcome: string;
  readonly queues: Record<"bids" | "asks", [string, string, string][]>;
  readonly position: [string, string] | null;
}

for (const { name, steps } of vectors.cases as { name: string; steps: Step[] }[]) {
  it(name, () => {
    const queues = new OrderQueues(market);
    for (const step of steps) {
      expect(queues.apply(step.message)).toBe(step.outcome);
      for (const side of ["bids", "asks"] as const) {
        const expected = step.queues[side].map(([orderId, price, quantity]) => ({
          orderId,
          price: priceToTicks(price, market),
          quantity: quantityToLots(quantity, market),
        }));
        expect(queues[side]).toEqual(expected);
      }
      expect(queues.position?.sequence ?? null).toBe(step.position && BigInt(step.position[1]));
    }
  });
}

it("says what stands before an order", () => {
  const queues = new OrderQueues(market);
  queues.apply(vectors.cases[0].steps[0].message);
  expect(queues.aheadOf("14")).toBe(quantityToLots("1.0", market));
  expect(queues.aheadOf("99")).toBeNull();
});
