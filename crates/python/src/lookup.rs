//! Events fetched from the event log by their place.

use cse_journal::EventReader as LogReader;
use cse_wire::{Group, Message, OrderAccepted, header_of};

use crate::errors::Failure;
use crate::recent::{Closed, EventPlace};

/// Sequence, time and message of one event.
pub type Dated = (u64, i64, Vec<u8>);

/// Bytes read at a time while looking for an acceptance.
const SEARCH_BYTES: usize = 1 << 16;

/// Fetches events, and keeps the group it read last: neighbours often stand in the same one.
pub struct Lookup<'a> {
    log: &'a mut LogReader,
    group: Option<(Group, Vec<u8>)>,
}

impl<'a> Lookup<'a> {
    /// A lookup in this log.
    pub fn of(log: &'a mut LogReader) -> Self {
        Self { log, group: None }
    }

    /// The event at a place.
    ///
    /// # Errors
    /// [`Failure::Damaged`] when it is not there.
    pub fn event(&mut self, place: EventPlace) -> Result<Dated, Failure> {
        let (group, bytes) = self.group_at(place.sequence)?;
        let event = bytes.get(place.offset as usize..).unwrap_or_default();
        let header = header_of(event).map_err(|_| lost(place.sequence))?;
        let event = event[..header.length as usize].to_vec();
        Ok((place.sequence, group.time_us, event))
    }

    /// How an order was taken in and how it closed.
    ///
    /// # Errors
    /// [`Failure::Damaged`] when either is not there.
    pub fn closed_order(&mut self, closed: &Closed) -> Result<(Dated, Dated), Failure> {
        let sequence = match closed.accepted_sequence {
            0 => find_acceptance(self.log, closed.order_id, closed.place.sequence)?,
            known => known,
        };
        let (group, bytes) = self.group_at(sequence)?;
        let accepted = acceptance(bytes).ok_or_else(|| lost(sequence))?;
        let accepted = (sequence, group.time_us, accepted.encoded());
        Ok((accepted, self.event(closed.place)?))
    }

    fn group_at(&mut self, sequence: u64) -> Result<(Group, &[u8]), Failure> {
        let read = match self.group.take() {
            Some(read) if read.0.sequence == sequence => read,
            _ => {
                let bytes = self.log.read(sequence)?.ok_or_else(|| lost(sequence))?;
                let (group, _) = Group::decode(&bytes).map_err(|_| lost(sequence))?;
                (group, bytes)
            }
        };
        let (group, bytes) = self.group.insert(read);
        Ok((*group, bytes))
    }
}

/// The one `OrderAccepted` of a group, if it has one.
fn acceptance(group: &[u8]) -> Option<OrderAccepted> {
    let (_, mut rest) = Group::decode(group).ok()?;
    while let Ok(header) = header_of(rest) {
        if header.kind == OrderAccepted::KIND {
            return OrderAccepted::decode(rest).ok().map(|(event, _)| event);
        }
        rest = &rest[header.length as usize..];
    }
    None
}

/// The sequence at which an order was taken in, by halving: order ids rise with sequences.
fn find_acceptance(log: &mut LogReader, order_id: u64, until: u64) -> Result<u64, Failure> {
    let (mut low, mut high) = (1, until);
    while low <= high {
        let middle = low + (high - low) / 2;
        match first_acceptance(log, middle, high)? {
            Some((sequence, found)) if found == order_id => return Ok(sequence),
            Some((sequence, found)) if found < order_id => low = sequence + 1,
            _ => high = middle - 1,
        }
    }
    Err(lost(until))
}

/// The first order taken in from `sequence` to `last`, and where.
fn first_acceptance(
    log: &mut LogReader,
    mut sequence: u64,
    last: u64,
) -> Result<Option<(u64, u64)>, Failure> {
    let mut groups = Vec::new();
    while sequence <= last {
        groups.clear();
        sequence = log.read_from(sequence, last, SEARCH_BYTES, &mut groups)?;
        let mut rest = groups.as_slice();
        while let Ok((group, events)) = Group::decode(rest) {
            if let Some(accepted) = acceptance(rest) {
                return Ok(Some((group.sequence, accepted.order_id)));
            }
            rest = &rest[Group::WIDTH + events.len()..];
        }
    }
    Ok(None)
}

fn lost(sequence: u64) -> Failure {
    Failure::Damaged(format!(
        "the event log lacks what it should have at {sequence}"
    ))
}
