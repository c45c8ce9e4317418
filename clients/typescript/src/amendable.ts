/** What of an open order may be another. */

import type { Order } from "./client.ts";

/** What can be changed of an order. */
export type AmendableField = "price" | "quantity" | "stopPrice";

/** Which numbers of an order an amend may change; none of one that is linked with others. */
export function amendable(order: Order, linked: boolean): readonly AmendableField[] {
  if (order.status !== "open" || linked || order.trigger === "fired" || order.trigger === "attached")
    return [];
  const fields: AmendableField[] = [];
  if (order.trigger === "waiting" && order.type !== "trailing_stop") fields.push("stopPrice");
  if (order.price !== null) fields.push("price");
  if (order.quantity !== null) fields.push("quantity");
  return fields;
}
