//! Reads of a core, as messages one behind another.

use cse_core::{Exchange, OpenOrder};
use cse_wire::{Message, Side};

/// Appends every message to one buffer.
pub fn joined<M: Message>(messages: impl IntoIterator<Item = M>) -> Vec<u8> {
    let mut out = Vec::new();
    for message in messages {
        message.append(&mut out);
    }
    out
}

/// Appends every open order to one buffer.
pub fn joined_orders(orders: impl IntoIterator<Item = OpenOrder>) -> Vec<u8> {
    let mut out = Vec::new();
    for order in orders {
        order.append(&mut out);
    }
    out
}

/// Price and lots of the best levels; nothing for a side or market that is not there.
pub fn depth(exchange: &Exchange, market: u32, side: u8, levels: usize) -> Vec<(u64, u64)> {
    match Side::from_number(side) {
        Some(side) => exchange.depth(market, side, levels),
        None => Vec::new(),
    }
}

/// The Python methods of a class: its own, and the reads that `Core` and `Replica` have in common.
/// The class has a field `state`, a mutex over something with a field `exchange`.
macro_rules! methods_with_reads {
    ($class:ident { $($own:tt)* }) => {
        #[pymethods]
        impl $class {
            $($own)*

            #[getter]
            fn sequence(&self, py: Python<'_>) -> u64 {
                held(py, &self.state).exchange.sequence()
            }

            #[getter]
            fn time_us(&self, py: Python<'_>) -> i64 {
                held(py, &self.state).exchange.time_us()
            }

            #[getter]
            fn chain(&self, py: Python<'_>) -> u64 {
                held(py, &self.state).exchange.chain()
            }

            #[getter]
            fn epoch(&self, py: Python<'_>) -> u64 {
                held(py, &self.state).exchange.epoch()
            }

            fn dump(&self, py: Python<'_>) -> String {
                py.detach(|| released(&self.state).exchange.dump())
            }

            fn state_hash<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
                let hash = py.detach(|| released(&self.state).exchange.state_hash());
                PyBytes::new(py, &hash)
            }

            fn assets<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
                PyBytes::new(py, &joined(held(py, &self.state).exchange.assets()))
            }

            fn accounts<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
                PyBytes::new(py, &joined(held(py, &self.state).exchange.accounts()))
            }

            fn markets<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
                PyBytes::new(py, &joined(held(py, &self.state).exchange.markets()))
            }

            fn market<'py>(&self, py: Python<'py>, market: u32) -> Option<Bound<'py, PyBytes>> {
                let found = held(py, &self.state).exchange.market(market)?;
                Some(PyBytes::new(py, &found.encoded()))
            }

            fn account<'py>(&self, py: Python<'py>, account: u32) -> Option<Bound<'py, PyBytes>> {
                let found = held(py, &self.state).exchange.account(account)?;
                Some(PyBytes::new(py, &found.encoded()))
            }

            fn main_account(&self, py: Python<'_>, owner: &[u8]) -> Option<u32> {
                let owner = owner.try_into().ok()?;
                held(py, &self.state).exchange.main_account(owner)
            }

            fn external_account(&self, py: Python<'_>, asset: u32, network: u32) -> Option<u32> {
                held(py, &self.state).exchange.external_account(asset, network)
            }

            fn balances<'py>(&self, py: Python<'py>, account: u32) -> Bound<'py, PyBytes> {
                PyBytes::new(py, &joined(held(py, &self.state).exchange.balances(account)))
            }

            fn order<'py>(&self, py: Python<'py>, order_id: u64) -> Option<Bound<'py, PyBytes>> {
                let found = held(py, &self.state).exchange.order(order_id)?;
                Some(PyBytes::new(py, &joined_orders([found])))
            }

            fn linked_orders(&self, py: Python<'_>, order_id: u64) -> Vec<u64> {
                held(py, &self.state).exchange.linked_orders(order_id)
            }

            fn cancel_timer(&self, py: Python<'_>, account: u32) -> Option<i64> {
                held(py, &self.state).exchange.cancel_timer(account)
            }

            fn client_order<'py>(
                &self,
                py: Python<'py>,
                account: u32,
                client_order_id: &[u8],
            ) -> Option<Bound<'py, PyBytes>> {
                let state = held(py, &self.state);
                let found = state.exchange.client_order(account, client_order_id)?;
                Some(PyBytes::new(py, &found.encoded()))
            }

            #[pyo3(signature = (account, market = 0, before = u64::MAX, limit = usize::MAX))]
            fn open_orders<'py>(
                &self,
                py: Python<'py>,
                account: u32,
                market: u32,
                before: u64,
                limit: usize,
            ) -> Bound<'py, PyBytes> {
                let held = held(py, &self.state);
                let orders = held.exchange.open_orders_before(account, market, before, limit);
                PyBytes::new(py, &joined_orders(orders))
            }

            fn market_orders<'py>(&self, py: Python<'py>, market: u32) -> Bound<'py, PyBytes> {
                let orders = held(py, &self.state).exchange.market_orders(market);
                PyBytes::new(py, &joined_orders(orders))
            }

            fn depth(
                &self,
                py: Python<'_>,
                market: u32,
                side: u8,
                levels: usize,
            ) -> Vec<(u64, u64)> {
                depth(&held(py, &self.state).exchange, market, side, levels)
            }

            fn fee_tiers<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
                PyBytes::new(py, &joined(held(py, &self.state).exchange.fee_tiers()))
            }

            fn risk_limits<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
                PyBytes::new(py, &joined(held(py, &self.state).exchange.risk_limits()))
            }

            fn risk_of<'py>(
                &self,
                py: Python<'py>,
                account: u32,
                market: u32,
            ) -> (Bound<'py, PyBytes>, Bound<'py, PyBytes>) {
                let held = held(py, &self.state);
                let holding = held.exchange.risk_limits_holding(account, market);
                let counts = held.exchange.risk_counts_of(market, account);
                let (limits, counts) = (joined(holding.into_iter()), joined(counts));
                (PyBytes::new(py, &limits), PyBytes::new(py, &counts))
            }

            fn held_transfers<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
                let mut out = Vec::new();
                held(py, &self.state).exchange.write_held_transfers(&mut out);
                PyBytes::new(py, &out)
            }

            fn outbox_number(&self, py: Python<'_>, source: u32) -> u64 {
                held(py, &self.state).exchange.outbox_number(source)
            }
        }
    };
}
pub(crate) use methods_with_reads;
