import type { Fill, Order } from "@cse/client";
import type { Intent } from "@/providers/own/orderState";

/** A limit buy as it was sent. */
export const INTENT: Intent = {
  clientOrderId: "w-1",
  market: "LUNA-USDC",
  side: "buy",
  type: "limit",
  timeInForce: "gtc",
  postOnly: false,
  price: "0.04206",
  quantity: "100.0",
  quoteAmount: null,
  stop: null,
  trailing: null,
  sentAt: "2026-11-25T12:00:00.000Z",
};

/** An open limit buy, with what a case changes of it. */
export function order(change: Partial<Order> = {}): Order {
  return {
    id: "7",
    client_order_id: "w-1",
    list_id: null,
    account: "1",
    market: "LUNA-USDC",
    side: "buy",
    type: "limit",
    time_in_force: "gtc",
    post_only: false,
    reprice: false,
    self_trade_prevention: "cancel_newest",
    expires_at: null,
    status: "open",
    close_reason: null,
    trigger: null,
    triggered_at: null,
    price: "0.04206",
    quantity: "100.0",
    quote_amount: null,
    display_quantity: null,
    stop_price: null,
    trailing_delta: null,
    trailing_percent: null,
    filled_quantity: "0.0",
    filled_notional: "0",
    average_price: null,
    remaining_quantity: "100.0",
    fee: "0",
    fee_asset: "USDC",
    created_at: "2026-11-25T12:00:00.000000Z",
    updated_at: "2026-11-25T12:00:00.000000Z",
    revision: "9",
    ...change,
  };
}

export function fill(change: Partial<Fill> = {}): Fill {
  return {
    trade_id: "1",
    order_id: "7",
    market: "LUNA-USDC",
    side: "buy",
    price: "0.04206",
    quantity: "10.0",
    notional: "0.4206",
    fee: "0.0009",
    fee_asset: "USDC",
    liquidity: "taker",
    time: "2026-11-25T12:00:00.000000Z",
    sequence: "1",
    ...change,
  };
}
