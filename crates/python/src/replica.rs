//! A core that follows the journal and answers reads.

use std::sync::{Arc, Mutex};

use cse_core::Exchange;
use cse_journal::{EventReader as LogReader, EventSync, JournalReader};
use cse_wire::Message;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::errors::Failure;
use crate::locking::{held, released};
use crate::lookup::{Dated, Lookup};
use crate::pasts::Past;
use crate::reads::{depth, joined, joined_orders, methods_with_reads};
use crate::recent::{EventPlace, Recent};
use crate::recovery::{apply_record, newest_snapshot};
use crate::snapshots::SnapshotWriter;
use crate::storage::{Place, Storage};

/// Sequences before a snapshot whose trades are looked through at the start, so that markets have
/// their last trades.
const TRADES_LOOK_BACK: u64 = 100_000;
/// Sequences looked through at the start at most.
const LOOK_BACK_MAX: u64 = 4_000_000;
/// Bytes of the event log read at a time.
const READ_BYTES: usize = 4 << 20;

/// A follower with a core.
#[pyclass(frozen, module = "cse.engine._native")]
pub struct Replica {
    storage: Storage,
    /// The sequence of the snapshot it began with; 0 for none.
    #[pyo3(get)]
    snapshot_sequence: u64,
    state: Mutex<State>,
    log: Mutex<LogReader>,
    sync: Arc<Mutex<EventSync>>,
}

struct State {
    exchange: Exchange,
    reader: JournalReader,
    recent: Recent,
    groups: Vec<u8>,
}

methods_with_reads! { Replica {
    #[new]
    #[pyo3(signature = (storage, ledger_position = 0, recent_limit = 2_000_000, trades_limit = 1_000))]
    fn new(
        py: Python<'_>,
        storage: &Bound<'_, PyAny>,
        ledger_position: u64,
        recent_limit: usize,
        trades_limit: usize,
    ) -> PyResult<Self> {
        let place = Place::of(storage)?;
        Ok(py.detach(|| Self::start(place, ledger_position, recent_limit, trades_limit))?)
    }

    #[getter]
    fn watermark(&self) -> PyResult<u64> {
        Ok(self.storage.watermark.load()?.sequence)
    }

    #[getter]
    fn leader_process_id(&self) -> u64 {
        self.storage.watermark.leader_process()
    }

    #[getter]
    fn recent_count(&self, py: Python<'_>) -> usize {
        held(py, &self.state).recent.count()
    }

    #[getter]
    fn recent_from(&self, py: Python<'_>) -> u64 {
        held(py, &self.state).recent.position() + 1
    }

    #[pyo3(signature = (limit = 1_000_000))]
    fn follow(&self, py: Python<'_>, limit: u64) -> PyResult<u64> {
        Ok(py.detach(|| self.follow_watermark(limit))?)
    }

    fn prune(&self, py: Python<'_>, ledger_position: u64) {
        held(py, &self.state).recent.prune(ledger_position);
    }

    fn snapshot(&self, py: Python<'_>) -> PyResult<SnapshotWriter> {
        Ok(py.detach(|| {
            let state = released(&self.state);
            let position = state.reader.position();
            SnapshotWriter::of(&state.exchange, position, &self.storage, &self.sync)
        })?)
    }

    fn closed_order<'py>(
        &self,
        py: Python<'py>,
        account: u32,
        order_id: u64,
    ) -> PyResult<Option<PyClosed<'py>>> {
        let found = py.detach(|| -> Result<_, Failure> {
            let closed = released(&self.state).recent.closed_order(order_id);
            let Some(closed) = closed.filter(|closed| closed.account == account) else {
                return Ok(None);
            };
            Lookup::of(&mut released(&self.log)).closed_order(&closed).map(Some)
        })?;
        Ok(found.map(|found| closed(py, found)))
    }

    #[pyo3(signature = (account, market = 0, limit = 100))]
    fn closed_orders<'py>(
        &self,
        py: Python<'py>,
        account: u32,
        market: u32,
        limit: usize,
    ) -> PyResult<Vec<PyClosed<'py>>> {
        let found = py.detach(|| -> Result<Vec<_>, Failure> {
            let closed = released(&self.state).recent.closed_orders(account, market, limit);
            let mut log = released(&self.log);
            let mut lookup = Lookup::of(&mut log);
            closed.iter().map(|closed| lookup.closed_order(closed)).collect()
        })?;
        Ok(found.into_iter().map(|found| closed(py, found)).collect())
    }

    fn pasts(&self, py: Python<'_>, order_ids: Vec<u64>) -> PyResult<Vec<PyPast>> {
        let found = py.detach(|| -> Result<Vec<_>, Failure> {
            order_ids.iter().map(|&order_id| self.past_of_open(order_id)).collect()
        })?;
        Ok(found.into_iter().map(told).collect())
    }

    #[pyo3(signature = (account, market = 0, limit = 100))]
    fn fills<'py>(
        &self,
        py: Python<'py>,
        account: u32,
        market: u32,
        limit: usize,
    ) -> PyResult<Vec<PyDated<'py>>> {
        self.events(py, |recent| recent.fills(account, market, limit))
    }

    #[pyo3(signature = (market, limit = 100))]
    fn trades<'py>(
        &self,
        py: Python<'py>,
        market: u32,
        limit: usize,
    ) -> PyResult<Vec<PyDated<'py>>> {
        self.events(py, |recent| recent.trades(market, limit))
    }

    fn group<'py>(&self, py: Python<'py>, sequence: u64) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let group = py.detach(|| -> Result<_, Failure> {
            if sequence == 0 || sequence > self.storage.watermark.load()?.sequence {
                return Ok(None);
            }
            Ok(released(&self.log).read(sequence)?)
        })?;
        Ok(group.map(|group| PyBytes::new(py, &group)))
    }
} }

type PyDated<'py> = (u64, i64, Bound<'py, PyBytes>);
type PyPast = (u64, i64, u64, u64, bool);
type PyClosed<'py> = (PyDated<'py>, PyDated<'py>, PyPast);

fn told(past: Past) -> PyPast {
    (
        past.list_id,
        past.triggered_at_us,
        past.stop_price,
        past.display_quantity,
        past.may_have_fired,
    )
}

fn closed(py: Python<'_>, (accepted, closed, past): (Dated, Dated, Past)) -> PyClosed<'_> {
    (dated(py, accepted), dated(py, closed), told(past))
}

fn dated(py: Python<'_>, (sequence, time_us, event): Dated) -> PyDated<'_> {
    (sequence, time_us, PyBytes::new(py, &event))
}

impl Replica {
    fn start(
        place: Place,
        ledger_position: u64,
        recent_limit: usize,
        trades_limit: usize,
    ) -> Result<Self, Failure> {
        let storage = Storage::for_follower(place)?;
        let (start, _) = newest_snapshot(&storage)?;
        let reader = start.reader(&storage);
        let exchange = start.exchange;
        let events = Arc::clone(&storage.events);
        let mut log = LogReader::new(Arc::clone(&events));
        let end = exchange.sequence();
        let position = ledger_position.max(end.saturating_sub(LOOK_BACK_MAX));
        let mut next = position.min(end.saturating_sub(TRADES_LOOK_BACK)) + 1;
        let mut recent = Recent::new(position, next, recent_limit, trades_limit);
        let mut groups = Vec::new();
        while next <= end {
            groups.clear();
            next = log.read_from(next, end, READ_BYTES, &mut groups)?;
            recent.note(&groups)?;
        }
        for account in exchange.accounts() {
            for order in exchange.open_orders(account.account, 0) {
                recent.note_open(&order);
            }
        }
        Ok(Self {
            storage,
            snapshot_sequence: end,
            log: Mutex::new(log),
            sync: Arc::new(Mutex::new(EventSync::new(events))),
            state: Mutex::new(State {
                exchange,
                reader,
                recent,
                groups,
            }),
        })
    }

    fn follow_watermark(&self, limit: u64) -> Result<u64, Failure> {
        let durable = self.storage.watermark.load()?.sequence;
        let mut state = released(&self.state);
        let State {
            exchange,
            reader,
            recent,
            groups,
        } = &mut *state;
        let last = exchange.sequence().saturating_add(limit);
        while exchange.sequence() < durable.min(last) {
            let Some((record, bytes)) = reader.next(durable)? else {
                break;
            };
            groups.clear();
            apply_record(exchange, &record, bytes, groups)?;
            recent.note(groups)?;
        }
        Ok(exchange.sequence())
    }

    /// What has become of an open order. With what it came is looked up once where it came before
    /// the events that were followed.
    fn past_of_open(&self, order_id: u64) -> Result<Past, Failure> {
        let (sequence, mut past) = released(&self.state).recent.open_order(order_id);
        if past.is_unread {
            let mut log = released(&self.log);
            let (_, accepted, list_id) = Lookup::of(&mut log).taken_in(order_id, sequence)?;
            drop(log);
            past.read(list_id, accepted.order_type);
            released(&self.state)
                .recent
                .note_read(order_id, list_id, accepted.order_type);
        }
        Ok(past)
    }

    fn events<'py>(
        &self,
        py: Python<'py>,
        choose: impl FnOnce(&Recent) -> Vec<EventPlace> + Send,
    ) -> PyResult<Vec<PyDated<'py>>> {
        let found = py.detach(|| -> Result<Vec<_>, Failure> {
            let places = choose(&released(&self.state).recent);
            let mut log = released(&self.log);
            let mut lookup = Lookup::of(&mut log);
            places.iter().map(|&place| lookup.event(place)).collect()
        })?;
        Ok(found.into_iter().map(|event| dated(py, event)).collect())
    }
}
