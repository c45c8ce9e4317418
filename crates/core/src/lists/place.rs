//! Placing orders that are linked: all or none.

use alloc::vec::Vec;

use cse_wire::{Message, OrderListKind, OrdersLinked, PlaceOrder, PlaceOrderList, codes};

use super::links::Link;
use super::terms::fits_list;
use crate::digest::digest;
use crate::exchange::{Exchange, Moment};
use crate::matching::SizedBy;
use crate::orders::{Admitted, Beside, Identity};
use crate::refusal::{Refusal, reject};
use crate::triggers::is_limit_type;

/// An order of a list that has passed all checks.
struct Listed {
    command: PlaceOrder,
    admitted: Admitted,
    /// What is counted with one before it, in quote units.
    counted: u128,
}

impl Exchange {
    pub(crate) fn place_order_list(
        &mut self,
        at: Moment,
        command: &PlaceOrderList,
        tail: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let orders = orders_of(tail)?;
        let refusal = Refusal::new(codes::INVALID_ORDER_LIST).of_account(orders[0].account);
        let kind = OrderListKind::from_number(command.kind)
            .filter(|&kind| orders.len() == length_of(kind))
            .ok_or(refusal)?;
        for order in &orders {
            match self.identify(at, order, tail, out) {
                Ok(Identity::New { .. }) => {}
                Ok(Identity::Repeated) => return Ok(()),
                Err(code) => {
                    reject(order, code, out);
                    return Ok(());
                }
            }
        }
        if !fits_list(kind, &orders) {
            return Err(refusal);
        }
        match self.admit_list(at, kind, &orders) {
            Ok(listed) => self.enter_list(at, kind, listed, digest(tail), out),
            Err((place, code)) => reject(&orders[place], code, out),
        }
        Ok(())
    }

    /// The other checks of each order, before any is placed. A refusal says the order's place.
    fn admit_list(
        &self,
        at: Moment,
        kind: OrderListKind,
        orders: &[PlaceOrder],
    ) -> Result<Vec<Listed>, (usize, u16)> {
        let mut listed: Vec<Listed> = Vec::with_capacity(orders.len());
        for (before, &command) in (0..).zip(orders) {
            let is_oco = kind == OrderListKind::Oco;
            let beside = Beside {
                before,
                shared_hold: match listed.first() {
                    Some(first) if is_oco => first.admitted.plan.hold,
                    _ => 0,
                },
                is_exit: !is_oco && before > 0,
                is_listed: true,
                ..Beside::default()
            };
            let mut admitted = self
                .admit_beside(at, &command, beside)
                .map_err(|code| (listed.len(), code))?;
            // What the first holds already.
            if beside.shared_hold != 0 {
                admitted.plan.hold = (admitted.plan.hold - beside.shared_hold).max(0);
            }
            let counted = match listed.first() {
                Some(first) if is_oco => self.measure_of(&first.command, &first.admitted),
                _ => 0,
            };
            listed.push(Listed {
                command,
                admitted,
                counted,
            });
        }
        Ok(listed)
    }

    /// Takes all of a list in, links them, and has the first match.
    fn enter_list(
        &mut self,
        at: Moment,
        kind: OrderListKind,
        listed: Vec<Listed>,
        content: u64,
        out: &mut Vec<u8>,
    ) {
        let slots: Vec<u32> = listed
            .iter()
            .map(|listed| self.take_in_listed(at, listed, content, out))
            .collect();
        self.link(kind, &slots, out);
        let (Some(first), Some(&slot)) = (listed.first(), slots.first()) else {
            return;
        };
        let sized_by = SizedBy::of(first.command.quote_amount);
        let is_limit = is_limit_type(first.admitted.terms.order_type);
        self.match_open(at, slot, is_limit, sized_by, out);
    }

    /// Gives an order of a list its slot: it waits, is attached, or is the first and matches next.
    fn take_in_listed(
        &mut self,
        at: Moment,
        listed: &Listed,
        content: u64,
        out: &mut Vec<u8>,
    ) -> u32 {
        let Listed {
            command,
            admitted,
            counted,
        } = listed;
        if self.risk.is_on() {
            self.count_order(at, command, admitted, *counted);
        }
        let incoming = self.take_in(at, command, admitted, content, out);
        let slot = self.open(&incoming);
        if admitted.is_exit {
            self.add_trigger(slot, admitted.terms.order_type, command);
        } else if admitted.terms.is_trigger() {
            let place = self.add_trigger(slot, admitted.terms.order_type, command);
            self.wait(place);
        }
        slot
    }

    fn link(&mut self, kind: OrderListKind, slots: &[u32], out: &mut Vec<u8>) {
        let ids: Vec<u64> = slots.iter().map(|&slot| self.orders.id(slot)).collect();
        let (account, market) = (self.orders[slots[0]].account, self.orders[slots[0]].market);
        let (entry, pair, third) = match ids[..] {
            [entry, take_profit, stop] => (entry, [take_profit, stop], stop),
            _ => (0, [ids[0], ids[1]], 0),
        };
        self.links.insert(Link {
            kind,
            account,
            market,
            entry,
            pair,
        });
        for &slot in slots {
            self.orders.details_mut(slot).is_linked = true;
        }
        self.orders.details_mut(slots[0]).keeps_base = entry != 0;
        OrdersLinked {
            kind: kind as u8,
            reserved: [0; 7],
            account,
            market,
            first: ids[0],
            second: ids[1],
            third,
        }
        .append(out);
    }
}

const fn length_of(kind: OrderListKind) -> usize {
    match kind {
        OrderListKind::Oco => 2,
        OrderListKind::Bracket => 3,
    }
}

/// The two or three orders of a tail.
fn orders_of(tail: &[u8]) -> Result<Vec<PlaceOrder>, Refusal> {
    let mut orders = Vec::with_capacity(3);
    let mut rest = tail;
    while orders.len() < 3 && !rest.is_empty() {
        let length = PlaceOrder::length_in(rest).map_err(|_| Refusal::MALFORMED)?;
        let (order, behind) = rest.split_at(length);
        orders.push(PlaceOrder::get_fields(order));
        rest = behind;
    }
    if orders.len() < 2 || !rest.is_empty() {
        return Err(Refusal::MALFORMED);
    }
    Ok(orders)
}
