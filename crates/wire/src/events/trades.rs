//! Trades, auctions and depth. Kinds 0x0230 to 0x024f.

use crate::layout::layouts;

layouts! {
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
}
