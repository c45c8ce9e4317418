//! Events fetched from the event log by their place.

use std::ops::RangeInclusive;

use cse_journal::EventReader as LogReader;
use cse_wire::{Group, Message, OrderAccepted, OrdersLinked, header_of};

use crate::errors::Failure;
use crate::pasts::Past;
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

    /// How an order was taken in, how it closed, and what had become of it in between.
    ///
    /// # Errors
    /// [`Failure::Damaged`] when either is not there.
    pub fn closed_order(&mut self, closed: &Closed) -> Result<(Dated, Dated, Past), Failure> {
        let mut past = closed.past.as_deref().copied().unwrap_or_default();
        let sequence = match closed.accepted_sequence {
            0 => find_acceptance(self.log, closed.order_id, closed.place.sequence)?,
            known => known,
        };
        let (time_us, accepted, list_id) = self.taken_in(closed.order_id, sequence)?;
        past.read(list_id, accepted.order_type);
        // Then nothing of it is known from before here.
        past.may_have_fired |= closed.accepted_sequence == 0;
        let accepted = (sequence, time_us, accepted.encoded());
        Ok((accepted, self.event(closed.place)?, past))
    }

    /// When an order was taken in, how, and the first order of the list that it came in, or 0.
    ///
    /// # Errors
    /// [`Failure::Damaged`] when it was not taken in at this sequence.
    pub fn taken_in(
        &mut self,
        order_id: u64,
        sequence: u64,
    ) -> Result<(i64, OrderAccepted, u64), Failure> {
        let (group, bytes) = self.group_at(sequence)?;
        let accepted = acceptances(bytes).find(|accepted| accepted.order_id == order_id);
        let accepted = accepted.ok_or_else(|| lost(sequence))?;
        Ok((group.time_us, accepted, list_of(bytes, order_id)))
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

/// The messages of a kind in a group.
fn messages<M: Message>(group: &[u8]) -> impl Iterator<Item = M> + '_ {
    let mut rest = Group::decode(group).map_or(&[][..], |(_, events)| events);
    std::iter::from_fn(move || {
        while let Ok(header) = header_of(rest) {
            let event = rest;
            rest = &rest[header.length as usize..];
            if header.kind == M::KIND {
                return M::decode(event).ok().map(|(message, _)| message);
            }
        }
        None
    })
}

/// The orders that a group took in, ascending: more than one where they came in a list.
fn acceptances(group: &[u8]) -> impl Iterator<Item = OrderAccepted> + '_ {
    messages(group)
}

/// The first order of the list that an order came in; 0 where it came alone.
fn list_of(group: &[u8], order_id: u64) -> u64 {
    messages::<OrdersLinked>(group)
        .find(|linked| [linked.first, linked.second, linked.third].contains(&order_id))
        .map_or(0, |linked| linked.first)
}

/// The sequence at which an order was taken in, by halving: order ids rise with sequences.
fn find_acceptance(log: &mut LogReader, order_id: u64, until: u64) -> Result<u64, Failure> {
    let (mut low, mut high) = (1, until);
    while low <= high {
        let middle = low + (high - low) / 2;
        match first_acceptance(log, middle, high)? {
            Some((sequence, found)) if found.contains(&order_id) => return Ok(sequence),
            Some((sequence, found)) if *found.end() < order_id => low = sequence + 1,
            _ => high = middle - 1,
        }
    }
    Err(lost(until))
}

/// The first orders taken in from `sequence` to `last`, and where.
fn first_acceptance(
    log: &mut LogReader,
    mut sequence: u64,
    last: u64,
) -> Result<Option<(u64, RangeInclusive<u64>)>, Failure> {
    let mut groups = Vec::new();
    while sequence <= last {
        groups.clear();
        sequence = log.read_from(sequence, last, SEARCH_BYTES, &mut groups)?;
        let mut rest = groups.as_slice();
        while let Ok((group, events)) = Group::decode(rest) {
            let mut found = acceptances(rest).map(|accepted| accepted.order_id);
            if let Some(first) = found.next() {
                return Ok(Some((
                    group.sequence,
                    first..=found.last().unwrap_or(first),
                )));
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
