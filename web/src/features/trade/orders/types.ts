/** What of the API an order's life is made of. */

export type { Fill, Order } from "@cse/client";

/** Why an order was not taken in: the stable code, the server's sentence and the reference to quote. */
export interface OrderRefusal {
  code: string;
  sentence: string;
  reference: string | null;
}
