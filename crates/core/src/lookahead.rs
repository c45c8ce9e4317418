//! Looking at commands before their turn: what they will need is brought near while others are
//! carried out. It changes nothing, and whether it is done makes no difference but time.

use cse_book::opposite;
use cse_prefetch::prefetch;
use cse_wire::{CancelOrder, Message, PlaceOrder, Side, header_of};

use crate::exchange::Exchange;

/// How many commands ahead.
const DISTANCE: usize = 4;
/// How far ahead the bytes of commands themselves are asked for.
const AHEAD_BYTES: usize = 512;
/// Fewer orders than these are near in any case.
const SLOTS_MIN: usize = 2_048;

/// Commands one behind another, and those of them that come next.
///
/// ```
/// # use cse_core::{Exchange, Lookahead};
/// # let (mut exchange, commands, mut out) = (Exchange::new(), Vec::<Vec<u8>>::new(), Vec::new());
/// let bytes = commands.concat();
/// let mut lookahead = Lookahead::new(&bytes);
/// for (command, sequence) in commands.iter().zip(1..) {
///     lookahead.step(&exchange);
///     exchange.apply(sequence, 0, command, &mut out)?;
/// }
/// # Ok::<(), cse_core::OutOfOrder>(())
/// ```
pub struct Lookahead<'a> {
    rest: &'a [u8],
    /// How many commands of `rest` have had their turn unlooked at, and none once one was looked at.
    passed: Option<usize>,
    /// The next commands, the nearest first.
    seen: [Foreseen; DISTANCE],
}

/// What is known of a command to come.
#[derive(Clone, Copy)]
enum Foreseen {
    Nothing,
    /// An order that comes to a level.
    Coming(Place),
    /// A cancel of an order whose slot is not looked up yet.
    Cancel {
        order_id: u64,
    },
    /// A cancel of the order in a slot that is not looked at yet.
    Open {
        slot: u32,
    },
    /// A cancel of an order at a level.
    Going(Place),
}

/// Whose order, and at which level.
#[derive(Clone, Copy)]
struct Place {
    account: u32,
    market: u32,
    side: Side,
    price: u64,
}

impl<'a> Lookahead<'a> {
    /// Looks at commands of which none has been carried out yet.
    #[must_use]
    pub fn new(commands: &'a [u8]) -> Self {
        Self {
            rest: commands,
            passed: Some(0),
            seen: [Foreseen::Nothing; DISTANCE],
        }
    }

    /// The turn of the next command has come: looks at those behind it.
    #[inline]
    pub fn step(&mut self, exchange: &Exchange) {
        if let Some(passed) = self.passed {
            if exchange.orders.slot_count() < SLOTS_MIN {
                self.passed = Some(passed + 1);
                return;
            }
            self.begin(passed);
        }
        self.look(exchange);
    }

    /// Finds the commands whose turn has not come.
    #[cold]
    fn begin(&mut self, passed: usize) {
        for _ in 0..passed {
            self.take();
        }
        self.passed = None;
        self.seen = core::array::from_fn(|_| self.take());
    }

    #[inline]
    fn look(&mut self, exchange: &Exchange) {
        let [_, first, second, third] = self.seen;
        let fourth = self.take();
        exchange.approach(fourth);
        let third = exchange.look_up(third);
        let second = exchange.look_at(second);
        exchange.reach(first);
        self.seen = [first, second, third, fourth];
    }

    #[inline]
    fn take(&mut self) -> Foreseen {
        let Ok(header) = header_of(self.rest) else {
            self.rest = &[];
            return Foreseen::Nothing;
        };
        let (command, rest) = self.rest.split_at(header.length as usize);
        self.rest = rest;
        if let Some(byte) = rest.get(AHEAD_BYTES) {
            prefetch(byte);
        }
        Foreseen::new(header.kind, command)
    }
}

impl Foreseen {
    #[inline]
    fn new(kind: u16, command: &[u8]) -> Self {
        match kind {
            PlaceOrder::KIND => PlaceOrder::decode(command).map_or(Self::Nothing, |(order, _)| {
                match Side::from_number(order.side) {
                    None => Self::Nothing,
                    Some(side) => Self::Coming(Place {
                        account: order.account,
                        market: order.market,
                        side,
                        price: order.price,
                    }),
                }
            }),
            CancelOrder::KIND => {
                CancelOrder::decode(command).map_or(Self::Nothing, |(cancel, _)| Self::Cancel {
                    order_id: cancel.order_id,
                })
            }
            _ => Self::Nothing,
        }
    }
}

impl Exchange {
    /// Four commands ahead: what leads to an order's market, or to the slot of one that is open.
    #[inline]
    fn approach(&self, foreseen: Foreseen) {
        match foreseen {
            Foreseen::Coming(Place { market, .. }) => {
                if let Some(market) = self.markets.get(market) {
                    market.prefetch();
                }
            }
            Foreseen::Cancel { order_id } => self.orders.prefetch_id(order_id),
            _ => {}
        }
    }

    /// Three commands ahead: what leads to a level, or an open order itself.
    #[inline]
    fn look_up(&self, foreseen: Foreseen) -> Foreseen {
        match foreseen {
            Foreseen::Coming(place) => {
                self.prefetch_place(place);
                foreseen
            }
            Foreseen::Cancel { order_id } => match self.orders.slot_of(order_id) {
                None => Foreseen::Nothing,
                Some(slot) => {
                    self.orders.slab.prefetch(slot);
                    Foreseen::Open { slot }
                }
            },
            _ => foreseen,
        }
    }

    /// Two commands ahead: the level, or of an open order what leads to it, and its neighbours.
    #[inline]
    fn look_at(&self, foreseen: Foreseen) -> Foreseen {
        match foreseen {
            Foreseen::Coming(place) => {
                self.prefetch_level(place);
                self.open_orders.prefetch_end(place.account, place.market);
                foreseen
            }
            Foreseen::Open { slot } => {
                let order = &self.orders[slot];
                let place = Place {
                    account: order.account,
                    market: order.market,
                    side: order.side,
                    price: order.price(),
                };
                self.prefetch_place(place);
                self.orders.slab.prefetch_neighbours(slot);
                Foreseen::Going(place)
            }
            _ => foreseen,
        }
    }

    /// One command ahead: an open order's level, or whom a new order meets.
    #[inline]
    fn reach(&self, foreseen: Foreseen) {
        match foreseen {
            Foreseen::Coming(place) => {
                let Some(market) = self.markets.get(place.market) else {
                    return;
                };
                self.orders.slab.prefetch_free();
                let others = market.ladder(opposite(place.side));
                if let Some(slot) = others.first_within(Some(place.price)) {
                    self.orders.slab.prefetch(slot);
                }
            }
            Foreseen::Going(place) => self.prefetch_level(place),
            _ => {}
        }
    }

    #[inline]
    fn prefetch_place(&self, place: Place) {
        if let Some(market) = self.markets.get(place.market)
            && self.accounts.get(place.account).is_some()
        {
            market.ladder(place.side).prefetch_place(place.price);
            let asset = market.held_asset(place.side);
            self.balances.prefetch(place.account, asset);
        }
        self.open_orders.prefetch(place.account, place.market);
    }

    #[inline]
    fn prefetch_level(&self, place: Place) {
        if let Some(market) = self.markets.get(place.market) {
            market.ladder(place.side).prefetch_level(place.price);
        }
    }
}
