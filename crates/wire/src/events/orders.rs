//! What becomes of orders, but for trades. Kinds 0x0220 to 0x022f.

use crate::layout::layouts;
use crate::symbols::Symbol;

layouts! {
    /// An order was taken in. Trades and an `OrderClosed` may follow; otherwise its rest rests.
    0x0220 => OrderAccepted {
        /// Its id, from one counter over all markets.
        order_id: u64,
        /// Whose.
        account: u32,
        /// Where.
        market: u32,
        /// As in `PlaceOrder`.
        side: u8,
        /// As in `PlaceOrder`.
        order_type: u8,
        /// As in `PlaceOrder`.
        time_in_force: u8,
        /// As in `PlaceOrder`, with the market's own filled in.
        self_trade_prevention: u8,
        /// As in `PlaceOrder`.
        flags: u32,
        /// As in `PlaceOrder`, or what re-pricing made of it.
        price: u64,
        /// As in `PlaceOrder`.
        quantity: u64,
        /// The rate it keeps as maker, parts per million.
        maker_fee_ppm: i32,
        /// The rate it keeps as taker, parts per million.
        taker_fee_ppm: i32,
    } rest {
        /// As in `PlaceOrder`.
        quote_amount: u128,
        /// As in `PlaceOrder`; of a trailing stop where it begins, or 0.
        stop_price: u64,
        /// As in `PlaceOrder`.
        trailing_delta: u64,
        /// As in `PlaceOrder`.
        display_quantity: u64,
        /// When it expires, microseconds UTC, or 0.
        expires_at_us: i64,
        /// As in `PlaceOrder`.
        client_order_id: Symbol<40>,
    }
    /// An order was refused and changed nothing.
    0x0221 => OrderRejected {
        /// Whose.
        account: u32,
        /// Where.
        market: u32,
        /// A code of the catalogue.
        code: u16,
        /// Zero.
        reserved: [u8; 6],
        /// As in `PlaceOrder`.
        client_order_id: Symbol<40>,
    }
    /// The same order came again under the same client order id; nothing happened.
    0x0222 => OrderRepeated {
        /// The order it was.
        order_id: u64,
        /// The sequence at which it was taken in, where the original answer stands.
        original_sequence: u64,
        /// Whose.
        account: u32,
        /// Where.
        market: u32,
    }
    /// An order is no longer open.
    0x0223 => OrderClosed {
        /// The order.
        order_id: u64,
        /// Whose.
        account: u32,
        /// Where.
        market: u32,
        /// A `CloseReason`.
        reason: u8,
        /// A `Side`.
        side: u8,
        /// Zero.
        reserved: [u8; 6],
        /// In ticks, as last amended.
        price: u64,
        /// Lots not traded; 0 for a buy by quote amount.
        remaining_quantity: u64,
    } rest {
        /// Lots traded.
        filled_quantity: u64,
        /// Quote units traded.
        filled_notional: u128,
        /// Quote units of fee paid; below zero where rebates were higher.
        fee: i128,
    }
    /// A `CancelAllOrders` is done; an `OrderClosed` for each order stands before it.
    0x0224 => OrdersCancelled {
        /// Whose.
        account: u32,
        /// How many.
        count: u32,
    }
    /// Orders expired before the command was looked at; an `OrderClosed` for each stands behind it, and
    /// for those linked with them.
    0x0225 => OrdersExpired {
        /// How many closed with reason expired.
        count: u32,
        /// Zero.
        reserved: [u8; 4],
    }
    /// An open order was changed. If it lost its priority, trades and an `OrderClosed` may follow.
    0x0226 => OrderAmended {
        /// The order.
        order_id: u64,
        /// Whose.
        account: u32,
        /// Where.
        market: u32,
        /// In ticks, what it is now.
        price: u64,
        /// Lots ordered now, with those that are filled.
        quantity: u64,
        /// As in `PlaceOrder`, what it is now.
        display_quantity: u64,
        /// In ticks, of an order that waits what it is now; else 0.
        stop_price: u64,
        /// Lots not traded yet; 0 of a buy by quote amount.
        remaining_quantity: u64,
        /// 1 if it kept its place in the queue.
        keeps_priority: u8,
        /// Zero.
        reserved: [u8; 7],
    }
    /// The turn of a trigger order has come that fired, maybe commands ago: it matches now. What that
    /// brings about follows.
    0x0227 => OrderTriggered {
        /// The order.
        order_id: u64,
        /// Whose.
        account: u32,
        /// Where.
        market: u32,
        /// In ticks; of a trailing stop what it was when it fired.
        stop_price: u64,
        /// The price of the market's last trade, in ticks.
        last_price: u64,
    }
    /// The orders of a list were taken in, and are linked; an `OrderAccepted` for each stands before it.
    0x0228 => OrdersLinked {
        /// An `OrderListKind`.
        kind: u8,
        /// Zero.
        reserved: [u8; 7],
        /// Whose.
        account: u32,
        /// Where.
        market: u32,
        /// The first order of the list.
        first: u64,
        /// The second.
        second: u64,
        /// The third, or 0.
        third: u64,
    }
    /// The entry of a bracket has closed, and this exit sells from now on what it bought.
    0x0229 => OrderActivated {
        /// The exit.
        order_id: u64,
        /// Whose.
        account: u32,
        /// Where.
        market: u32,
        /// Lots that it is for.
        quantity: u64,
        /// In ticks; 0 of the limit order.
        stop_price: u64,
    }
    /// An account's cancel timer was set, or taken away.
    0x022a => CancelTimerSet {
        /// Whose orders.
        account: u32,
        /// Zero.
        reserved: [u8; 4],
        /// When it fires, microseconds UTC; 0 for not at all.
        fires_at_us: i64,
    }
    /// An account's cancel timer fired; an `OrderClosed` for each order stands before it.
    0x022b => CancelTimerFired {
        /// Whose orders.
        account: u32,
        /// How many; where more stayed open it fires again.
        count: u32,
    }
}
