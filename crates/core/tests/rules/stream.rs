//! A stream of commands of every kind, the same for the same seed.

use cse_wire::{
    AccountKind, AmendOrder, CancelAllOrders, CancelMarketOrders, CancelOrder, CoreState,
    CreateMarket, FLAG_TRAILING_PPM, FreezeAccount, FromOutbox, MarketStatus, Message,
    OrderListKind, PlaceOrder, PlaceOrderList, ReplaceOrder, SetAccountTier, SetCancelTimer,
    SetMarketBand, SetMarketFees, SetMarketLimits, SetMarketPromotion, SetMarketSelfTrade,
    SetMarketStatus, SettleTransfer, Side, Symbol, Tick, TimeInForce, TransferLeg, UnfreezeAccount,
    VoidTransfer,
};

use crate::floor::{
    A, CREATOR, FEES, Floor, OUTSIDE, OWNERS, account, all_of, asset, external, hold, leg, market,
    transfer,
};
use crate::follower::Follower;
use crate::invariants;

/// Marsaglia's xorshift, 64 bits.
pub struct Xorshift(u64);

impl Xorshift {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        (self.next() >> 11) % bound
    }

    /// Whether something of `percent` happens.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// A floor with fees, a creator, and a second market whose lots and ticks are not 1.
pub fn floor() -> Floor {
    let terms = |market: &mut CreateMarket| {
        (market.maker_fee_ppm, market.taker_fee_ppm) = (-500, 1_500);
        (market.creator_account, market.creator_share_ppm) = (CREATOR, 333_333);
        market.max_open_orders = 20;
    };
    let mut floor = Floor::new(terms);
    floor.send(&asset("ETH", 3));
    let second = CreateMarket {
        base: 3,
        quote: 2,
        tick_size: 2,
        lot_size: 5_000,
        min_notional: 50,
        maker_fee_ppm: 1_000,
        taker_fee_ppm: 2_000,
        ..market()
    };
    floor.send(&second);
    for account in A..A + 2 * OWNERS {
        floor.credit(account, 3, 5_000_000);
    }
    floor
}

/// The next command of the stream.
pub fn command(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    match random.below(100) {
        0..38 => order(random, floor).encoded(),
        38..48 => trigger(random, floor).encoded(),
        48..52 => list(random, floor),
        52..58 => amend(random, floor).encoded(),
        58..62 => replacement(random, floor),
        62..85 => cancel(random, floor).encoded(),
        85 => CancelAllOrders {
            account: someone(random),
            market: random.below(4) as u32,
            side: random.below(4) as u8,
            reserved: [0; 7],
        }
        .encoded(),
        86..89 => movement(random),
        89 => end_of_hold(random, floor),
        90 => FreezeAccount {
            account: someone(random),
            reserved: [0; 4],
        }
        .encoded(),
        91..93 => UnfreezeAccount {
            account: someone(random),
            reserved: [0; 4],
        }
        .encoded(),
        93 => set_fees(random, floor),
        94 | 95 => operator(random, floor),
        96 if random.chance(50) => {
            external(random.below(5) as u32, random.below(3) as u32).encoded()
        }
        96 => account(20 + random.below(5) as u8, AccountKind::Main).encoded(),
        97 => asset(&format!("AS{}", random.below(20)), random.below(20) as u8).encoded(),
        98 if random.chance(50) => SetMarketSelfTrade {
            market: 1 + random.below(2) as u32,
            allowed: random.below(2) as u8,
            reserved: [0; 3],
        }
        .encoded(),
        98 if random.chance(50) => SetCancelTimer {
            account: someone(random),
            reserved: [0; 4],
            timeout_us: random.below(8) as i64 * 500_000_000,
        }
        .encoded(),
        98 => Tick {}.encoded(),
        _ => from_outbox(random, floor),
    }
}

/// A change of a market's status or bounds; mostly of the one towards open.
fn operator(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    let market = 1 + random.below(2) as u32;
    match random.below(10) {
        0 => SetMarketLimits {
            market,
            max_open_orders: 20 * random.below(2) as u32,
            min_notional: u128::from(random.below(100)),
            max_notional: u128::from(random.below(2) * 50_000),
            min_quantity: random.below(3),
            max_quantity: 90 + random.below(100_000),
            price_increment: 1 + random.below(10) / 8,
            quantity_increment: 1 + random.below(10) / 8,
        }
        .encoded(),
        1 | 2 => SetMarketBand {
            market,
            price_band_ppm: random.below(3) as u32 * 15_000,
            halt_ppm: random.below(3) as u32 * 12_000,
            halt_window_s: 1 + random.below(600) as u32,
            halt_auction_s: 1 + random.below(600) as u32,
            reserved: [0; 4],
            reference_price: random.below(2) * 100,
        }
        .encoded(),
        3 if random.chance(20) => CancelMarketOrders {
            market,
            reserved: [0; 4],
        }
        .encoded(),
        _ => {
            let status = match random.below(10) {
                0 => MarketStatus::Halted,
                1 => MarketStatus::CancelOnly,
                2..5 => MarketStatus::Auction,
                _ => MarketStatus::Open,
            };
            let ends = status == MarketStatus::Auction && random.chance(70);
            SetMarketStatus {
                market,
                status: status as u8,
                reserved: [0; 3],
                auction_ends_at_us: if ends {
                    floor.now_us + random.below(1_000_000_000) as i64
                } else {
                    0
                },
            }
            .encoded()
        }
    }
}

/// A trader's account, or rarely none.
fn someone(random: &mut Xorshift) -> u32 {
    if random.chance(98) {
        A + random.below(2 * u64::from(OWNERS)) as u32
    } else {
        random.below(99) as u32
    }
}

fn order(random: &mut Xorshift, floor: &Floor) -> PlaceOrder {
    let is_market = random.chance(15);
    let by_amount = is_market && random.chance(50);
    let client_order_id = match random.chance(30) {
        true => format!("{}", random.below(500)),
        false => String::new(),
    };
    let time_in_force = match random.below(10) {
        _ if is_market => 2,
        0 => 2,
        1 => 3,
        2 => 4,
        3 => 5,
        _ => 1,
    };
    PlaceOrder {
        account: someone(random),
        market: 1 + u32::from(random.chance(40)),
        side: 1 + random.below(2) as u8,
        order_type: 1 + u8::from(is_market),
        time_in_force,
        self_trade_prevention: random.below(6) as u8,
        flags: if random.chance(5) {
            1 + 2 * random.below(2) as u32
        } else {
            0
        },
        price: if is_market && random.chance(70) {
            0
        } else {
            95 + random.below(11)
        },
        quantity: if by_amount { 0 } else { 1 + random.below(100) },
        quote_amount: if by_amount {
            u128::from(random.below(20_000))
        } else {
            0
        },
        stop_price: 0,
        trailing_delta: 0,
        display_quantity: if random.chance(15) {
            1 + random.below(20)
        } else {
            0
        },
        expires_at_us: if time_in_force == TimeInForce::Gtd as u8 {
            floor.now_us + random.below(5_000_000_000) as i64
        } else {
            0
        },
        client_order_id: Symbol::new(client_order_id.as_bytes()).expect("a short id"),
    }
}

/// A trigger order, mostly one that fits its type.
fn trigger(random: &mut Xorshift, floor: &Floor) -> PlaceOrder {
    let order_type = 3 + random.below(5) as u8;
    let is_limit = matches!(order_type, 4 | 6);
    let follows = order_type == 7;
    let plain = order(random, floor);
    let lasts = matches!(plain.time_in_force, 1 | 4 | 5);
    let by_amount = !is_limit && plain.side == 1 && random.chance(40);
    let has_price = is_limit || random.chance(50) || (plain.side == 1 && !by_amount);
    let in_ppm = follows && random.chance(50);
    PlaceOrder {
        order_type,
        time_in_force: if lasts || is_limit {
            plain.time_in_force
        } else {
            1
        },
        flags: if in_ppm { FLAG_TRAILING_PPM } else { 0 },
        price: if has_price { 95 + random.below(11) } else { 0 },
        quantity: if by_amount { 0 } else { 1 + random.below(100) },
        quote_amount: if by_amount {
            u128::from(random.below(20_000))
        } else {
            0
        },
        stop_price: if follows { 0 } else { 94 + random.below(13) },
        trailing_delta: match (follows, in_ppm) {
            (false, _) => 0,
            (true, false) => 1 + random.below(5),
            (true, true) => 1 + random.below(60_000),
        },
        display_quantity: if is_limit { plain.display_quantity } else { 0 },
        ..plain
    }
}

/// An OCO or a bracket, mostly one whose orders fit.
fn list(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    let kind = 1 + random.below(2) as u8;
    let is_bracket = kind == OrderListKind::Bracket as u8;
    let entry = PlaceOrder {
        flags: 0,
        ..order(random, floor)
    };
    let lasting = |mut order: PlaceOrder| {
        (order.account, order.market) = (entry.account, entry.market);
        (order.time_in_force, order.expires_at_us) = (1, 0);
        order
    };
    let mut stop = lasting(trigger(random, floor));
    let mut limit = PlaceOrder {
        order_type: 1,
        price: 95 + random.below(11),
        quote_amount: 0,
        ..lasting(order(random, floor))
    };
    stop.order_type = [3, 4, 7][stop.order_type as usize % 3];
    if stop.order_type == 7 {
        (stop.stop_price, stop.trailing_delta) = (0, 1 + random.below(5));
    } else {
        (stop.stop_price, stop.trailing_delta, stop.flags) = (94 + random.below(13), 0, 0);
    }
    stop.price = 95 + random.below(11);
    (stop.quote_amount, stop.display_quantity, limit.flags) = (0, 0, 0);
    let mut orders = Vec::new();
    if is_bracket {
        PlaceOrder { side: 1, ..entry }.append(&mut orders);
        for exit in [&mut limit, &mut stop] {
            (exit.side, exit.quantity, exit.display_quantity) = (2, 0, 0);
            exit.self_trade_prevention = random.below(4) as u8;
        }
    } else {
        (stop.side, stop.quantity) = (limit.side, limit.quantity);
    }
    limit.append(&mut orders);
    stop.append(&mut orders);
    let mut bytes = Vec::new();
    let command = PlaceOrderList {
        kind,
        reserved: [0; 7],
    };
    command.append_with(&orders, &mut bytes);
    bytes
}

fn amend(random: &mut Xorshift, floor: &Floor) -> AmendOrder {
    let CancelOrder {
        account,
        reserved,
        order_id,
        client_order_id,
    } = cancel(random, floor);
    let mut some = |range| match random.below(2) {
        0 => 0,
        _ => random.below(range),
    };
    AmendOrder {
        account,
        reserved,
        order_id,
        client_order_id,
        price: match some(11) {
            0 => 0,
            ticks => 95 + ticks,
        },
        quantity: some(120),
        display_quantity: some(9),
        stop_price: match some(30) {
            ticks @ 1..11 => 95 + ticks,
            _ => 0,
        },
    }
}

fn replacement(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    let cancel = cancel(random, floor);
    let order = PlaceOrder {
        account: cancel.account,
        ..order(random, floor)
    };
    let command = ReplaceOrder {
        order_id: cancel.order_id,
        client_order_id: cancel.client_order_id,
        mode: 1 + random.below(2) as u8,
        reserved: [0; 7],
    };
    let mut bytes = Vec::new();
    command.append_with(&order.encoded(), &mut bytes);
    bytes
}

fn cancel(random: &mut Xorshift, floor: &Floor) -> CancelOrder {
    let account = someone(random);
    let open = floor.exchange.open_orders(account, 0);
    let order_id = match open.len() as u64 {
        0 => random.below(1_000),
        count => open[random.below(count) as usize].order_id(),
    };
    CancelOrder {
        account,
        reserved: [0; 4],
        order_id: if random.chance(90) { order_id } else { 0 },
        client_order_id: Symbol::new(format!("{}", random.below(500)).as_bytes()).expect("short"),
    }
}

fn set_fees(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    let market = 1 + random.below(2) as u32;
    let maker_fee_ppm = random.below(4_000) as i32 - 2_000;
    let taker_fee_ppm = random.below(4_000) as i32;
    let is_of_all = random.chance(50);
    match random.below(3) {
        0 => SetMarketFees {
            market,
            maker_fee_ppm,
            taker_fee_ppm,
            creator_share_ppm: u32::from(is_of_all) * random.below(1_000_000) as u32,
            creator_account: u32::from(is_of_all) * CREATOR,
            tier: u8::from(!is_of_all) * (1 + random.below(2) as u8),
            reserved: [0; 3],
        }
        .encoded(),
        1 => SetAccountTier {
            account: someone(random),
            tier: random.below(4) as u8,
            reserved: [0; 3],
        }
        .encoded(),
        _ => SetMarketPromotion {
            market,
            maker_fee_ppm,
            taker_fee_ppm,
            reserved: [0; 4],
            ends_at_us: floor.now_us + random.below(3_000_000_000) as i64,
        }
        .encoded(),
    }
}

/// Settles or voids one of the last transfers, which may be held.
fn end_of_hold(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    let mut body = Vec::new();
    floor.exchange.write_state(&mut body);
    let last = all_of::<CoreState>(&body)[0].last_transfer_id;
    let transfer = last.saturating_sub(random.below(8));
    match random.below(2) {
        0 => SettleTransfer { transfer }.encoded(),
        _ => VoidTransfer { transfer }.encoded(),
    }
}

fn movement(random: &mut Xorshift) -> Vec<u8> {
    let legs: Vec<_> = (0..1 + random.below(4))
        .map(|_| {
            let debit = if random.chance(30) {
                OUTSIDE
            } else {
                someone(random)
            };
            let credit = if random.chance(10) {
                FEES
            } else {
                someone(random)
            };
            let has_condition = random.chance(20);
            TransferLeg {
                condition: u16::from(has_condition) * (1 + random.below(2) as u16),
                condition_amount: u128::from(has_condition) * u128::from(random.below(2_000_000)),
                ..leg(
                    debit,
                    credit,
                    1 + random.below(3) as u32,
                    u128::from(random.below(30_000)),
                )
            }
        })
        .collect();
    if random.chance(40) {
        hold(&legs)
    } else {
        transfer(&legs)
    }
}

fn from_outbox(random: &mut Xorshift, floor: &Floor) -> Vec<u8> {
    let source = 1 + random.below(2) as u32;
    let number = floor.exchange.outbox_number(source) + random.below(3);
    let mut out = Vec::new();
    FromOutbox {
        source,
        reserved: [0; 4],
        number,
    }
    .append_with(&movement(random), &mut out);
    out
}

#[test]
fn invariants_hold_after_every_command() {
    let mut leaves_orders = false;
    for seed in 1..=3 {
        let (mut floor, mut random) = (floor(), Xorshift::new(seed));
        let mut follower = Follower::of(&floor.exchange);
        for _ in 0..2_000 {
            let command = command(&mut random, &floor);
            floor.now_us += random.below(100_000_000) as i64;
            follower.take(&floor.send_bytes(&command));
            follower.compare(&floor.exchange);
            invariants::check(&floor.exchange);
        }
        let market = floor.exchange.market(1).expect("it exists");
        assert!(
            market.last_trade_id > 25,
            "the stream trades: {}",
            market.last_trade_id
        );
        let is_empty = |side| floor.exchange.depth(1, side, 1).is_empty();
        leaves_orders |= !is_empty(Side::Buy) || !is_empty(Side::Sell);
    }
    assert!(leaves_orders, "the streams leave orders");
}
