//! Takes frames in, makes them durable, gives answers out.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use cse_core::{Exchange, Lookahead};
use cse_journal::{Batch as RecordBatch, EventLog, Journal, Link, Mark};
use cse_wire::{Message, StartEpoch, Tick};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::answers::Answers;
use crate::batch::{Batch, Stage};
use crate::errors::{Failure, ProtocolViolated};
use crate::intake::{Chunk, Intake, OWN_CONNECTION};
use crate::locking::{held, released};
use crate::recovery::{Report, next_link, recover};
use crate::storage::{Place, Storage};

/// Refusal frames to be sent at once, and the Query frames that came.
type Aside<'py> = (Bound<'py, PyBytes>, Vec<Bound<'py, PyBytes>>);

/// The one writer of a data directory.
#[pyclass(frozen, module = "cse.engine._native")]
pub struct Leader {
    storage: Storage,
    /// The epoch it began.
    #[pyo3(get)]
    epoch: u64,
    report: Report,
    front: Mutex<Front>,
    disk: Mutex<Disk>,
    durable_sequence: AtomicU64,
}

/// What the event loop's thread works on.
struct Front {
    intake: Intake,
    exchange: Exchange,
    link: Link,
}

/// What the writing thread works on.
struct Disk {
    journal: Journal,
    events: EventLog,
}

#[pymethods]
impl Leader {
    #[new]
    #[pyo3(signature = (storage, now_us, process_id, segment_bytes = 67_108_864))]
    fn new(
        py: Python<'_>,
        storage: &Bound<'_, PyAny>,
        now_us: i64,
        process_id: u64,
        segment_bytes: u64,
    ) -> PyResult<Self> {
        let place = Place::of(storage)?;
        Ok(py.detach(|| Self::start(place, now_us, process_id, segment_bytes))?)
    }

    #[getter]
    fn sequence(&self, py: Python<'_>) -> u64 {
        held(py, &self.front).exchange.sequence()
    }

    #[getter]
    fn time_us(&self, py: Python<'_>) -> i64 {
        held(py, &self.front).exchange.time_us()
    }

    #[getter]
    fn durable_sequence(&self) -> u64 {
        self.durable_sequence.load(Ordering::Acquire)
    }

    #[getter]
    fn waiting(&self, py: Python<'_>) -> usize {
        held(py, &self.front).intake.waiting()
    }

    #[getter]
    fn accepts_orders(&self, py: Python<'_>) -> bool {
        held(py, &self.front).intake.accepts_orders
    }

    #[getter]
    fn recovery<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let found = PyDict::new(py);
        found.set_item("snapshot_sequence", self.report.snapshot_sequence)?;
        found.set_item("snapshots_skipped", self.report.snapshots_skipped.clone())?;
        found.set_item("last_sequence", self.report.last_sequence)?;
        found.set_item("events_sequence", self.report.events_sequence)?;
        found.set_item("replayed", self.report.replayed)?;
        let cut = self.report.cut.as_ref().map(|cut| {
            format!(
                "{} bytes at offset {} of {}, sequence {}: {}",
                cut.length, cut.offset, cut.file, cut.sequence, cut.reason
            )
        });
        found.set_item("cut", cut)?;
        Ok(found)
    }

    fn accept_orders(&self, py: Python<'_>, accept: bool) {
        held(py, &self.front).intake.accepts_orders = accept;
    }

    fn free_bytes(&self, py: Python<'_>) -> PyResult<u64> {
        let free = py.detach(|| self.storage.journal.free_bytes());
        Ok(free.map_err(Failure::from)?)
    }

    fn submit<'py>(
        &self,
        py: Python<'py>,
        connection: u64,
        data: &[u8],
    ) -> PyResult<Option<Aside<'py>>> {
        let aside = held(py, &self.front)
            .intake
            .submit(connection, data)
            .map_err(|violation| ProtocolViolated::new_err(violation.0))?;
        if aside.refusals.is_empty() && aside.queries.is_empty() {
            return Ok(None);
        }
        let queries = aside.queries.iter();
        Ok(Some((
            PyBytes::new(py, &aside.refusals),
            queries.map(|query| PyBytes::new(py, query)).collect(),
        )))
    }

    fn disconnect(&self, py: Python<'_>, connection: u64) {
        held(py, &self.front).intake.disconnect(connection);
    }

    fn gather(&self, py: Python<'_>, now_us: i64) -> PyResult<Option<Batch>> {
        let batch = py.detach(|| -> Result<Option<Batch>, Failure> {
            let mut front = released(&self.front);
            let chunk = match front.intake.take() {
                Some(chunk) => chunk,
                None if front.has_due(now_us) => Chunk::of_leader(Tick {}.encoded()),
                None => return Ok(None),
            };
            front.carry_out(&chunk, now_us, self.epoch).map(Some)
        })?;
        Ok(batch)
    }

    fn write(&self, py: Python<'_>, batch: &Batch) -> PyResult<()> {
        batch.step(Stage::Gathered, Stage::Writing)?;
        py.detach(|| released(&self.disk).write(batch))?;
        batch.step(Stage::Writing, Stage::Written)?;
        Ok(())
    }

    fn commit<'py>(
        &self,
        py: Python<'py>,
        batch: &Batch,
    ) -> PyResult<Vec<(u64, Bound<'py, PyBytes>)>> {
        batch.step(Stage::Written, Stage::Committed)?;
        self.publish(batch.last_sequence)?;
        let answers = std::mem::take(&mut *held(py, &batch.answers));
        let frames = answers.into_iter();
        Ok(frames
            .map(|(connection, frames)| (connection, PyBytes::new(py, &frames)))
            .collect())
    }

    fn close(&self) -> PyResult<()> {
        Ok(self.storage.watermark.set_leader_process(0)?)
    }
}

impl Leader {
    fn start(
        place: Place,
        now_us: i64,
        process_id: u64,
        segment_bytes: u64,
    ) -> Result<Self, Failure> {
        let fills_ahead = place.is_real();
        let storage = Storage::for_leader(place)?;
        let recovered = recover(&storage, segment_bytes, fills_ahead)?;
        let last_sequence = recovered.exchange.sequence();
        let epoch = recovered.exchange.epoch() + 1;
        let mut front = Front {
            intake: Intake::new(),
            link: next_link(&recovered.journal),
            exchange: recovered.exchange,
        };
        let mut disk = Disk {
            journal: recovered.journal,
            events: recovered.events,
        };
        let first = front.carry_out(&start_epoch(epoch, last_sequence), now_us, epoch)?;
        disk.write(&first)?;
        let leader = Self {
            storage,
            epoch,
            report: recovered.report,
            front: Mutex::new(front),
            disk: Mutex::new(disk),
            durable_sequence: AtomicU64::new(0),
        };
        leader.storage.watermark.set_leader_process(process_id)?;
        leader.publish(first.last_sequence)?;
        Ok(leader)
    }

    /// Lets everybody see what is durable.
    fn publish(&self, sequence: u64) -> Result<(), Failure> {
        self.storage.watermark.store(Mark {
            sequence,
            epoch: self.epoch,
        })?;
        self.durable_sequence.store(sequence, Ordering::Release);
        Ok(())
    }
}

/// The leader's own first command, which nobody waits for.
fn start_epoch(epoch: u64, last_sequence: u64) -> Chunk {
    let command = StartEpoch {
        epoch,
        previous_epoch: epoch - 1,
        previous_last_sequence: last_sequence,
    };
    Chunk::of_leader(command.encoded())
}

impl Front {
    /// Whether time alone brings something about with the next command.
    fn has_due(&self, now_us: i64) -> bool {
        let time_us = now_us.max(self.exchange.time_us());
        self.exchange
            .next_due_us()
            .is_some_and(|due_us| due_us <= time_us)
    }

    /// Gives each command its sequence, carries it out, and builds record and answers.
    fn carry_out(&mut self, chunk: &Chunk, now_us: i64, epoch: u64) -> Result<Batch, Failure> {
        let time_us = now_us.max(self.exchange.time_us());
        let first_sequence = self.exchange.sequence() + 1;
        let count = chunk.askers.len() as u32;
        let previous_chain = self.exchange.chain();
        let mut groups = Vec::with_capacity(8 * chunk.commands.len());
        let mut answers = Answers::new(epoch);
        let mut rest = chunk.commands.as_slice();
        let mut lookahead = Lookahead::new(rest);
        for (asker, sequence) in chunk.askers.iter().zip(first_sequence..) {
            let (command, behind) = rest.split_at(asker.length as usize);
            let start = groups.len();
            lookahead.step(&self.exchange);
            self.exchange
                .apply(sequence, time_us, command, &mut groups)
                .map_err(|error| Failure::OutOfOrder(format!("{error:?}")))?;
            if asker.connection != OWN_CONNECTION {
                answers.add(asker, &groups[start..]);
            }
            rest = behind;
        }
        let mut record = Vec::with_capacity(chunk.commands.len() + 64);
        self.link.encode(
            &RecordBatch {
                epoch,
                time_us,
                previous_chain,
                count,
                commands: &chunk.commands,
            },
            &mut record,
        );
        Ok(Batch {
            first_sequence,
            last_sequence: self.exchange.sequence(),
            time_us,
            count,
            record,
            groups,
            answers: Mutex::new(answers.into_frames()),
            stage: AtomicU8::new(Stage::Gathered as u8),
        })
    }
}

impl Disk {
    /// Makes a batch durable. The event log needs no sync: it can be rebuilt.
    fn write(&mut self, batch: &Batch) -> Result<(), Failure> {
        self.journal.append(&batch.record)?;
        self.events.append(&batch.groups, batch.first_sequence)?;
        self.journal.sync()?;
        Ok(())
    }
}
