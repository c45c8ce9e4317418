//! Admitting an order: the checks in their order, and what it will hold.

use cse_wire::{AccountKind, FLAG_POST_ONLY, MarketStatus, OrderType, PlaceOrder, Side, codes};

use super::post_only::post_only_price;
use super::terms::{Terms, check_numbers, check_numbers_of_exit, check_terms};
use crate::exchange::{Exchange, Moment};
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
    pub(super) stop_price: u64,
    /// What it will keep.
    pub(super) rates: Rates,
    pub(crate) plan: Plan,
    pub(crate) is_exit: bool,
}

impl Admitted {
    /// Whether it may be open when its command is done.
    #[inline(always)]
    pub(crate) fn stays(&self) -> bool {
        stays(self.terms)
    }
}

#[inline(always)]
fn stays(terms: Terms) -> bool {
    terms.may_rest() || terms.is_trigger()
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

impl Exchange {
    /// The other checks, of an order of an account and a market that are there, with what is placed
    /// beside it.
    #[inline(never)]
    pub(crate) fn admit_beside(
        &self,
        at: Moment,
        command: &PlaceOrder,
        beside: Beside,
    ) -> Result<Admitted, u16> {
        let admitted = self.admit(at, command, beside)?;
        if self.risk.is_on() {
            self.check_risk(at, command, &admitted, beside)?;
        }
        Ok(admitted)
    }

    /// The same but for limits of risk, compiled into who calls it.
    #[inline(always)]
    pub(super) fn admit(
        &self,
        at: Moment,
        command: &PlaceOrder,
        beside: Beside,
    ) -> Result<Admitted, u16> {
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
        self.check_funds(command.account, market.held_asset(terms.side), needed)?;
        Ok(Admitted {
            terms,
            price,
            stop_price,
            rates,
            plan,
            is_exit: false,
        })
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
        if most == 0 || !stays(terms) {
            return Ok(());
        }
        let open = self.open_orders.count(command.account, command.market);
        self.check_open_count(command, beside, open, most)
    }

    /// Whether there is room for an order beside `open` ones, where there may be `most`.
    #[inline(always)]
    pub(crate) fn check_open_count(
        &self,
        command: &PlaceOrder,
        beside: Beside,
        open: u32,
        most: u32,
    ) -> Result<(), u16> {
        let leaves_here = beside
            .leaving
            .is_some_and(|slot| self.orders[slot].market == command.market);
        if open + beside.before - u32::from(leaves_here)
            >= fault!(OneOpenOrderTooMany, most + 1, most)
        {
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
