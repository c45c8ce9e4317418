//! Taking an order in: the checks in their order, the hold, and what becomes of the order.

use alloc::vec::Vec;

use cse_book::{MatchEnd, NONE, Order};
use cse_wire::{
    AccountKind, ClientOrderState, CloseReason, FLAG_POST_ONLY, MarketStatus, Message,
    OrderAccepted, OrderRepeated, OrderType, PlaceOrder, SelfTradePrevention, Side, Symbol,
    TimeInForce, codes,
};

use crate::client_orders::is_client_order_id;
use crate::digest::digest;
use crate::exchange::{Exchange, Moment};
use crate::expiries::NEVER;
use crate::fees::fee;
use crate::holds::hold;
use crate::markets::Market;
use crate::matching::{Want, close_reason};
use crate::orders::{Details, Incoming, written_time};
use crate::post_only::post_only_price;
use crate::prevention::Taker;
use crate::rates::Rates;
use crate::terms::{Terms, check_numbers, check_terms};
use crate::walk::{WalkEnd, Walker, Wanted};

/// The bytes of a `PlaceOrder` that say what is ordered: from `account` up to `client_order_id`.
const CONTENT: core::ops::Range<usize> = 8..PlaceOrder::WIDTH - 40;

/// Whether an order came before.
pub(crate) enum Identity {
    /// No: the digest of its content, where it has a client order id.
    New { content: u64 },
    /// Yes, and that is answered.
    Repeated,
}

/// An order that has passed all checks.
pub(crate) struct Admitted {
    terms: Terms,
    /// The command's price, or what re-pricing made of it.
    price: u64,
    /// What it will keep.
    rates: Rates,
    plan: Plan,
}

/// What an order will hold, and how much it will want.
struct Plan {
    hold: i128,
    /// The order's lots; 0 of a buy by quote amount.
    lots: u64,
    /// How the walk of a sell by quote amount ended.
    walk_end: Option<WalkEnd>,
}

impl Exchange {
    pub(crate) fn place_order(
        &mut self,
        at: Moment,
        command: &PlaceOrder,
        bytes: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), u16> {
        let Identity::New { content } = self.identify(at, command, bytes, out)? else {
            return Ok(());
        };
        let admitted = self.admit(at, command, None)?;
        self.carry_out_placement(at, command, &admitted, content, out);
        Ok(())
    }

    /// The first checks: whose order, where, and whether it came before, which is then answered.
    pub(crate) fn identify(
        &self,
        at: Moment,
        command: &PlaceOrder,
        bytes: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<Identity, u16> {
        if self.accounts.get(command.account).is_none() {
            return Err(codes::ACCOUNT_UNKNOWN);
        }
        if self.markets.get(command.market).is_none() {
            return Err(codes::MARKET_UNKNOWN);
        }
        if command.client_order_id == Symbol::EMPTY {
            return Ok(Identity::New { content: 0 });
        }
        if !is_client_order_id(command.client_order_id) {
            return Err(codes::INVALID_CLIENT_ORDER_ID);
        }
        let content = digest(&bytes[CONTENT]);
        if self.answer_repeat(at, command, content, out)? {
            return Ok(Identity::Repeated);
        }
        Ok(Identity::New { content })
    }

    /// The other checks, of an order of an account and a market that are there. An open order of the
    /// same account that is `leaving` does not count.
    pub(crate) fn admit(
        &self,
        at: Moment,
        command: &PlaceOrder,
        leaving: Option<u32>,
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
        check_numbers(command, terms, market)?;
        self.check_open_orders(command, terms, market, leaving)?;
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
        self.assess_risk(command.account, market.held_asset(terms.side), plan.hold)?;
        Ok(Admitted {
            terms,
            price,
            rates,
            plan,
        })
    }

    /// Takes an order in that has passed all checks.
    pub(crate) fn carry_out_placement(
        &mut self,
        at: Moment,
        command: &PlaceOrder,
        admitted: &Admitted,
        content: u64,
        out: &mut Vec<u8>,
    ) {
        let market = self.markets.at(command.market);
        self.balances
            .touch(command.account, market.held_asset(admitted.terms.side))
            .hold(admitted.plan.hold);
        let mut incoming = self.accept(at, command, admitted, out);
        if !command.client_order_id.is_empty() {
            let order_id = incoming.details.id;
            incoming.details.client = self.remember(at, command, order_id, content);
        }
        self.carry_out_order(at, &mut incoming, command, admitted, out);
    }

    /// Answers an order whose client order id is remembered; says whether it was.
    fn answer_repeat(
        &self,
        at: Moment,
        command: &PlaceOrder,
        content: u64,
        out: &mut Vec<u8>,
    ) -> Result<bool, u16> {
        let PlaceOrder {
            account,
            market,
            client_order_id,
            ..
        } = *command;
        let Some(known) = self
            .client_orders
            .find(account, client_order_id, at.time_us)
        else {
            return Ok(false);
        };
        if fault!(OtherContentRepeats, false, known.digest != content) {
            return Err(codes::CLIENT_ORDER_ID_CONFLICT);
        }
        let &ClientOrderState {
            order_id,
            original_sequence,
            ..
        } = known;
        OrderRepeated {
            order_id,
            original_sequence,
            account,
            market,
        }
        .append(out);
        Ok(true)
    }

    fn check_open_orders(
        &self,
        command: &PlaceOrder,
        terms: Terms,
        market: &Market,
        leaving: Option<u32>,
    ) -> Result<(), u16> {
        let most = market.state.max_open_orders;
        if most == 0 || !terms.may_rest() {
            return Ok(());
        }
        let leaves_here = leaving.is_some_and(|slot| self.orders[slot].market == command.market);
        let open = self.open_orders.count(command.account, command.market);
        if open - u32::from(leaves_here) >= fault!(OneOpenOrderTooMany, most + 1, most) {
            return Err(codes::TOO_MANY_OPEN_ORDERS);
        }
        Ok(())
    }

    /// What the order holds at acceptance, walking the book where that decides.
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
        let walker = self.walker(at, command, terms, price);
        let market = self.markets.at(command.market);
        let of_lots = |hold, lots| Plan {
            hold,
            lots,
            walk_end: None,
        };
        match (terms.side, terms.order_type) {
            (side, OrderType::Limit) => {
                of_lots(hold(market, side, price, quantity, rates), quantity)
            }
            (Side::Buy, _) if quote_amount > 0 => of_lots(quote_amount as i128, 0),
            (Side::Buy, _) => {
                let notional = self.walk(walker, Wanted::Lots(quantity)).notional;
                let fee = fault!(MarketBuyHoldsNoFee, 0, fee(rates.taker_ppm, notional));
                of_lots(notional as i128 + fee, quantity)
            }
            (Side::Sell, _) if quote_amount > 0 => {
                let walk = self.walk(walker, Wanted::Amount(quote_amount));
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
    #[inline]
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
        let details = Details {
            id,
            filled: 0,
            maker_notional: 0,
            taker_notional: 0,
            fee: 0,
            held: plan.hold,
            maker_fee_ppm: rates.maker_ppm,
            taker_fee_ppm: rates.taker_ppm,
            accepted_sequence: at.sequence,
            accepted_at_us: at.time_us,
            expires_at_us: terms.expires_at_us,
            flags: command.flags,
            client: NONE,
            time_in_force: terms.time_in_force,
            prevention: terms.prevention,
        };
        OrderAccepted {
            order_id: id,
            account: order.account,
            market: order.market,
            side: command.side,
            order_type: command.order_type,
            time_in_force: command.time_in_force,
            self_trade_prevention: details.prevention as u8,
            flags: command.flags,
            price: admitted.price,
            quantity: command.quantity,
            quote_amount: command.quote_amount,
            maker_fee_ppm: details.maker_fee_ppm,
            taker_fee_ppm: details.taker_fee_ppm,
            stop_price: command.stop_price,
            trailing_delta: command.trailing_delta,
            display_quantity: command.display_quantity,
            expires_at_us: written_time(details.expires_at_us),
            client_order_id: command.client_order_id,
        }
        .append(out);
        Incoming {
            order,
            display: command.display_quantity,
            details,
        }
    }

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

    /// Matches an accepted order; what is left of it rests or closes.
    fn carry_out_order(
        &mut self,
        at: Moment,
        incoming: &mut Incoming,
        command: &PlaceOrder,
        admitted: &Admitted,
        out: &mut Vec<u8>,
    ) {
        if self.markets.at(command.market).is(MarketStatus::Auction) {
            self.rest(incoming);
            return;
        }
        let Admitted {
            terms, price, plan, ..
        } = admitted;
        let walker = self.walker(at, command, *terms, *price);
        let is_fok = terms.time_in_force == TimeInForce::Fok;
        if fault!(FillOrKillFillsInPart, false, is_fok) && !self.trades_whole(walker, plan.lots) {
            self.close(at, incoming, CloseReason::Killed, out);
            return;
        }
        let is_buy_by_amount = terms.side == Side::Buy && command.quote_amount > 0;
        let want = if is_buy_by_amount {
            Want::Amount(command.quote_amount)
        } else {
            Want::Lots
        };
        let end = self.match_order(at, incoming, walker.limit, want, out);
        let reason = match plan.walk_end {
            Some(walk_end) => self.end_walk(at, incoming, walk_end, out),
            None if matches!(end, MatchEnd::Exhausted | MatchEnd::Halted) && terms.may_rest() => {
                self.rest(incoming);
                return;
            }
            None => close_reason(end),
        };
        self.close(at, incoming, reason, out);
    }

    /// Whether a fill-or-kill order finds all its lots. With own orders in its way it does not,
    /// unless they are to give way.
    fn trades_whole(&self, walker: Walker, lots: u64) -> bool {
        let walker = Walker {
            taker: walker.taker.without_decrement(),
            ..walker
        };
        self.walk(walker, Wanted::Lots(lots)).end == WalkEnd::Satisfied
    }

    /// How a sell by quote amount closes, whose lots a walk has set and which have traded.
    fn end_walk(
        &mut self,
        at: Moment,
        incoming: &mut Incoming,
        end: WalkEnd,
        out: &mut Vec<u8>,
    ) -> CloseReason {
        match end {
            WalkEnd::Prevented { order_id, lots } => {
                if let Some(slot) = self.orders.slot_of(order_id) {
                    let prevention = match incoming.details.prevention {
                        SelfTradePrevention::CancelBoth => SelfTradePrevention::CancelBoth,
                        _ => SelfTradePrevention::CancelNewest,
                    };
                    self.prevent(at, incoming, slot, lots, prevention, out);
                }
                CloseReason::SelfTrade
            }
            WalkEnd::Satisfied if incoming.details.filled > 0 => CloseReason::Filled,
            _ => CloseReason::Expired,
        }
    }

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
