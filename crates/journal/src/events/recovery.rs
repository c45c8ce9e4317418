//! Finding the last good group at a start, and cutting what stands behind it.

use std::collections::BTreeSet;

use super::GroupLink;
use super::log::Tail;
use super::segment::{EVENTS, HEADER_LENGTH, INDEX, Segment};
use crate::error::{Doing, JournalError};
use crate::names::{name_of, sequences};
use crate::storage::Directory;
use crate::window::Window;

/// What is left of the log.
pub(super) struct Recovered {
    pub(super) tail: Option<Tail>,
    pub(super) last: GroupLink,
    pub(super) cut: bool,
    /// Segments before the tail whose index was written anew.
    pub(super) written: Vec<Segment>,
}

/// Walks from `known` to the last group that follows by its chain, writes the index of what it walked
/// over anew, since a crash may have lost it alone, and cuts the rest.
pub(super) fn recover(
    directory: &dyn Directory,
    known: GroupLink,
    last_sequence: u64,
) -> Result<Recovered, JournalError> {
    let mut recovered = Recovered {
        tail: None,
        last: known,
        cut: false,
        written: Vec::new(),
    };
    let mut next = if known.sequence == 0 {
        first(directory)?
    } else {
        Some(find(directory, known)?)
    };
    while let Some(mut tail) = next.take() {
        let last = check_segment(&mut tail, recovered.last, last_sequence)?;
        recovered.cut |= cut_segment(&tail, last)?;
        // A segment without a good group would be found again as its own successor.
        let has_groups = last.sequence >= tail.segment.first_sequence;
        if has_groups && last.sequence < last_sequence {
            next = following(directory, last)?;
        }
        recovered.last = last;
        let before = recovered.tail.replace(tail);
        recovered.written.extend(before.map(|tail| tail.segment));
    }
    recovered.cut |= remove_behind(directory, &recovered)?;
    Ok(recovered)
}

/// The first segment of a log that begins with the first sequence of all.
fn first(directory: &dyn Directory) -> Result<Option<Tail>, JournalError> {
    following(directory, GroupLink::default())
}

/// The segment that begins behind `last`, if it is there.
fn following(directory: &dyn Directory, last: GroupLink) -> Result<Option<Tail>, JournalError> {
    let segment = Segment::open(directory, last.sequence + 1).doing("open", "an event segment")?;
    Ok(segment
        .filter(|segment| segment.previous_chain == last.chain)
        .map(|segment| Tail {
            segment,
            end: HEADER_LENGTH,
        }))
}

/// The segment that holds the group `known`, and where that group ends.
fn find(directory: &dyn Directory, known: GroupLink) -> Result<Tail, JournalError> {
    let lost = |reason| JournalError::EventsLost {
        sequence: known.sequence,
        reason,
    };
    let first_sequence = sequences(directory, EVENTS)?
        .into_iter()
        .rfind(|first| *first <= known.sequence)
        .ok_or(lost("no segment holds it"))?;
    let segment = Segment::open(directory, first_sequence)
        .doing("open", "an event segment")?
        .ok_or(lost("its segment is broken"))?;
    let name = segment.file_name();
    let start = segment
        .start_of(known.sequence)
        .doing("read", &name)?
        .filter(|start| *start >= HEADER_LENGTH)
        .ok_or(lost("the index does not reach it"))?;
    let length = segment.events.length().doing("measure", &name)?;
    let mut window = Window::default();
    let bytes = window
        .message_at(segment.events.as_ref(), start, length)
        .doing("read", &name)?;
    match super::groups::walk(bytes, known.sequence).as_deref() {
        Ok([group]) if group.link == known => Ok(Tail {
            segment,
            end: start + group.end as u64,
        }),
        _ => Err(lost("another group stands there")),
    }
}

/// Follows groups behind `last` to the last good one of the segment, and writes where they end.
fn check_segment(
    tail: &mut Tail,
    last: GroupLink,
    last_sequence: u64,
) -> Result<GroupLink, JournalError> {
    /// Ends that are written at once.
    const ENDS: usize = 1 << 16;
    let name = tail.segment.file_name();
    let length = tail.segment.events.length().doing("measure", &name)?;
    let mut window = Window::default();
    let (mut link, mut ends) = (last, Vec::new());
    let mut is_good = true;
    while is_good {
        is_good = link.sequence < last_sequence;
        if is_good {
            let bytes = window
                .message_at(tail.segment.events.as_ref(), tail.end, length)
                .doing("read", &name)?;
            match link.follow(bytes) {
                Ok((next, length)) => {
                    link = next;
                    tail.end += length as u64;
                    ends.push(tail.end);
                }
                Err(_) => is_good = false,
            }
        }
        if ends.len() == ENDS || !is_good {
            let first = link.sequence + 1 - ends.len() as u64;
            tail.segment
                .write_ends(first, &ends)
                .doing("write the index of", &name)?;
            ends.clear();
        }
    }
    Ok(link)
}

/// Cuts the segment behind `last`; says whether anything stood there.
fn cut_segment(tail: &Tail, last: GroupLink) -> Result<bool, JournalError> {
    let name = tail.segment.file_name();
    let length = tail.segment.events.length().doing("measure", &name)?;
    tail.segment
        .cut(last.sequence, tail.end)
        .doing("cut", &name)?;
    Ok(length > tail.end)
}

/// Removes segments behind the last good group; says whether there were any.
fn remove_behind(directory: &dyn Directory, recovered: &Recovered) -> Result<bool, JournalError> {
    let kept = recovered
        .tail
        .as_ref()
        .map_or(0, |tail| tail.segment.first_sequence);
    let mut names = BTreeSet::new();
    for suffix in [EVENTS, INDEX] {
        let behind = sequences(directory, suffix)?.into_iter();
        names.extend(
            behind
                .filter(|first| *first > kept)
                .map(|first| name_of(first, suffix)),
        );
    }
    for name in &names {
        directory.remove(name).doing("remove", name)?;
    }
    Ok(!names.is_empty())
}
