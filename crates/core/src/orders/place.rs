//! Taking an order in: the checks in their order, the hold, and what becomes of the order.

use alloc::vec::Vec;

use cse_book::Order;
use cse_wire::{
    AccountKind, ClientOrderState, FLAG_POST_ONLY, MarketStatus, Message, OrderAccepted, OrderType,
    PlaceOrder, Side, Symbol, TimeInForce, codes,
};

use super::expiries::NEVER;
use super::identity::{CONTENT, Identity};
use super::post_only::post_only_price;
use super::records::{Details, Incoming, written_time};
use super::terms::{Terms, check_numbers, check_numbers_of_exit, check_terms};
use crate::exchange::{Exchange, Moment, Refusal, reject, whole};
use crate::markets::Market;
use crate::matching::{Taker, WalkEnd, Walker, Wanted};
use crate::money::{Rates, fee, hold};
use crate::triggers::{direction_of, trail_of};

/// An order that has passed all checks.
pub(crate) struct Admitted {
    pub(crate) terms: Terms,
    /// The command's price, or what re-pricing made of it.
    pub(crate) price: u64,
    /// Of a trigger order; of a trailing stop the one that it begins with.
    stop_price: u64,
    /// What it will keep.
    rates: Rates,
    pub(crate) plan: Plan,
    pub(crate) is_exit: bool,
}

/// What an order will hold, and how much it will want.
#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) hold: i128,
    /// The order's lots; 0 of a buy by quote amount.
    pub(crate) lots: u64,
    /// How the walk of a sell by quote amount ended.
    pub(crate) walk_end: Option<WalkEnd>,
}

/// With what an order is placed.
#[derive(Clone, Copy, Default)]
pub(crate) struct Beside {
    /// An open order of the same account that it takes the place of.
    pub(crate) leaving: Option<u32>,
    /// Orders of its list that are placed before it, and the hold that it has in common with them.
    pub(crate) before: u32,
    pub(crate) shared_hold: i128,
    /// Whether it is an exit of a bracket, whose quantity is not known yet.
    pub(crate) is_exit: bool,
    /// Whether it is of a list, which no auction takes.
    pub(crate) is_listed: bool,
}

/// What nearly all orders are: to rest at a price until cancelled, with nothing else said.
const PLAIN: PlaceOrder = PlaceOrder {
    account: 0,
    market: 0,
    side: 0,
    order_type: OrderType::Limit as u8,
    time_in_force: TimeInForce::Gtc as u8,
    self_trade_prevention: 0,
    flags: 0,
    price: 0,
    quantity: 0,
    quote_amount: 0,
    stop_price: 0,
    trailing_delta: 0,
    display_quantity: 0,
    expires_at_us: 0,
    client_order_id: Symbol::EMPTY,
};

/// Whether an order says no more than whose it is, where, on which side, its price and quantity.
#[inline(always)]
fn is_plain(command: &PlaceOrder) -> bool {
    let numbers = command.stop_price
        | command.trailing_delta
        | command.display_quantity
        | command.expires_at_us as u64;
    // All together, so that there is one branch.
    (command.order_type == PLAIN.order_type)
        & (command.time_in_force == PLAIN.time_in_force)
        & (command.self_trade_prevention == 0)
        & (command.flags == 0)
        & (command.quote_amount == 0)
        & (numbers == 0)
        & command.client_order_id.is_blank()
}

impl Exchange {
    /// Places an order. There are no rules for plain ones: what is always inlined here is compiled a
    /// second time for them, and then holds only what can be otherwise. That takes that a command is
    /// handed on by reference to nothing else, but as a copy.
    #[inline(always)]
    pub(crate) fn place(
        &mut self,
        at: Moment,
        bytes: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let (command, _) = whole::<PlaceOrder>(bytes)?;
        if !is_plain(&command) {
            return self.place_any(at, bytes, out);
        }
        let plain = PlaceOrder {
            account: command.account,
            market: command.market,
            side: command.side,
            price: command.price,
            quantity: command.quantity,
            ..PLAIN
        };
        self.place_or_reject(at, &plain, bytes, out);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn place_any(
        &mut self,
        at: Moment,
        bytes: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let (command, _) = whole(bytes)?;
        self.place_or_reject(at, &command, bytes, out);
        Ok(())
    }

    #[inline(always)]
    fn place_or_reject(
        &mut self,
        at: Moment,
        command: &PlaceOrder,
        bytes: &[u8],
        out: &mut Vec<u8>,
    ) {
        if let Err(code) = self.place_order(at, command, bytes, out) {
            reject(&{ *command }, code, out);
        }
    }

    #[inline(always)]
    fn place_order(
        &mut self,
        at: Moment,
        command: &PlaceOrder,
        bytes: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), u16> {
        let Identity::New { content } = self.identify(at, command, &bytes[CONTENT], out)? else {
            return Ok(());
        };
        match &self.admit(at, command, Beside::default()) {
            Ok(admitted) => self.carry_out_placement(at, command, admitted, content, out),
            Err(code) => return Err(*code),
        }
        Ok(())
    }

    /// The other checks, of an order of an account and a market that are there, with what is placed
    /// beside it.
    #[inline(never)]
    pub(crate) fn admit_beside(
        &self,
        at: Moment,
        command: &PlaceOrder,
        beside: Beside,
    ) -> Result<Admitted, u16> {
        self.admit(at, command, beside)
    }

    /// The same, compiled into who calls it.
    #[inline(always)]
    fn admit(&self, at: Moment, command: &PlaceOrder, beside: Beside) -> Result<Admitted, u16> {
        let account = self
            .accounts
            .get(command.account)
            .ok_or(codes::ACCOUNT_UNKNOWN)?;
        let market = self.markets.at(command.market);
        if !matches!(account.kind, AccountKind::Main | AccountKind::Sub) {
            return Err(codes::ACCOUNT_CANNOT_TRADE);
        }
        if fault!(FrozenAccountTrades, false, account.frozen) {
            return Err(codes::ACCOUNT_FROZEN);
        }
        if !fault!(HaltedMarketTrades, true, market.takes_orders()) {
            return Err(codes::MARKET_HALTED);
        }
        let terms = check_terms(command, market, at.time_us)?;
        if beside.is_listed && market.is(MarketStatus::Auction) {
            return Err(codes::NOT_IN_AUCTION);
        }
        if beside.is_exit {
            check_numbers_of_exit(command, terms, market)?;
            self.check_open_orders(command, terms, market, beside)?;
            return Ok(Admitted {
                terms,
                price: command.price,
                stop_price: command.stop_price,
                rates: market.rates(account.tier, at.time_us),
                plan: Plan::default(),
                is_exit: true,
            });
        }
        check_numbers(command, terms, market)?;
        self.check_open_orders(command, terms, market, beside)?;
        let stop_price = stop_price(market, command, terms)?;
        let price = if command.flags & FLAG_POST_ONLY == 0 {
            command.price
        } else {
            post_only_price(
                market,
                terms.side,
                command.flags,
                command.price,
                command.quantity,
            )?
        };
        let rates = market.rates(account.tier, at.time_us);
        let plan = self.plan(at, command, terms, rates, price);
        let needed = plan.hold.max(beside.shared_hold);
        self.assess_risk(command.account, market.held_asset(terms.side), needed)?;
        Ok(Admitted {
            terms,
            price,
            stop_price,
            rates,
            plan,
            is_exit: false,
        })
    }

    /// Holds what an order needs that has passed all checks, gives it its id, and remembers it.
    #[inline(always)]
    pub(crate) fn take_in(
        &mut self,
        at: Moment,
        command: &PlaceOrder,
        admitted: &Admitted,
        content: u64,
        out: &mut Vec<u8>,
    ) -> Incoming {
        let market = self.markets.at(command.market);
        self.balances
            .touch(command.account, market.held_asset(admitted.terms.side))
            .hold(admitted.plan.hold);
        let mut incoming = self.accept(at, command, admitted, out);
        if !command.client_order_id.is_empty() {
            let order_id = incoming.details.id;
            incoming.details.client = self.remember(at, &{ *command }, order_id, content);
        }
        incoming
    }

    #[inline(always)]
    fn check_open_orders(
        &self,
        command: &PlaceOrder,
        terms: Terms,
        market: &Market,
        beside: Beside,
    ) -> Result<(), u16> {
        let most = market.state.max_open_orders;
        let stays = terms.may_rest() || terms.is_trigger();
        if most == 0 || !stays {
            return Ok(());
        }
        let leaves_here = beside
            .leaving
            .is_some_and(|slot| self.orders[slot].market == command.market);
        let open = self.open_orders.count(command.account, command.market) + beside.before;
        if open - u32::from(leaves_here) >= fault!(OneOpenOrderTooMany, most + 1, most) {
            return Err(codes::TOO_MANY_OPEN_ORDERS);
        }
        Ok(())
    }

    /// What the order holds at acceptance, walking the book where that decides.
    #[inline(always)]
    fn plan(
        &self,
        at: Moment,
        command: &PlaceOrder,
        terms: Terms,
        rates: Rates,
        price: u64,
    ) -> Plan {
        let PlaceOrder {
            quantity,
            quote_amount,
            ..
        } = *command;
        let walker = || self.walker(at, command, terms, price);
        let market = self.markets.at(command.market);
        let of_lots = |hold, lots| Plan {
            hold,
            lots,
            walk_end: None,
        };
        match (terms.side, terms.order_type) {
            (Side::Buy, _) if quote_amount > 0 => of_lots(quote_amount as i128, 0),
            // One that waits holds like a limit order: no walk says what it will meet.
            (side, order_type) if order_type != OrderType::Market => {
                of_lots(hold(market, side, price, quantity, rates), quantity)
            }
            (Side::Buy, _) => {
                let notional = self.walk(walker(), Wanted::Lots(quantity)).notional;
                let fee = fault!(MarketBuyHoldsNoFee, 0, fee(rates.taker_ppm, notional));
                of_lots(notional as i128 + fee, quantity)
            }
            (Side::Sell, _) if quote_amount > 0 => {
                let walk = self.walk(walker(), Wanted::Amount(quote_amount));
                let hold = market.base_units(walk.lots);
                Plan {
                    hold,
                    lots: walk.lots,
                    walk_end: Some(walk.end),
                }
            }
            (Side::Sell, _) => of_lots(market.base_units(quantity), quantity),
        }
    }

    /// Gives the order its id and tells of it.
    #[inline(always)]
    fn accept(
        &mut self,
        at: Moment,
        command: &PlaceOrder,
        admitted: &Admitted,
        out: &mut Vec<u8>,
    ) -> Incoming {
        let Admitted {
            terms, rates, plan, ..
        } = admitted;
        self.last_order_id += 1;
        let id = self.last_order_id;
        let PlaceOrder {
            account, market, ..
        } = *command;
        let mut order = Order::new(account, market, terms.side, admitted.price, plan.lots);
        order.has_expiry = terms.expires_at_us != NEVER;
        OrderAccepted {
            order_id: id,
            account,
            market,
            side: command.side,
            order_type: command.order_type,
            time_in_force: command.time_in_force,
            self_trade_prevention: terms.prevention as u8,
            flags: command.flags,
            price: admitted.price,
            quantity: command.quantity,
            quote_amount: command.quote_amount,
            maker_fee_ppm: rates.maker_ppm,
            taker_fee_ppm: rates.taker_ppm,
            stop_price: admitted.stop_price,
            trailing_delta: command.trailing_delta,
            display_quantity: command.display_quantity,
            expires_at_us: written_time(terms.expires_at_us),
            client_order_id: command.client_order_id,
        }
        .append(out);
        Incoming {
            order,
            display: command.display_quantity,
            details: Details {
                id,
                held: plan.hold,
                maker_fee_ppm: rates.maker_ppm,
                taker_fee_ppm: rates.taker_ppm,
                accepted_sequence: at.sequence,
                accepted_at_us: at.time_us,
                expires_at_us: terms.expires_at_us,
                flags: command.flags,
                time_in_force: terms.time_in_force,
                prevention: terms.prevention,
                ..Details::BLANK
            },
        }
    }

    #[inline(never)]
    fn remember(&mut self, at: Moment, command: &PlaceOrder, order_id: u64, digest: u64) -> u32 {
        let state = ClientOrderState {
            account: command.account,
            reserved: [0; 4],
            order_id,
            original_sequence: at.sequence,
            digest,
            closed_at_us: 0,
            closed_number: 0,
            client_order_id: command.client_order_id,
        };
        self.client_orders.remember(state, at.time_us)
    }

    #[inline(always)]
    fn walker(&self, at: Moment, command: &PlaceOrder, terms: Terms, price: u64) -> Walker {
        Walker {
            taker: Taker::new(&self.accounts, command.account, terms.prevention),
            market: command.market,
            side: terms.side,
            limit: (price != 0).then_some(price),
            time_us: at.time_us,
        }
    }
}

/// The stop price that a trigger order begins with, which the market has not reached; 0 of others.
#[inline(always)]
fn stop_price(market: &Market, command: &PlaceOrder, terms: Terms) -> Result<u64, u16> {
    if !terms.is_trigger() {
        return Ok(0);
    }
    let direction = direction_of(terms.order_type, terms.side);
    let last_price = market.state.last_price;
    match trail_of(terms.order_type, command.flags, command.trailing_delta) {
        Some(_) if last_price == 0 => Ok(0),
        Some(trail) => Ok(trail.stop_at(direction, last_price)),
        None if last_price != 0 && direction.meets(last_price, command.stop_price) => {
            Err(codes::WOULD_TRIGGER)
        }
        None => Ok(command.stop_price),
    }
}
