//! The entries of a snapshot: the core's state, message by message. Kinds 0x0400 to 0x04ff.

use crate::symbols::Symbol;

layouts! {
    /// The counters; the first entry.
    0x0401 => CoreState {
        /// The last command applied.
        sequence: u64,
        /// Its time.
        time_us: i64,
        /// The chain after it.
        chain: u64,
        /// The epoch.
        epoch: u64,
        /// The last order id given.
        last_order_id: u64,
        /// The last transfer id given.
        last_transfer_id: u64,
        /// The rules in force.
        rules_version: u32,
        /// Zero.
        reserved: [u8; 4],
    }
    /// An asset.
    0x0402 => AssetState {
        /// Its id.
        asset: u32,
        /// Ledger decimals.
        decimals: u8,
        /// Zero.
        reserved: [u8; 3],
        /// Its symbol.
        symbol: Symbol<16>,
    }
    /// An account.
    0x0403 => AccountState {
        /// Its id.
        account: u32,
        /// An `AccountKind`.
        kind: u8,
        /// 1 when frozen.
        frozen: u8,
        /// Its fee tier.
        tier: u8,
        /// Zero.
        reserved: [u8; 1],
        /// Its owner.
        owner: [u8; 16],
        /// Orders with a client order id that have closed.
        closed_client_orders: u64,
    }
    /// A balance.
    0x0404 => BalanceState {
        /// Whose.
        account: u32,
        /// Of what.
        asset: u32,
        /// Units.
        available: i128,
        /// Units.
        locked: i128,
    }
    /// A market; its orders follow, best price first, oldest first, bids then asks.
    0x0405 => MarketState {
        /// Its id.
        market: u32,
        /// As in `CreateMarket`.
        base: u32,
        /// As in `CreateMarket`.
        quote: u32,
        /// As in `CreateMarket`.
        tick_decimals: u8,
        /// A `MarketStatus`.
        status: u8,
        /// 1 if orders may ask for no prevention of self-trades.
        self_trade_allowed: u8,
        /// As last told in `AuctionIndicated`.
        indicated_side: u8,
        /// As in `CreateMarket`.
        tick_size: u64,
        /// As in `CreateMarket`.
        lot_size: u64,
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
        /// The last trade id given.
        last_trade_id: u64,
        /// The last book sequence given.
        book_sequence: u64,
        /// The price of the last trade in ticks, or 0.
        last_price: u64,
        /// As in `SetMarketPromotion`.
        promotion_maker_fee_ppm: i32,
        /// As in `SetMarketPromotion`.
        promotion_taker_fee_ppm: i32,
        /// As in `SetMarketPromotion`, or 0.
        promotion_ends_at_us: i64,
        /// When the auction ends, microseconds UTC, or 0.
        auction_ends_at_us: i64,
        /// The price at which the market is uncrossing in ticks, or 0.
        uncross_price: u64,
        /// As in `SetMarketBand`.
        reference_price: u64,
        /// The price of the first trade in the window of the volatility interruption, or 0.
        interruption_reference: u64,
        /// The time of that trade, or 0.
        interruption_reference_at_us: i64,
        /// As in `SetMarketLimits`.
        max_notional: u128,
        /// As in `SetMarketLimits`.
        min_quantity: u64,
        /// As in `SetMarketBand`.
        price_band_ppm: u32,
        /// As in `SetMarketBand`.
        interruption_ppm: u32,
        /// As in `SetMarketBand`.
        interruption_window_s: u32,
        /// As in `SetMarketBand`.
        interruption_auction_s: u32,
        /// As last told in `AuctionIndicated`.
        indicated_price: u64,
        /// As last told in `AuctionIndicated`.
        indicated_volume: u64,
        /// As last told in `AuctionIndicated`.
        indicated_surplus: u64,
        /// As in `SetMarketLimits`.
        price_increment: u64,
        /// As in `SetMarketLimits`.
        quantity_increment: u64,
    }
    /// An open order.
    0x0406 => OrderState {
        /// Its id.
        order_id: u64,
        /// Whose.
        account: u32,
        /// Where.
        market: u32,
        /// A `Side`.
        side: u8,
        /// A `TimeInForce`.
        time_in_force: u8,
        /// A `SelfTradePrevention`.
        self_trade_prevention: u8,
        /// Zero.
        reserved: [u8; 1],
        /// As in `PlaceOrder`.
        flags: u32,
        /// In ticks.
        price: u64,
        /// Lots ordered.
        quantity: u64,
        /// Lots traded.
        filled_quantity: u64,
        /// Quote units traded as maker.
        maker_notional: u128,
        /// Quote units traded as taker.
        taker_notional: u128,
        /// Quote units of fee so far.
        fee: i128,
        /// Units still held: quote of a buy, base of a sell.
        held: u128,
        /// The rate it keeps.
        maker_fee_ppm: i32,
        /// The rate it keeps.
        taker_fee_ppm: i32,
        /// The sequence at which it was taken in.
        accepted_sequence: u64,
        /// The time at which it was taken in.
        accepted_at_us: i64,
        /// When it expires, or 0.
        expires_at_us: i64,
        /// As in `PlaceOrder`.
        display_quantity: u64,
        /// Lots that it shows.
        displayed_quantity: u64,
        /// The client's id, or empty.
        client_order_id: Symbol<40>,
    }
    /// A remembered client order id.
    0x0407 => ClientOrderState {
        /// Whose.
        account: u32,
        /// Zero.
        reserved: [u8; 4],
        /// The order.
        order_id: u64,
        /// Where the original answer stands.
        original_sequence: u64,
        /// FNV-1a-64 of the order's content.
        digest: u64,
        /// When it closed, or 0 while open.
        closed_at_us: i64,
        /// The account's count of closed client orders when it closed, or 0.
        closed_number: u64,
        /// The client's id.
        client_order_id: Symbol<40>,
    }
    /// The last number taken of an outbox.
    0x0408 => OutboxState {
        /// Which.
        source: u32,
        /// Zero.
        reserved: [u8; 4],
        /// The number.
        number: u64,
    }
    /// A trigger order that has not matched yet; those of a market follow its other orders.
    0x0409 => TriggerState {
        /// Its id.
        order_id: u64,
        /// Whose.
        account: u32,
        /// Where.
        market: u32,
        /// A `Side`.
        side: u8,
        /// An `OrderType`.
        order_type: u8,
        /// A `TimeInForce`.
        time_in_force: u8,
        /// A `SelfTradePrevention`.
        self_trade_prevention: u8,
        /// As in `PlaceOrder`.
        flags: u32,
        /// In ticks, or 0.
        price: u64,
        /// Lots; 0 of a buy by quote amount, and of an exit whose bracket's entry is open.
        quantity: u64,
        /// As in `PlaceOrder`.
        quote_amount: u128,
        /// In ticks; of a trailing stop what it is now, 0 before it has one.
        stop_price: u64,
        /// As in `PlaceOrder`.
        trailing_delta: u64,
        /// As in `PlaceOrder`.
        display_quantity: u64,
        /// Units held: quote of a buy, base of a sell.
        held: u128,
        /// The rate it keeps.
        maker_fee_ppm: i32,
        /// The rate it keeps.
        taker_fee_ppm: i32,
        /// The sequence at which it was taken in.
        accepted_sequence: u64,
        /// The time at which it was taken in.
        accepted_at_us: i64,
        /// When it expires, or 0.
        expires_at_us: i64,
        /// A `TriggerPhase`.
        phase: u8,
        /// Zero.
        reserved: [u8; 7],
        /// Its place in the market's queue of fired orders, from 1; 0 if it has not fired.
        queue_number: u64,
        /// The client's id, or empty.
        client_order_id: Symbol<40>,
    }
    /// Orders that are linked; those of a market follow its trigger orders.
    0x040a => OrderLinkState {
        /// An `OrderListKind`.
        kind: u8,
        /// Zero.
        reserved: [u8; 7],
        /// Whose.
        account: u32,
        /// Where.
        market: u32,
        /// The first order of the list, or 0 if it has closed.
        first: u64,
        /// The second.
        second: u64,
        /// The third, or 0.
        third: u64,
    }
    /// A held transfer. The tail is `leg_count` times `TransferLeg`.
    0x040b => HeldTransferState {
        /// Its id.
        transfer: u64,
        /// As in `HoldTransfer`.
        reference: [u8; 16],
        /// As in `HoldTransfer`.
        leg_count: u32,
        /// Zero.
        reserved: [u8; 4],
    } + tail
    /// A market's rates for a fee tier other than 0; stands behind the market.
    0x040c => FeeTierState {
        /// The market.
        market: u32,
        /// The fee tier, 1 to 9.
        tier: u8,
        /// Zero.
        reserved: [u8; 3],
        /// As in `SetMarketFees`.
        maker_fee_ppm: i32,
        /// As in `SetMarketFees`.
        taker_fee_ppm: i32,
    }
    /// An account's cancel timer.
    0x040d => CancelTimerState {
        /// Whose.
        account: u32,
        /// Zero.
        reserved: [u8; 4],
        /// When it fires.
        fires_at_us: i64,
    }
    /// A market's risk limits for a tier; stands behind the market and its fee tiers.
    0x040e => RiskLimitsState {
        /// The market.
        market: u32,
        /// The tier of accounts; 0 stands for all that have no limits of their own.
        tier: u8,
        /// Zero.
        reserved: [u8; 3],
        /// As in `SetRiskLimits`.
        max_quantity: u64,
        /// As in `SetRiskLimits`.
        max_notional: u128,
        /// As in `SetRiskLimits`.
        max_notional_per_minute: u128,
        /// As in `SetRiskLimits`.
        flag_notional_per_minute: u128,
        /// As in `SetRiskLimits`.
        max_open_orders: u32,
        /// As in `SetRiskLimits`.
        flag_cancels: u32,
        /// As in `SetRiskLimits`.
        flag_cancels_per_fill: u32,
        /// As in `SetRiskLimits`.
        flag_far_orders: u32,
        /// As in `SetRiskLimits`.
        flag_far_ppm: u32,
        /// As in `SetRiskLimits`.
        flag_self_trades: u32,
    }
    /// What an account has done in a market within ten seconds.
    0x040f => RiskCountsState {
        /// Where.
        market: u32,
        /// Whose.
        account: u32,
        /// The stretch of time: ten seconds each, from 1970 on.
        stretch: i64,
        /// Quote units that its orders came to.
        notional: u128,
        /// Its cancels.
        cancels: u32,
        /// Its fills.
        fills: u32,
        /// Its orders far from the market.
        far_orders: u32,
        /// Its self-trades that were prevented.
        prevented: u32,
        /// What was told of it then: 1 for notional, 2 for cancels, 4 for far orders, 8 for self-trades.
        told: u8,
        /// Zero.
        reserved: [u8; 7],
    }
}
