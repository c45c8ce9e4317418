//! Reading client order ids back: those of open orders, and those of closed ones that are remembered.

use alloc::collections::BTreeSet;
use core::mem;

use cse_wire::ClientOrderState;

use super::restore::{Checked, Restoring, check};
use crate::orders::is_client_order_id;

impl Restoring {
    /// Takes one in that is placed once all is read.
    pub(super) fn client_order(&mut self, client_order: &ClientOrderState) -> Checked {
        let ClientOrderState {
            account,
            client_order_id,
            ..
        } = *client_order;
        check(
            self.exchange.accounts.get(account).is_some(),
            "the account is unknown",
        )?;
        let is_id = !client_order_id.is_empty() && is_client_order_id(client_order_id);
        check(is_id, "the client order id is none")?;
        self.clients.push(*client_order);
        Ok(())
    }

    /// Gives the open ones to their orders, and the closed ones to memory as they closed.
    pub(super) fn place_clients(&mut self) -> Checked {
        let mut clients = mem::take(&mut self.clients);
        clients.sort_by_key(|client| (client.account, client.closed_number));
        let mut ids = BTreeSet::new();
        let mut previous: Option<ClientOrderState> = None;
        for client in clients {
            check(
                ids.insert((client.account, client.client_order_id)),
                "the client order id stands twice",
            )?;
            if client.closed_number == 0 {
                self.place_open_client(client)?;
            } else {
                self.place_closed_client(client, previous)?;
                previous = Some(client);
            }
        }
        check(
            self.named.is_empty(),
            "an order's client order id is not remembered",
        )
    }

    fn place_open_client(&mut self, client: ClientOrderState) -> Checked {
        check(
            client.closed_at_us == 0,
            "an open order has no time of closing",
        )?;
        check(
            self.named.remove(&client.order_id) == Some(client.client_order_id),
            "its order is another",
        )?;
        let exchange = &mut self.exchange;
        let slot = exchange
            .orders
            .slot_of(client.order_id)
            .ok_or("its order is not open")?;
        check(
            exchange.orders[slot].account == client.account,
            "its order is another's",
        )?;
        let now_us = exchange.moment.time_us;
        exchange.orders.details_mut(slot).client = exchange.client_orders.remember(client, now_us);
        Ok(())
    }

    /// One that closed after `previous`, if that is of the same account.
    fn place_closed_client(
        &mut self,
        client: ClientOrderState,
        previous: Option<ClientOrderState>,
    ) -> Checked {
        let exchange = &mut self.exchange;
        let before = previous.filter(|before| before.account == client.account);
        let follows = before.is_none_or(|before| {
            before.closed_number < client.closed_number
                && before.closed_at_us <= client.closed_at_us
        });
        let count = exchange.client_orders.closed_count(client.account);
        check(
            follows && client.closed_number <= count,
            "it closed out of order",
        )?;
        let now_us = exchange.moment.time_us;
        exchange.client_orders.restore_closed(client, now_us);
        Ok(())
    }
}
