//! The memory that open orders take: `memory FILE SETUP MARKETS ORDERS`. The SETUP commands of the
//! file list the markets and fund the accounts; the orders come from here.

use std::fs;
use std::path::Path;

use cse_bench::{CommandFile, carry_out, number_argument, print_object, text_argument};
use cse_core::Exchange;
use cse_wire::{Message, OrderType, PlaceOrder, Side, Symbol, TimeInForce};

const BIDDER: u32 = 3;
const ASKER: u32 = 4;
const MID_TICKS: u64 = 100_000;
const LEVELS: u64 = 1_000;

fn main() {
    let file = CommandFile::read(Path::new(&text_argument(1)));
    let setup = number_argument(2) as usize;
    let markets = number_argument(3);
    let orders = number_argument(4);
    let before = resident_bytes();
    let mut exchange = Exchange::new();
    let mut out = Vec::new();
    for index in 0..setup {
        carry_out(&mut exchange, file.get(index), &mut out);
    }
    let mut random = 0x9e37_79b9_7f4a_7c15;
    for number in 0..orders {
        let order = order(&mut random, number, markets);
        carry_out(&mut exchange, &order.encoded(), &mut out);
    }
    let bytes = resident_bytes() - before;
    // Only now: the list of them takes memory too.
    let open: usize = [BIDDER, ASKER]
        .iter()
        .map(|&account| exchange.open_orders(account, 0).len())
        .sum();
    assert_eq!(open as u64, orders, "every order rests");
    print_object(&[("orders", orders), ("bytes", bytes)]);
}

fn order(random: &mut u64, number: u64, markets: u64) -> PlaceOrder {
    let is_buy = number.is_multiple_of(2);
    let away = 1 + below(random, LEVELS);
    PlaceOrder {
        account: if is_buy { BIDDER } else { ASKER },
        market: 1 + below(random, markets) as u32,
        side: if is_buy { Side::Buy } else { Side::Sell } as u8,
        order_type: OrderType::Limit as u8,
        time_in_force: TimeInForce::Gtc as u8,
        self_trade_prevention: 0,
        flags: 0,
        price: if is_buy {
            MID_TICKS - away
        } else {
            MID_TICKS + away
        },
        quantity: 1 + below(random, 100),
        quote_amount: 0,
        stop_price: 0,
        trailing_delta: 0,
        display_quantity: 0,
        expires_at_us: 0,
        client_order_id: Symbol::EMPTY,
    }
}

/// A number below `bound`, by Marsaglia's xorshift.
fn below(state: &mut u64, bound: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 11) % bound
}

/// What this process has in memory.
fn resident_bytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells of processes");
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .expect("it tells of memory");
    let kibibytes: u64 = line
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .expect("in kilobytes");
    kibibytes * 1_024
}
