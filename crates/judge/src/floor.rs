//! The commands that prepare an exchange for the benchmark: one market, and traders with money.

use cse_core::Exchange;
use cse_wire::{
    AccountKind, CreateAsset, CreateMarket, Message, NETWORK_NONE, OpenAccount, QUANTITY_LIMIT,
    Symbol, Transfer, TransferLeg, external_owner,
};

/// The one market.
pub(crate) const MARKET: u32 = 1;
/// The account of the first trader; the others' follow.
pub(crate) const FIRST_TRADER: u32 = 3;

const TIME_US: i64 = 1_700_000_000_000_000;
const BASE: u32 = 1;
const QUOTE: u32 = 2;
const FEES: u32 = 1;
const OUTSIDE: u32 = 2;
/// Units of each asset. The dearest order of the interface costs 2^72 units of quote, and there may
/// be a million traders before the assets' supply is used up.
const FUNDS: u128 = 1 << 79;

/// Carries out one command; its events replace what was in `events`.
#[inline]
pub(crate) fn apply(exchange: &mut Exchange, command: &[u8], events: &mut Vec<u8>) {
    events.clear();
    let sequence = exchange.sequence() + 1;
    let in_order = exchange.apply(sequence, TIME_US, command, events);
    debug_assert!(in_order.is_ok());
}

/// An exchange with one market, in which one lot at one tick is one unit of quote, without fees.
pub(crate) fn exchange() -> Exchange {
    let mut exchange = Exchange::new();
    let mut events = Vec::new();
    let mut send = |command: &[u8]| apply(&mut exchange, command, &mut events);
    for symbol in ["BASE", "QUOTE"] {
        send(
            &CreateAsset {
                symbol: Symbol::new(symbol.as_bytes()).unwrap_or(Symbol::EMPTY),
                decimals: 0,
                reserved: [0; 7],
            }
            .encoded(),
        );
    }
    send(&account([0; 16], AccountKind::System));
    send(&account(
        external_owner(BASE, NETWORK_NONE),
        AccountKind::External,
    ));
    send(&market().encoded());
    exchange
}

/// Opens the account of the trader with this index, the next one, and gives it money.
pub(crate) fn open_trader(exchange: &mut Exchange, index: u32, events: &mut Vec<u8>) {
    let mut owner = *b"trader..........";
    owner[8..12].copy_from_slice(&index.to_le_bytes());
    apply(exchange, &account(owner, AccountKind::Main), events);
    let legs = [BASE, QUOTE].map(|asset| TransferLeg {
        debit: OUTSIDE,
        credit: FIRST_TRADER + index,
        asset,
        reason: 0,
        condition: 0,
        amount: FUNDS,
        condition_amount: 0,
    });
    let mut command = Vec::new();
    Transfer {
        reference: [0; 16],
        leg_count: legs.len() as u32,
        reserved: [0; 4],
    }
    .append_with(&legs.map(|leg| leg.encoded()).concat(), &mut command);
    apply(exchange, &command, events);
}

fn account(owner: [u8; 16], kind: AccountKind) -> Vec<u8> {
    OpenAccount {
        owner,
        kind: kind as u8,
        reserved: [0; 7],
    }
    .encoded()
}

fn market() -> CreateMarket {
    CreateMarket {
        base: BASE,
        quote: QUOTE,
        tick_size: 1,
        lot_size: 1,
        min_notional: 0,
        max_quantity: QUANTITY_LIMIT - 1,
        maker_fee_ppm: 0,
        taker_fee_ppm: 0,
        creator_share_ppm: 0,
        creator_account: 0,
        fee_account: FEES,
        price_band_ppm: 0,
        max_open_orders: 0,
        tick_decimals: 0,
        status: 0,
        reserved: [0; 2],
    }
}
