//! Events: what the core says has happened. Kinds 0x0200 to 0x02ff.

use crate::layout::layouts;
use crate::symbols::Symbol;

layouts! {
    /// A leader's time began.
    0x0201 => EpochStarted {
        /// The epoch.
        epoch: u64,
        /// The one before; 0 at first.
        previous_epoch: u64,
        /// The last sequence kept of the one before.
        previous_last_sequence: u64,
    }
    /// Other rules hold from here.
    0x0202 => Upgraded {
        /// The rules.
        rules_version: u32,
        /// Zero.
        reserved: [u8; 4],
    }
    /// An outbox row took effect (or was refused: the event behind this one says so).
    0x0203 => OutboxTaken {
        /// Which outbox.
        source: u32,
        /// Zero.
        reserved: [u8; 4],
        /// The row's number.
        number: u64,
        /// FNV-1a-64 of the row's command.
        digest: u64,
    }
    /// An outbox row came again; nothing else happened.
    0x0204 => OutboxRepeated {
        /// Which outbox.
        source: u32,
        /// Zero.
        reserved: [u8; 4],
        /// The row's number.
        number: u64,
        /// The last number taken of this source.
        last_number: u64,
    }
    /// A command other than `PlaceOrder` was refused and changed nothing.
    0x0205 => CommandRejected {
        /// The command's kind.
        command: u16,
        /// A code of the catalogue.
        code: u16,
        /// The account named in the command, or 0.
        account: u32,
        /// The order, market, asset, transfer or outbox number it was about, or 0.
        reference: u64,
    }
    /// The events behind it, so many bytes, stand for what happened before the command was looked at:
    /// what time brought about, and orders that had fired.
    0x0206 => BeforeCommand {
        /// Bytes of those events.
        length: u32,
        /// Zero.
        reserved: [u8; 4],
    }
    /// An asset was listed.
    0x0210 => AssetCreated {
        /// Its id, dense from 1.
        asset: u32,
        /// Ledger decimals.
        decimals: u8,
        /// Zero.
        reserved: [u8; 3],
        /// Its symbol.
        symbol: Symbol<16>,
    }
    /// An account was opened.
    0x0211 => AccountOpened {
        /// Its id, dense from 1.
        account: u32,
        /// An `AccountKind`.
        kind: u8,
        /// Zero.
        reserved: [u8; 3],
        /// Its owner's UUID.
        owner: [u8; 16],
    }
    /// An account was frozen.
    0x0212 => AccountFrozen {
        /// The account.
        account: u32,
        /// Zero.
        reserved: [u8; 4],
    }
    /// A freeze ended.
    0x0213 => AccountUnfrozen {
        /// The account.
        account: u32,
        /// Zero.
        reserved: [u8; 4],
    }
    /// A market was listed; it is open, or only created.
    0x0214 => MarketCreated {
        /// Its id, dense from 1.
        market: u32,
        /// As in `CreateMarket`.
        base: u32,
        /// As in `CreateMarket`.
        quote: u32,
        /// As in `CreateMarket`.
        price_band_ppm: u32,
        /// Decimals of `tick_size`.
        tick_decimals: u8,
        /// A `MarketStatus`.
        status: u8,
        /// Zero.
        reserved: [u8; 6],
        /// As in `CreateMarket`.
        tick_size: u64,
        /// As in `CreateMarket`.
        lot_size: u64,
        /// Quote units of one lot at one tick.
        tick_lot_units: u64,
        /// As in `CreateMarket`.
        min_notional: u128,
        /// As in `CreateMarket`.
        max_quantity: u64,
        /// As in `CreateMarket`.
        maker_fee_ppm: i32,
        /// As in `CreateMarket`.
        taker_fee_ppm: i32,
        /// As in `CreateMarket`.
        creator_share_ppm: u32,
        /// As in `CreateMarket`.
        creator_account: u32,
        /// As in `CreateMarket`.
        fee_account: u32,
        /// As in `CreateMarket`.
        max_open_orders: u32,
    }
    /// A market has another status, or the one it had anew.
    0x0215 => MarketStatusChanged {
        /// The market.
        market: u32,
        /// A `MarketStatus`.
        status: u8,
        /// Zero.
        reserved: [u8; 3],
        /// When an auction ends, microseconds UTC; 0 for when the market is opened.
        auction_ends_at_us: i64,
    }
    /// A market's fees for new orders of a fee tier changed.
    0x0216 => MarketFeesChanged {
        /// The market.
        market: u32,
        /// As in `CreateMarket`.
        maker_fee_ppm: i32,
        /// As in `CreateMarket`.
        taker_fee_ppm: i32,
        /// As in `CreateMarket`; 0 of a tier other than 0, and unchanged then.
        creator_share_ppm: u32,
        /// As in `CreateMarket`; 0 of a tier other than 0, and unchanged then.
        creator_account: u32,
        /// The fee tier; 0 stands for all that have no rates of their own.
        tier: u8,
        /// Zero.
        reserved: [u8; 3],
    }
    /// Whether orders of a market may ask for no prevention of self-trades.
    0x0217 => MarketSelfTradeChanged {
        /// The market.
        market: u32,
        /// 1 if they may, 0 if not.
        allowed: u8,
        /// Zero.
        reserved: [u8; 3],
    }
    /// Other limits hold for orders from now on.
    0x0218 => MarketLimitsChanged {
        /// The market.
        market: u32,
        /// As in `SetMarketLimits`.
        max_open_orders: u32,
        /// As in `SetMarketLimits`.
        min_notional: u128,
        /// As in `SetMarketLimits`.
        max_notional: u128,
        /// As in `SetMarketLimits`.
        min_quantity: u64,
        /// As in `SetMarketLimits`.
        max_quantity: u64,
        /// As in `SetMarketLimits`.
        price_increment: u64,
        /// As in `SetMarketLimits`.
        quantity_increment: u64,
    }
    /// Price band and volatility halt of a market are others.
    0x0219 => MarketBandChanged {
        /// The market.
        market: u32,
        /// As in `SetMarketBand`.
        price_band_ppm: u32,
        /// As in `SetMarketBand`.
        halt_ppm: u32,
        /// As in `SetMarketBand`.
        halt_window_s: u32,
        /// As in `SetMarketBand`.
        halt_auction_s: u32,
        /// Zero.
        reserved: [u8; 4],
        /// As in `SetMarketBand`.
        reference_price: u64,
    }
    /// A `CancelMarketOrders` is done; an `OrderClosed` for each order stands before it.
    0x021a => MarketOrdersCancelled {
        /// The market.
        market: u32,
        /// How many.
        count: u32,
    }
    /// An account is in another fee tier.
    0x021b => AccountTierChanged {
        /// The account.
        account: u32,
        /// The fee tier.
        tier: u8,
        /// Zero.
        reserved: [u8; 3],
    }
    /// A market's promotion began, is another one, or ended before its time.
    0x021c => MarketPromotionChanged {
        /// The market.
        market: u32,
        /// As in `SetMarketPromotion`.
        maker_fee_ppm: i32,
        /// As in `SetMarketPromotion`.
        taker_fee_ppm: i32,
        /// Zero.
        reserved: [u8; 4],
        /// As in `SetMarketPromotion`.
        ends_at_us: i64,
    }
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
        /// As in `PlaceOrder`.
        quote_amount: u128,
        /// The rate it keeps as maker, parts per million.
        maker_fee_ppm: i32,
        /// The rate it keeps as taker, parts per million.
        taker_fee_ppm: i32,
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
        /// Lots traded.
        filled_quantity: u64,
        /// Lots not traded; 0 for a buy by quote amount.
        remaining_quantity: u64,
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
    /// A trigger order was fired, and matches now; what that brings about follows.
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
    /// Two orders traded: at the maker's price, or at the price of an auction.
    0x0230 => Traded {
        /// Dense per market from 1.
        trade_id: u64,
        /// Where.
        market: u32,
        /// The `Side` of the taker.
        taker_side: u8,
        /// 1 if an auction made it: then both rested, and the maker is the one that came first.
        auction: u8,
        /// Zero.
        reserved: [u8; 2],
        /// In ticks.
        price: u64,
        /// In lots.
        quantity: u64,
        /// In quote units.
        notional: u128,
        /// The order that rested.
        maker_order_id: u64,
        /// The order that came.
        taker_order_id: u64,
        /// Whose order rested.
        maker_account: u32,
        /// Whose order came.
        taker_account: u32,
        /// Quote units the maker pays; below zero a rebate.
        maker_fee: i128,
        /// Quote units the taker pays.
        taker_fee: i128,
        /// Quote units of both fees that go to the creator; the platform has the rest.
        creator_fee: i128,
        /// Receives the platform's part.
        fee_account: u32,
        /// Receives the creator's part, or 0.
        creator_account: u32,
        /// Lots of the maker's order left.
        maker_remaining: u64,
        /// Lots of the taker's order left; 0 for a buy by quote amount.
        taker_remaining: u64,
    }
    /// Two orders of the same owner met, and did not trade.
    0x0231 => SelfTradePrevented {
        /// The order that rested.
        maker_order_id: u64,
        /// The order that came.
        taker_order_id: u64,
        /// Whose order rested.
        maker_account: u32,
        /// Whose order came.
        taker_account: u32,
        /// Where.
        market: u32,
        /// The `Side` of the taker.
        taker_side: u8,
        /// The `SelfTradePrevention` that was done.
        self_trade_prevention: u8,
        /// Zero.
        reserved: [u8; 2],
        /// In ticks.
        price: u64,
        /// The lots that would have traded.
        quantity: u64,
        /// Lots of the maker's order left.
        maker_remaining: u64,
        /// Lots of the taker's order left; 0 for a buy by quote amount.
        taker_remaining: u64,
    }
    /// What an auction would trade if it ended now.
    0x0232 => AuctionIndicated {
        /// Where.
        market: u32,
        /// The `Side` that has more at this price; 0 for neither.
        surplus_side: u8,
        /// Zero.
        reserved: [u8; 3],
        /// In ticks; 0 where nothing would trade.
        price: u64,
        /// In lots.
        volume: u64,
        /// Lots by which one side has more at this price.
        surplus: u64,
    }
    /// The orders of an auction have traded, or as many of them as one command may.
    0x0233 => AuctionUncrossed {
        /// Where.
        market: u32,
        /// Zero.
        reserved: [u8; 4],
        /// Of the last trade that the auction made in this command, in ticks; 0 where it made none.
        price: u64,
        /// Lots that it traded in this command.
        volume: u64,
        /// Where it goes on before the next command, in ticks; 0 where it is done.
        uncross_price: u64,
    }
    /// A level of the book has another total. One `book_sequence` each.
    0x0240 => DepthChanged {
        /// Where.
        market: u32,
        /// A `Side`.
        side: u8,
        /// Zero.
        reserved: [u8; 3],
        /// Dense per market from 1.
        book_sequence: u64,
        /// In ticks.
        price: u64,
        /// Lots now displayed; 0 when the level is gone.
        quantity: u64,
    }
    /// A balance is another one: the values after the command.
    0x0250 => BalanceChanged {
        /// Whose.
        account: u32,
        /// Of what.
        asset: u32,
        /// In the asset's units.
        available: i128,
        /// In the asset's units.
        locked: i128,
    }
    /// Money moved. The tail is `leg_count` times `TransferLeg`.
    0x0260 => TransferMade {
        /// Its id, from one counter.
        transfer: u64,
        /// As in `Transfer`.
        reference: [u8; 16],
        /// As in `Transfer`.
        leg_count: u32,
        /// Zero.
        reserved: [u8; 4],
    } + tail
    /// Money was locked for a transfer. The tail is `leg_count` times `TransferLeg`.
    0x0261 => TransferHeld {
        /// Its id, from one counter.
        transfer: u64,
        /// As in `HoldTransfer`.
        reference: [u8; 16],
        /// As in `HoldTransfer`.
        leg_count: u32,
        /// Zero.
        reserved: [u8; 4],
    } + tail
    /// A held transfer was made. The tail is `leg_count` times `TransferLeg`.
    0x0262 => TransferSettled {
        /// Its id.
        transfer: u64,
        /// As in `HoldTransfer`.
        reference: [u8; 16],
        /// As in `HoldTransfer`.
        leg_count: u32,
        /// Zero.
        reserved: [u8; 4],
    } + tail
    /// A held transfer was given up, and its money released. The tail is `leg_count` times
    /// `TransferLeg`.
    0x0263 => TransferVoided {
        /// Its id.
        transfer: u64,
        /// As in `HoldTransfer`.
        reference: [u8; 16],
        /// As in `HoldTransfer`.
        leg_count: u32,
        /// Zero.
        reserved: [u8; 4],
    } + tail
}
