//! Commands: what may be asked of the core. Kinds 0x0100 to 0x01ff.

use crate::layout::layouts;
use crate::symbols::Symbol;

/// Set in [`PlaceOrder::flags`]: refuse rather than take.
pub const FLAG_POST_ONLY: u32 = 1;
/// Set beside [`FLAG_POST_ONLY`]: a price that would take is made one that does not.
pub const FLAG_REPRICE: u32 = 2;
/// Of a trailing stop: `trailing_delta` is in parts per million, not in ticks.
pub const FLAG_TRAILING_PPM: u32 = 4;

layouts! {
    /// The first command of a leader's time. Only the leader itself gives it.
    0x0101 => StartEpoch {
        /// One above the epoch before.
        epoch: u64,
        /// 0 for the first epoch of all.
        previous_epoch: u64,
        /// The last sequence kept of the epoch before.
        previous_last_sequence: u64,
    }
    /// Lets time pass: orders expire, as before any other command.
    0x0102 => Tick {}
    /// Closes a journal segment before a build with other rules goes on.
    0x0103 => Upgrade {
        /// The rules that hold after this command.
        rules_version: u32,
        /// Zero.
        reserved: [u8; 4],
        /// The state hash before this command.
        state_hash: [u8; 32],
    }
    /// A command out of PostgreSQL; the tail is that command. Numbers of a source are dense from 1.
    0x0104 => FromOutbox {
        /// Which outbox.
        source: u32,
        /// Zero.
        reserved: [u8; 4],
        /// The row's number.
        number: u64,
    } + tail
    /// Lists an asset.
    0x0110 => CreateAsset {
        /// `[A-Z0-9]{2,10}`.
        symbol: Symbol<16>,
        /// Ledger decimals: the unit is 10^-decimals.
        decimals: u8,
        /// Zero.
        reserved: [u8; 7],
    }
    /// Opens an account for an owner.
    0x0111 => OpenAccount {
        /// The person's or organisation's UUID; [`external_owner`](crate::external_owner) for the
        /// world outside; zero for the exchange.
        owner: [u8; 16],
        /// An `AccountKind`.
        kind: u8,
        /// Zero.
        reserved: [u8; 7],
    }
    /// Stops new orders and debits of an account.
    0x0112 => FreezeAccount {
        /// The account.
        account: u32,
        /// Zero.
        reserved: [u8; 4],
    }
    /// Ends a freeze.
    0x0113 => UnfreezeAccount {
        /// The account.
        account: u32,
        /// Zero.
        reserved: [u8; 4],
    }
    /// Lists a market. Its name is the base's symbol, a dash, the quote's symbol.
    0x0114 => CreateMarket {
        /// The asset traded.
        base: u32,
        /// The asset it is priced in.
        quote: u32,
        /// The tick in units of 10^-`tick_decimals` of quote for one whole base.
        tick_size: u64,
        /// The lot in base units.
        lot_size: u64,
        /// In quote units; 0 for none.
        min_notional: u128,
        /// In lots.
        max_quantity: u64,
        /// Parts per million; below zero it is a rebate.
        maker_fee_ppm: i32,
        /// Parts per million.
        taker_fee_ppm: i32,
        /// The creator's part of a trade's fees, in parts per million.
        creator_share_ppm: u32,
        /// Receives the creator's part; 0 for none.
        creator_account: u32,
        /// Receives the rest; an account of kind system.
        fee_account: u32,
        /// How far from the last price orders trade, in parts per million of it; 0 for any distance.
        price_band_ppm: u32,
        /// Open orders an account may have here; 0 for no limit.
        max_open_orders: u32,
        /// Decimals of `tick_size`.
        tick_decimals: u8,
        /// A `MarketStatus`: created, or open, for which 0 stands too.
        status: u8,
        /// Zero.
        reserved: [u8; 2],
    }
    /// Gives a market another status.
    0x0115 => SetMarketStatus {
        /// The market.
        market: u32,
        /// A `MarketStatus`.
        status: u8,
        /// Zero.
        reserved: [u8; 3],
        /// When an auction ends, microseconds UTC; 0 for when the market is opened.
        auction_ends_at_us: i64,
    }
    /// Changes a market's fees for orders placed from now on by accounts of a fee tier.
    0x0116 => SetMarketFees {
        /// The market.
        market: u32,
        /// As in `CreateMarket`.
        maker_fee_ppm: i32,
        /// As in `CreateMarket`.
        taker_fee_ppm: i32,
        /// As in `CreateMarket`; 0 unless the tier is 0.
        creator_share_ppm: u32,
        /// As in `CreateMarket`; 0 unless the tier is 0.
        creator_account: u32,
        /// The fee tier, 0 to 9; 0 stands for all tiers that have no rates of their own.
        tier: u8,
        /// Zero.
        reserved: [u8; 3],
    }
    /// Says whether orders of a market may ask for no prevention of self-trades.
    0x0117 => SetMarketSelfTrade {
        /// The market.
        market: u32,
        /// 1 if they may, 0 if not.
        allowed: u8,
        /// Zero.
        reserved: [u8; 3],
    }
    /// Changes what orders may be from now on.
    0x0118 => SetMarketLimits {
        /// The market.
        market: u32,
        /// Open orders an account may have here; 0 for no limit.
        max_open_orders: u32,
        /// In quote units; 0 for none.
        min_notional: u128,
        /// In quote units; 0 for none.
        max_notional: u128,
        /// In lots.
        min_quantity: u64,
        /// In lots.
        max_quantity: u64,
        /// In ticks: prices are multiples of it.
        price_increment: u64,
        /// In lots: quantities are multiples of it.
        quantity_increment: u64,
    }
    /// Changes price band and volatility interruption of a market.
    0x0119 => SetMarketBand {
        /// The market.
        market: u32,
        /// How far from the last price orders trade, in parts per million of it; 0 for any distance.
        price_band_ppm: u32,
        /// A move by more than this within the window has the market go into auction, in parts per
        /// million; 0 for none.
        interruption_ppm: u32,
        /// The window, in seconds.
        interruption_window_s: u32,
        /// How long the auction lasts that follows, in seconds.
        interruption_auction_s: u32,
        /// Zero.
        reserved: [u8; 4],
        /// In ticks, what stands for the last price before the first trade; 0 for none.
        reference_price: u64,
    }
    /// Cancels the open orders of a market.
    0x011a => CancelMarketOrders {
        /// The market.
        market: u32,
        /// Zero.
        reserved: [u8; 4],
    }
    /// Puts an account into a fee tier, for orders that it places from now on.
    0x011b => SetAccountTier {
        /// The account.
        account: u32,
        /// The fee tier, 0 to 9.
        tier: u8,
        /// Zero.
        reserved: [u8; 3],
    }
    /// Lowers a market's fees for a time, for orders placed within it.
    0x011c => SetMarketPromotion {
        /// The market.
        market: u32,
        /// As in `CreateMarket`; the lower of this and the order's own rate holds.
        maker_fee_ppm: i32,
        /// As in `CreateMarket`; the lower of this and the order's own rate holds.
        taker_fee_ppm: i32,
        /// Zero.
        reserved: [u8; 4],
        /// Microseconds UTC, from when on it holds no more; 0 ends it.
        ends_at_us: i64,
    }
    /// Sets what accounts of a tier may ask for in a market, and what is told of them. With 0
    /// throughout the tier has no limits of its own.
    0x011d => SetRiskLimits {
        /// The market.
        market: u32,
        /// The tier of accounts, 0 to 9; 0 stands for all that have no limits of their own.
        tier: u8,
        /// Zero.
        reserved: [u8; 3],
        /// In lots, the largest order; 0 for any, as of all that follow.
        max_quantity: u64,
        /// In quote units, the largest order.
        max_notional: u128,
        /// In quote units, what orders may come to within a minute.
        max_notional_per_minute: u128,
        /// In quote units, above which it is told what orders come to within a minute.
        flag_notional_per_minute: u128,
        /// Open orders an account may have here.
        max_open_orders: u32,
        /// Cancels within a minute from which on it is told.
        flag_cancels: u32,
        /// Of those only where they are above so many times the fills.
        flag_cancels_per_fill: u32,
        /// Orders far from the market within a minute from which on it is told.
        flag_far_orders: u32,
        /// How far that is, in parts per million of the last price.
        flag_far_ppm: u32,
        /// Prevented self-trades within a minute from which on it is told.
        flag_self_trades: u32,
    }
    /// Places an order.
    0x0120 => PlaceOrder {
        /// Whose order.
        account: u32,
        /// Where.
        market: u32,
        /// A `Side`.
        side: u8,
        /// An `OrderType`.
        order_type: u8,
        /// A `TimeInForce`.
        time_in_force: u8,
        /// A `SelfTradePrevention`; 0 for the market's own, which is to cancel the newest.
        self_trade_prevention: u8,
        /// `FLAG_POST_ONLY`, `FLAG_REPRICE`, `FLAG_TRAILING_PPM`.
        flags: u32,
        /// In ticks; of an order that is a market order once it matches the worst price, or 0 for none.
        price: u64,
        /// In lots; 0 when `quote_amount` says how much.
        quantity: u64,
    } rest {
        /// In quote units: of a buy all it may cost, fee included; of a sell the notional.
        quote_amount: u128,
        /// In ticks, the price of a trade that fires a trigger order; 0 of others and of a trailing stop.
        stop_price: u64,
        /// How far a trailing stop follows, in ticks or with `FLAG_TRAILING_PPM` parts per million.
        trailing_delta: u64,
        /// In lots, what an iceberg shows at a time; 0 for all.
        display_quantity: u64,
        /// Microseconds UTC; 0 unless the time in force is GTD.
        expires_at_us: i64,
        /// Up to 36 of `[A-Za-z0-9._:/-]`; empty for none.
        client_order_id: Symbol<40>,
    }
    /// Cancels an order, by its id or, where that is 0, by the client's.
    0x0121 => CancelOrder {
        /// Whose order.
        account: u32,
        /// Zero.
        reserved: [u8; 4],
        /// The order, or 0.
        order_id: u64,
    } rest {
        /// Up to 36 bytes, where `order_id` is 0.
        client_order_id: Symbol<40>,
    }
    /// Cancels all open orders of an account.
    0x0122 => CancelAllOrders {
        /// Whose orders.
        account: u32,
        /// 0 for every market.
        market: u32,
        /// A `Side`; 0 for both.
        side: u8,
        /// Zero.
        reserved: [u8; 7],
    }
    /// Changes an open order. A field that is 0 stays.
    0x0123 => AmendOrder {
        /// Whose order.
        account: u32,
        /// Zero.
        reserved: [u8; 4],
        /// The order, or 0.
        order_id: u64,
        /// Up to 36 bytes, where `order_id` is 0.
        client_order_id: Symbol<40>,
        /// In ticks.
        price: u64,
        /// In lots, with those that are filled.
        quantity: u64,
        /// In lots.
        display_quantity: u64,
        /// In ticks, of an order that waits.
        stop_price: u64,
    }
    /// Cancels an order and places another; the tail is that `PlaceOrder`.
    0x0124 => ReplaceOrder {
        /// The order to cancel, or 0.
        order_id: u64,
        /// Up to 36 bytes, where `order_id` is 0.
        client_order_id: Symbol<40>,
        /// A `ReplaceMode`.
        mode: u8,
        /// Zero.
        reserved: [u8; 7],
    } + tail
    /// Places two or three orders that are linked; the tail is that many `PlaceOrder`.
    0x0125 => PlaceOrderList {
        /// An `OrderListKind`.
        kind: u8,
        /// Zero.
        reserved: [u8; 7],
    } + tail
    /// Cancels all open orders of an account in a while, unless it is set again before.
    0x0126 => SetCancelTimer {
        /// Whose orders.
        account: u32,
        /// Zero.
        reserved: [u8; 4],
        /// Microseconds from now; 0 disarms the timer.
        timeout_us: i64,
    }
    /// Moves money: up to 16 legs, all or none. The tail is `leg_count` times `TransferLeg`.
    0x0130 => Transfer {
        /// The mover's own id for it; also joins the chunks of a longer run.
        reference: [u8; 16],
        /// 1 to 16.
        leg_count: u32,
        /// Zero.
        reserved: [u8; 4],
    } + tail
    /// Locks what a transfer needs, to be settled or voided later.
    0x0131 => HoldTransfer {
        /// As in `Transfer`.
        reference: [u8; 16],
        /// As in `Transfer`.
        leg_count: u32,
        /// Zero.
        reserved: [u8; 4],
    } + tail
    /// Makes a held transfer.
    0x0132 => SettleTransfer {
        /// The core's id of the transfer.
        transfer: u64,
    }
    /// Releases a held transfer.
    0x0133 => VoidTransfer {
        /// The core's id of the transfer.
        transfer: u64,
    }
    /// One leg of a transfer; stands only in tails.
    0x013f => TransferLeg {
        /// The account that pays.
        debit: u32,
        /// The account that receives.
        credit: u32,
        /// What moves.
        asset: u32,
        /// A `TransferReason` of the catalogue in the Python domain; the core only carries it.
        reason: u16,
        /// A `TransferCondition`, or 0 for none.
        condition: u16,
        /// In the asset's units, above zero.
        amount: u128,
        /// The condition's amount, in the asset's units; 0 without a condition.
        condition_amount: u128,
    }
}
