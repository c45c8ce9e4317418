//! Commands a second through the core alone: no journal, no network.
//!
//! `cargo run --release -p cse-core --example throughput [COMMANDS] [MARKETS]`. The flow: 60 % limit
//! orders up to some fifty ticks from the middle, 35 % cancels of a random open order, 5 % orders
//! that trade. With balances, holds, fees and all events written.

use cse_core::Exchange;
use cse_wire::{
    AccountKind, CancelOrder, CreateAsset, CreateMarket, Message, NETWORK_NONE, OpenAccount,
    PlaceOrder, Symbol, Transfer, TransferLeg, external_owner,
};

const ACCOUNTS: u32 = 1_000;
const FEES: u32 = 1;
const OUTSIDE: u32 = 2;
const FIRST_TRADER: u32 = 3;
const MIDDLE: u64 = 1_000_000;

/// A number below `bound`, by Marsaglia's xorshift.
fn below(state: &mut u64, bound: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 11) % bound
}

/// The exchange with its markets and funded traders.
struct Floor {
    exchange: Exchange,
    out: Vec<u8>,
}

impl Floor {
    fn send(&mut self, command: &[u8]) {
        self.out.clear();
        let sequence = self.exchange.sequence() + 1;
        self.exchange
            .apply(sequence, 0, command, &mut self.out)
            .expect("it is its turn");
    }

    fn new(markets: u32) -> Self {
        let mut floor = Self {
            exchange: Exchange::new(),
            out: Vec::with_capacity(1 << 16),
        };
        for asset in 0..=markets {
            let symbol = Symbol::new(format!("AS{asset}").as_bytes()).expect("a short symbol");
            let command = CreateAsset {
                symbol,
                decimals: 0,
                reserved: [0; 7],
            };
            floor.send(&command.encoded());
        }
        floor.open([0; 16], AccountKind::System);
        floor.open(external_owner(1, NETWORK_NONE), AccountKind::External);
        for number in 1..=ACCOUNTS {
            floor.open(u128::from(number).to_be_bytes(), AccountKind::Main);
        }
        for market in 1..=markets {
            floor.list(market);
        }
        for account in FIRST_TRADER..FIRST_TRADER + ACCOUNTS {
            for asset in 1..=markets + 1 {
                floor.credit(account, asset);
            }
        }
        floor
    }

    fn open(&mut self, owner: [u8; 16], kind: AccountKind) {
        let command = OpenAccount {
            owner,
            kind: kind as u8,
            reserved: [0; 7],
        };
        self.send(&command.encoded());
    }

    /// Asset 1 is what all are priced in.
    fn list(&mut self, market: u32) {
        let command = CreateMarket {
            base: market + 1,
            quote: 1,
            tick_size: 1,
            lot_size: 1,
            min_notional: 0,
            max_quantity: 1 << 30,
            maker_fee_ppm: 1_000,
            taker_fee_ppm: 2_000,
            creator_share_ppm: 0,
            creator_account: 0,
            fee_account: FEES,
            price_band_ppm: 0,
            max_open_orders: 0,
            tick_decimals: 0,
            status: 0,
            reserved: [0; 2],
        };
        self.send(&command.encoded());
    }

    fn credit(&mut self, account: u32, asset: u32) {
        let leg = TransferLeg {
            debit: OUTSIDE,
            credit: account,
            asset,
            reason: 0,
            condition: 0,
            amount: 1 << 80,
            condition_amount: 0,
        };
        let command = Transfer {
            reference: [0; 16],
            leg_count: 1,
            reserved: [0; 4],
        };
        let mut bytes = Vec::new();
        command.append_with(&leg.encoded(), &mut bytes);
        self.send(&bytes);
    }
}

/// Commands one behind another. Cancels name ids that the core will have given; some have traded.
fn flow(commands: usize, markets: u32) -> Vec<Vec<u8>> {
    let mut random = 0x9e37_79b9_7f4a_7c15;
    let mut open: Vec<(u64, u32)> = Vec::new();
    let mut last_order_id = 0;
    (0..commands)
        .map(|_| {
            let share = below(&mut random, 100);
            if share < 35 && !open.is_empty() {
                let place = below(&mut random, open.len() as u64) as usize;
                let (order_id, account) = open.swap_remove(place);
                return cancel(order_id, account);
            }
            let account = FIRST_TRADER + below(&mut random, u64::from(ACCOUNTS)) as u32;
            let market = 1 + below(&mut random, u64::from(markets)) as u32;
            let side = 1 + below(&mut random, 2) as u8;
            last_order_id += 1;
            let is_marketable = share >= 95;
            // The sum of two draws leans to the middle, as orders do.
            let away = 1 + below(&mut random, 50).min(below(&mut random, 200));
            let is_below = (side == 1) != is_marketable;
            let price = if is_below {
                MIDDLE - away
            } else {
                MIDDLE + away
            };
            if !is_marketable {
                open.push((last_order_id, account));
            }
            let time_in_force = if is_marketable { 2 } else { 1 };
            let quantity = 1 + below(&mut random, 100);
            place(account, market, side, time_in_force, price, quantity)
        })
        .collect()
}

fn place(
    account: u32,
    market: u32,
    side: u8,
    time_in_force: u8,
    price: u64,
    quantity: u64,
) -> Vec<u8> {
    PlaceOrder {
        account,
        market,
        side,
        order_type: 1,
        time_in_force,
        self_trade_prevention: 0,
        flags: 0,
        price,
        quantity,
        quote_amount: 0,
        stop_price: 0,
        trailing_delta: 0,
        display_quantity: 0,
        expires_at_us: 0,
        client_order_id: Symbol::EMPTY,
    }
    .encoded()
}

fn cancel(order_id: u64, account: u32) -> Vec<u8> {
    CancelOrder {
        account,
        reserved: [0; 4],
        order_id,
        client_order_id: Symbol::EMPTY,
    }
    .encoded()
}

// A benchmark has a clock; the core it measures has none.
#[expect(clippy::disallowed_types, clippy::disallowed_methods)]
fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .map(|argument| argument.parse::<usize>());
    let commands = arguments
        .next()
        .map_or(1_000_000, |count| count.expect("a number"));
    let markets = arguments.next().map_or(1, |count| count.expect("a number")) as u32;
    let flow = flow(commands, markets).concat();
    let mut floor = Floor::new(markets);
    let setup = floor.exchange.sequence();
    let mut rest = flow.as_slice();
    let mut written = 0;
    let started = std::time::Instant::now();
    while !rest.is_empty() {
        let length = cse_wire::header_of(rest).expect("a command").length as usize;
        let (command, after) = rest.split_at(length);
        floor.send(command);
        written += floor.out.len();
        rest = after;
    }
    let elapsed = started.elapsed();
    let carried_out = floor.exchange.sequence() - setup;
    println!(
        "{carried_out} commands in {} ms: {} ns each, {} thousand a second; {} bytes of events \
         each; chain {:016x}",
        elapsed.as_millis(),
        elapsed.as_nanos() / u128::from(carried_out),
        u128::from(carried_out) * 1_000_000 / elapsed.as_nanos(),
        written as u64 / carried_out,
        floor.exchange.chain(),
    );
}
