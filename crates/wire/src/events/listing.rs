//! Assets, accounts and markets. Kinds 0x0210 to 0x021f.

use crate::layout::layouts;
use crate::symbols::Symbol;

layouts! {
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
    /// Price band and volatility interruption of a market are others.
    0x0219 => MarketBandChanged {
        /// The market.
        market: u32,
        /// As in `SetMarketBand`.
        price_band_ppm: u32,
        /// As in `SetMarketBand`.
        interruption_ppm: u32,
        /// As in `SetMarketBand`.
        interruption_window_s: u32,
        /// As in `SetMarketBand`.
        interruption_auction_s: u32,
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
    /// Other risk limits hold for accounts of a tier in a market.
    0x021d => RiskLimitsChanged {
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
    /// An account has shown a pattern that operators want to hear of. It is not told of that.
    0x021e => AccountFlagged {
        /// The account.
        account: u32,
        /// Where.
        market: u32,
        /// A `RiskPattern`.
        pattern: u8,
        /// Zero.
        reserved: [u8; 3],
        /// Of cancels: the account's fills within the minute; 0 of any other.
        fills: u32,
        /// What was counted within the minute: quote units of notional, or how many.
        counted: u128,
        /// The limit that it is above, or has reached.
        bound: u128,
    }
}
