/**
 * Orders that were sent and whose outcome is not known yet, kept in the tab's storage, so that a reload in
 * the wrong moment does not lose sight of one.
 */

import * as z from "zod/mini";
import type { DraftStorage } from "../ticket/draft";
import type { Intent } from "./state";

const KEY = "cse.unresolved";
const KEPT_MAX = 20;

const INTENTS = z.array(
  z.object({
    clientOrderId: z.string(),
    market: z.string(),
    side: z.enum(["buy", "sell"]),
    type: z.enum(["limit", "market"]),
    timeInForce: z.enum(["gtc", "ioc", "fok"]),
    postOnly: z.boolean(),
    price: z.nullable(z.string()),
    quantity: z.nullable(z.string()),
    quoteAmount: z.nullable(z.string()),
    sentAt: z.string(),
  }),
);

export class UnresolvedOrders {
  /** @param account whose orders they are; another person's are never shown. */
  constructor(
    private readonly storage: DraftStorage,
    private readonly account: string,
  ) {}

  all(): Intent[] {
    try {
      const kept = INTENTS.safeParse(JSON.parse(this.storage?.getItem(this.key) ?? "[]"));
      return kept.success ? kept.data : [];
    } catch {
      return [];
    }
  }

  add(intent: Intent): void {
    this.write([...this.all(), intent].slice(-KEPT_MAX));
  }

  remove(clientOrderId: string): void {
    this.write(this.all().filter((intent) => intent.clientOrderId !== clientOrderId));
  }

  private get key(): string {
    return `${KEY}.${this.account}`;
  }

  private write(intents: Intent[]): void {
    try {
      if (intents.length === 0) this.storage?.removeItem(this.key);
      else this.storage?.setItem(this.key, JSON.stringify(intents));
    } catch {
      // Without storage an order is followed as long as the page lives.
    }
  }
}
