//! What came in and has no sequence yet, and what is turned away at the door.

use std::collections::{HashMap, VecDeque};

use cse_wire::{
    AmendOrder, COMMAND_LENGTH_MAX, FromOutbox, Message, PlaceOrder, PlaceOrderList, Refusal,
    ReplaceOrder, StartEpoch, Upgrade, codes, header_of,
};

use crate::framing::{Frame, Framing, Violation};

/// Commands of one batch at most.
pub const BATCH_COMMANDS_MAX: usize = 4096;
/// Bytes of commands in one batch at most.
pub const BATCH_BYTES_MAX: usize = 2 << 20;
/// Commands that may wait; more are refused.
const WAITING_MAX: usize = 1 << 16;

/// The connection of commands that the leader itself gives, and nobody waits for.
pub const OWN_CONNECTION: u64 = u64::MAX;

/// Whose command it is, and how long.
#[derive(Clone, Copy, Debug)]
pub struct Asker {
    /// The connection it came by.
    pub connection: u64,
    /// The asker's own number.
    pub request_id: u64,
    /// Bytes of the command.
    pub length: u32,
}

/// Commands that will be one batch, one behind another.
#[derive(Debug, Default)]
pub struct Chunk {
    /// Their bytes.
    pub commands: Vec<u8>,
    /// Whose they are, in the same order.
    pub askers: Vec<Asker>,
}

/// What one call to [`Intake::submit`] has to say at once.
#[derive(Debug, Default)]
pub struct Aside {
    /// Refusal frames.
    pub refusals: Vec<u8>,
    /// Query frames.
    pub queries: Vec<Vec<u8>>,
}

impl Chunk {
    /// One command that the leader itself gives.
    pub fn of_leader(command: Vec<u8>) -> Self {
        let asker = Asker {
            connection: OWN_CONNECTION,
            request_id: 0,
            length: command.len() as u32,
        };
        Self {
            commands: command,
            askers: vec![asker],
        }
    }
}

/// The queue before the leader, and the partial frames of its connections.
#[derive(Debug)]
pub struct Intake {
    framings: HashMap<u64, Framing>,
    chunks: VecDeque<Chunk>,
    waiting: usize,
    /// Whether orders are taken; while not, all but orders is.
    pub accepts_orders: bool,
}

impl Intake {
    /// An empty queue that takes orders.
    pub fn new() -> Self {
        Self {
            framings: HashMap::new(),
            chunks: VecDeque::new(),
            waiting: 0,
            accepts_orders: true,
        }
    }

    /// Commands in line.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// Takes in bytes of a connection.
    ///
    /// # Errors
    /// [`Violation`] when the connection must be dropped.
    pub fn submit(&mut self, connection: u64, data: &[u8]) -> Result<Aside, Violation> {
        let mut framing = self.framings.remove(&connection).unwrap_or_default();
        let mut aside = Aside::default();
        framing.feed(data, |frame| match frame {
            Frame::Request {
                request_id,
                command,
            } => match self.refuse(command) {
                Some(code) => refusal(request_id, code).append(&mut aside.refusals),
                None => self.enqueue(connection, request_id, command),
            },
            Frame::Query(bytes) => aside.queries.push(bytes.to_vec()),
        })?;
        self.framings.insert(connection, framing);
        Ok(aside)
    }

    /// Forgets the partial frame of a connection.
    pub fn disconnect(&mut self, connection: u64) {
        self.framings.remove(&connection);
    }

    /// The next batch's commands.
    pub fn take(&mut self) -> Option<Chunk> {
        let chunk = self.chunks.pop_front()?;
        self.waiting -= chunk.askers.len();
        Some(chunk)
    }

    /// Why a command is not let in, if it is not.
    fn refuse(&self, command: &[u8]) -> Option<u16> {
        let Ok(header) = header_of(command) else {
            return Some(codes::MALFORMED_COMMAND);
        };
        if header.length as usize != command.len() || command.len() > COMMAND_LENGTH_MAX {
            return Some(codes::MALFORMED_COMMAND);
        }
        match header.kind {
            // The leader alone starts epochs and closes segments.
            StartEpoch::KIND | Upgrade::KIND => Some(codes::MALFORMED_COMMAND),
            kind if !self.accepts_orders && makes_orders(kind) => Some(codes::STORAGE_LOW),
            FromOutbox::KIND if !self.accepts_orders && holds_order(command) => {
                Some(codes::STORAGE_LOW)
            }
            _ if self.waiting >= WAITING_MAX => Some(codes::OVERLOADED),
            _ => None,
        }
    }

    fn enqueue(&mut self, connection: u64, request_id: u64, command: &[u8]) {
        let has_room = self.chunks.back().is_some_and(|chunk| {
            chunk.askers.len() < BATCH_COMMANDS_MAX
                && chunk.commands.len() + command.len() <= BATCH_BYTES_MAX
        });
        if !has_room {
            self.chunks.push_back(Chunk::default());
        }
        if let Some(chunk) = self.chunks.back_mut() {
            chunk.commands.extend_from_slice(command);
            chunk.askers.push(Asker {
                connection,
                request_id,
                length: command.len() as u32,
            });
            self.waiting += 1;
        }
    }
}

/// Whether a command may bring about more than it takes away.
fn makes_orders(kind: u16) -> bool {
    matches!(
        kind,
        PlaceOrder::KIND | PlaceOrderList::KIND | AmendOrder::KIND | ReplaceOrder::KIND
    )
}

fn holds_order(command: &[u8]) -> bool {
    FromOutbox::decode(command)
        .ok()
        .and_then(|(_, inner)| header_of(inner).ok())
        .is_some_and(|header| makes_orders(header.kind))
}

fn refusal(request_id: u64, code: u16) -> Refusal {
    Refusal {
        request_id,
        code,
        reserved: [0; 6],
    }
}
