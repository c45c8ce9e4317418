/**
 * Orders that were sent and whose outcome is not known yet, kept in the tab's storage, so that a reload in
 * the wrong moment does not lose sight of one.
 */

import * as z from "zod/mini";
import { ORDER_TYPES } from "@/features/own/orderRows";
import { keep, type Place, readKept } from "@/providers/kept/kept";
import type { Intent } from "@/providers/own/orderState";

const KEY = "cse.unresolved";
const KEPT_MAX = 20;

const INTENTS = z.array(
  z.object({
    clientOrderId: z.string(),
    market: z.string(),
    side: z.enum(["buy", "sell"]),
    type: z.enum(ORDER_TYPES),
    timeInForce: z.enum(["gtc", "ioc", "fok", "gtd", "day"]),
    postOnly: z.boolean(),
    price: z.nullable(z.string()),
    quantity: z.nullable(z.string()),
    quoteAmount: z.nullable(z.string()),
    stop: z._default(z.nullable(z.string()), null),
    trailing: z._default(
      z.nullable(z.object({ percent: z.nullable(z.string()), delta: z.nullable(z.string()) })),
      null,
    ),
    sentAt: z.string(),
  }),
);

export class UnresolvedOrders {
  /** @param account whose orders they are; another person's are never shown. */
  constructor(
    private readonly place: Place,
    private readonly account: string,
  ) {}

  all(): Intent[] {
    return readKept(this.place, this.key, INTENTS, []);
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
    keep(this.place, this.key, intents.length === 0 ? null : intents);
  }
}
