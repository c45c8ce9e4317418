//! Placing an order: a plain one or any other is admitted, taken in, and matches or waits.

use alloc::vec::Vec;

use cse_book::Order;
use cse_wire::{
    ClientOrderState, Message, OrderAccepted, OrderType, PlaceOrder, Symbol, TimeInForce,
};

use super::admission::{Admitted, Beside};
use super::expiries::NEVER;
use super::identity::{Identity, content_of};
use super::records::{Details, Incoming, written_time};
use crate::exchange::{Exchange, Moment, whole};
use crate::refusal::{Refusal, reject};
use crate::triggers::Trigger;

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
    #[inline(never)]
    pub(crate) fn place(
        &mut self,
        at: Moment,
        bytes: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        if !PlaceOrder::is_all_of_short(bytes) {
            return self.place_any(at, bytes, out);
        }
        let command = PlaceOrder::get_fields(&bytes[..PlaceOrder::SHORT_WIDTH]);
        if !is_plain(&command) | self.risk.is_on() {
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
        if self.risk.is_on() {
            return self.place_watched(at, bytes, out);
        }
        let (command, _) = whole(bytes)?;
        self.place_or_reject(at, &command, bytes, out);
        Ok(())
    }

    /// Places an order where any market is watched.
    #[cold]
    #[inline(never)]
    fn place_watched(
        &mut self,
        at: Moment,
        bytes: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let (command, _) = whole::<PlaceOrder>(bytes)?;
        let content = match self.identify(at, &command, content_of(bytes), out) {
            Ok(Identity::New { content }) => content,
            Ok(Identity::Repeated) => return Ok(()),
            Err(code) => {
                reject(&command, code, out);
                return Ok(());
            }
        };
        match self.admit_beside(at, &command, Beside::default()) {
            Ok(admitted) => self.enter_counted(at, &command, &admitted, content, out),
            Err(code) => reject(&command, code, out),
        }
        Ok(())
    }

    /// Counts an order that has passed all checks where its market is watched, and takes it in.
    #[inline(never)]
    pub(super) fn enter_counted(
        &mut self,
        at: Moment,
        command: &PlaceOrder,
        admitted: &Admitted,
        content: u64,
        out: &mut Vec<u8>,
    ) {
        if self.risk.is_on() {
            self.count_order(at, command, admitted, 0);
        }
        self.enter_order(at, command, admitted, content, out);
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
        let Identity::New { content } = self.identify(at, command, content_of(bytes), out)? else {
            return Ok(());
        };
        match &self.admit(at, command, Beside::default()) {
            Ok(admitted) => self.enter_order(at, command, admitted, content, out),
            Err(code) => return Err(*code),
        }
        Ok(())
    }

    /// Takes an order in that has passed all checks, and has it match or wait.
    #[inline(always)]
    pub(crate) fn enter_order(
        &mut self,
        at: Moment,
        command: &PlaceOrder,
        admitted: &Admitted,
        content: u64,
        out: &mut Vec<u8>,
    ) {
        let incoming = self.take_in(at, command, admitted, content, out);
        if admitted.terms.is_trigger() {
            let slot = self.open(&incoming);
            let place = self.add_trigger(slot, admitted.terms.order_type, &{ *command });
            self.wait(place);
        } else {
            self.match_new(at, incoming, command, admitted, out);
        }
    }

    /// Keeps what an open order is beyond an order until it matches, and says where.
    #[inline(never)]
    pub(crate) fn add_trigger(
        &mut self,
        slot: u32,
        order_type: OrderType,
        command: &PlaceOrder,
    ) -> u32 {
        let trigger = Trigger::new(slot, order_type, command);
        let place = self.triggers.insert(trigger);
        self.orders.details_mut(slot).trigger = place;
        place
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
}
