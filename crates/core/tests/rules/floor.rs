//! A small exchange with one market and a few funded owners, for tests to trade on.

use cse_core::Exchange;
use cse_wire::{
    AccountKind, CreateAsset, CreateMarket, Group, HoldTransfer, Message, NETWORK_NONE,
    OpenAccount, Symbol, Transfer, TransferLeg, external_owner, header_of,
};

/// The asset traded.
pub const BASE: u32 = 1;
/// The asset it is priced in.
pub const QUOTE: u32 = 2;
/// The one market.
pub const MARKET: u32 = 1;
/// Receives the platform's fees.
pub const FEES: u32 = 1;
/// The world outside.
pub const OUTSIDE: u32 = 2;
/// Receives the creator's share.
pub const CREATOR: u32 = 3;
/// The first of the owners' main accounts: A, then B to F.
pub const A: u32 = 4;
/// The first of the owners' sub accounts: a, then b to f.
pub const SUB_A: u32 = A + OWNERS;
/// How many owners there are.
pub const OWNERS: u32 = 6;
/// What each account of each owner has of each asset at first.
pub const FUNDS: u128 = 1_000_000;
/// When everything begins.
pub const START_US: i64 = 1_700_000_000_000_000;

/// An exchange, and the time on it.
pub struct Floor {
    pub exchange: Exchange,
    pub now_us: i64,
}

impl Floor {
    /// An exchange with nothing in it.
    pub fn empty() -> Self {
        Self {
            exchange: Exchange::new(),
            now_us: START_US,
        }
    }

    /// An exchange with the market as `terms` change it, and each owner's two accounts funded.
    pub fn new(terms: impl FnOnce(&mut CreateMarket)) -> Self {
        let mut floor = Self::empty();
        for symbol in ["CRT", "USD"] {
            floor.send(&asset(symbol, 0));
        }
        floor.send(&account(0, AccountKind::System));
        floor.send(&external(BASE, NETWORK_NONE));
        floor.send(&account(255, AccountKind::Main));
        for kind in [AccountKind::Main, AccountKind::Sub] {
            for owner in 1..=OWNERS {
                floor.send(&account(owner as u8, kind));
            }
        }
        let mut market = market();
        terms(&mut market);
        floor.send(&market);
        for account in A..A + 2 * OWNERS {
            for asset in [BASE, QUOTE] {
                floor.credit(account, asset, FUNDS);
            }
        }
        floor
    }

    /// Carries out a command and gives back its events.
    pub fn send<C: Message>(&mut self, command: &C) -> Vec<u8> {
        self.send_bytes(&command.encoded())
    }

    /// Carries out a command and gives back its events.
    pub fn send_bytes(&mut self, command: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let sequence = self.exchange.sequence() + 1;
        self.exchange
            .apply(sequence, self.now_us, command, &mut out)
            .expect("it is its turn");
        let (group, events) = Group::decode(&out).expect("a group comes out");
        assert_eq!((group.sequence, group.time_us), (sequence, self.now_us));
        events.to_vec()
    }

    /// Brings money in from outside.
    pub fn credit(&mut self, account: u32, asset: u32, amount: u128) {
        self.send_bytes(&transfer(&[leg(OUTSIDE, account, asset, amount)]));
    }

    /// What an account has of an asset: available and locked.
    pub fn funds(&self, account: u32, asset: u32) -> (i128, i128) {
        let balances = self.exchange.balances(account);
        balances
            .iter()
            .find(|balance| balance.asset == asset)
            .map_or((0, 0), |balance| (balance.available, balance.locked))
    }
}

/// The messages one behind another, each with its kind.
pub fn messages(mut bytes: &[u8]) -> Vec<(u16, &[u8])> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let header = header_of(bytes).expect("a whole message");
        let (message, rest) = bytes.split_at(header.length as usize);
        all.push((header.kind, message));
        bytes = rest;
    }
    all
}

/// The messages of one layout.
pub fn all_of<M: Message>(bytes: &[u8]) -> Vec<M> {
    messages(bytes)
        .into_iter()
        .filter(|&(kind, _)| kind == M::KIND)
        .map(|(_, message)| M::decode(message).expect("it fits its layout").0)
        .collect()
}

pub fn asset(symbol: &str, decimals: u8) -> CreateAsset {
    CreateAsset {
        symbol: Symbol::new(symbol.as_bytes()).expect("a short symbol"),
        decimals,
        reserved: [0; 7],
    }
}

pub fn account(owner: u8, kind: AccountKind) -> OpenAccount {
    OpenAccount {
        owner: [owner; 16],
        kind: kind as u8,
        reserved: [0; 7],
    }
}

/// An asset's world outside on a network.
pub fn external(asset: u32, network: u32) -> OpenAccount {
    OpenAccount {
        owner: external_owner(asset, network),
        ..account(0, AccountKind::External)
    }
}

/// Without fees and minimum; one lot at one tick is one quote unit.
pub fn market() -> CreateMarket {
    CreateMarket {
        base: BASE,
        quote: QUOTE,
        tick_size: 1,
        lot_size: 1,
        min_notional: 0,
        max_quantity: 1 << 40,
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

pub fn leg(debit: u32, credit: u32, asset: u32, amount: u128) -> TransferLeg {
    TransferLeg {
        debit,
        credit,
        asset,
        reason: 1,
        condition: 0,
        amount,
        condition_amount: 0,
    }
}

pub fn transfer(legs: &[TransferLeg]) -> Vec<u8> {
    let command = Transfer {
        reference: [7; 16],
        leg_count: legs.len() as u32,
        reserved: [0; 4],
    };
    with_legs(&command, legs)
}

/// As [`transfer`], but its money is locked until it is settled or voided.
pub fn hold(legs: &[TransferLeg]) -> Vec<u8> {
    let command = HoldTransfer {
        reference: [8; 16],
        leg_count: legs.len() as u32,
        reserved: [0; 4],
    };
    with_legs(&command, legs)
}

fn with_legs(command: &impl Message, legs: &[TransferLeg]) -> Vec<u8> {
    let mut tail = Vec::new();
    legs.iter().for_each(|leg| leg.append(&mut tail));
    let mut out = Vec::new();
    command.append_with(&tail, &mut out);
    out
}
