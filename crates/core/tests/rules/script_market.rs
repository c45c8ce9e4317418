//! Lines of a script that an operator gives, and what the core says of markets.
//!
//! `market auction ends=5` (seconds after the beginning), `market open`, `band 50000 ref=100
//! interruption=20000 window=60 auction=30`, `limits min=5 max=50 least=2 most=9 step=2 lots=5`,
//! `market cancel`.

use cse_wire::{
    AuctionIndicated, AuctionUncrossed, CancelMarketOrders, MarketOrdersCancelled, MarketStatus,
    MarketStatusChanged, Message, SetMarketBand, SetMarketLimits, SetMarketStatus, Side,
};

use crate::floor::{MARKET, START_US};

const SECOND_US: i64 = 1_000_000;

/// The command that the words of an operator's line ask for, if it is one.
pub fn command(words: &[&str]) -> Option<Vec<u8>> {
    match *words {
        ["market", "cancel"] => Some(
            CancelMarketOrders {
                market: MARKET,
                reserved: [0; 4],
            }
            .encoded(),
        ),
        ["market", status, ref rest @ ..] => Some(
            SetMarketStatus {
                market: MARKET,
                status: status_of(status) as u8,
                reserved: [0; 3],
                auction_ends_at_us: match value(rest, "ends") {
                    Some(seconds) => START_US + seconds as i64 * SECOND_US,
                    None => 0,
                },
            }
            .encoded(),
        ),
        ["band", ppm, ref rest @ ..] => {
            let or_none = |name| value(rest, name).unwrap_or(0);
            let command = SetMarketBand {
                market: MARKET,
                price_band_ppm: ppm.parse().expect("parts per million"),
                interruption_ppm: or_none("interruption") as u32,
                interruption_window_s: or_none("window") as u32,
                interruption_auction_s: or_none("auction") as u32,
                reserved: [0; 4],
                reference_price: or_none("ref"),
            };
            Some(command.encoded())
        }
        ["limits", ref rest @ ..] => {
            let or_none = |name| value(rest, name).unwrap_or(0);
            let command = SetMarketLimits {
                market: MARKET,
                max_open_orders: or_none("open") as u32,
                min_notional: or_none("min").into(),
                max_notional: or_none("max").into(),
                min_quantity: or_none("least"),
                max_quantity: value(rest, "most").unwrap_or(1_000),
                price_increment: value(rest, "step").unwrap_or(1),
                quantity_increment: value(rest, "lots").unwrap_or(1),
            };
            Some(command.encoded())
        }
        _ => None,
    }
}

/// What an event says of a market, if it does.
pub fn event(kind: u16, message: &[u8]) -> Option<String> {
    match kind {
        MarketStatusChanged::KIND => {
            let event: MarketStatusChanged = read(message);
            let status = MarketStatus::from_number(event.status).expect("a status");
            let until = match event.auction_ends_at_us {
                0 => String::new(),
                time_us => format!(" until {}", (time_us - START_US) / SECOND_US),
            };
            Some(format!("{status:?}{until}").to_lowercase())
        }
        AuctionIndicated::KIND => {
            let AuctionIndicated {
                price,
                volume,
                surplus,
                surplus_side,
                ..
            } = read(message);
            let more = match Side::from_number(surplus_side) {
                Some(side) => format!(" and {surplus} to {side:?}").to_lowercase(),
                None => String::new(),
            };
            Some(format!("would be {volume}@{price}{more}"))
        }
        AuctionUncrossed::KIND => {
            let event: AuctionUncrossed = read(message);
            let goes_on = match event.uncross_price {
                0 => String::new(),
                price => format!(", goes on at {price}"),
            };
            Some(format!(
                "uncrossed {}@{}{goes_on}",
                event.volume, event.price
            ))
        }
        MarketOrdersCancelled::KIND => {
            let event: MarketOrdersCancelled = read(message);
            Some(format!("{} of the market cancelled", event.count))
        }
        _ => None,
    }
}

fn status_of(word: &str) -> MarketStatus {
    match word {
        "open" => MarketStatus::Open,
        "halted" => MarketStatus::Halted,
        "auction" => MarketStatus::Auction,
        "created" => MarketStatus::Created,
        "cancel-only" => MarketStatus::CancelOnly,
        "delisted" => MarketStatus::Delisted,
        _ => panic!("{word} is no status"),
    }
}

fn value(words: &[&str], name: &str) -> Option<u64> {
    let of_name = |word: &&str| word.strip_prefix(name)?.strip_prefix('=')?.parse().ok();
    words.iter().find_map(of_name)
}

fn read<M: Message>(message: &[u8]) -> M {
    M::decode(message).expect("it fits its layout").0
}
