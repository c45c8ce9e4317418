//! Walking over Group messages that stand one behind another.

use cse_wire::{Group, Malformed, Message, chain_group};

use super::GroupLink;

/// A group and where it ends.
#[derive(Clone, Copy)]
pub(super) struct Walked {
    /// The group's sequence and the chain it states.
    pub(super) link: GroupLink,
    /// Bytes from the start of the walk to the group's end.
    pub(super) end: usize,
}

/// Why a group does not follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unlinked {
    Malformed(Malformed),
    Sequence(u64),
    Chain,
}

/// The groups of `bytes`, which is to hold whole ones that begin with `sequence` and rise by one.
pub(super) fn walk(bytes: &[u8], sequence: u64) -> Result<Vec<Walked>, Unlinked> {
    let mut walked = Vec::new();
    let mut end = 0;
    while end < bytes.len() {
        let (group, events) = Group::decode(&bytes[end..]).map_err(Unlinked::Malformed)?;
        if group.sequence != sequence + walked.len() as u64 {
            return Err(Unlinked::Sequence(group.sequence));
        }
        end += Group::WIDTH + events.len();
        let link = GroupLink {
            sequence: group.sequence,
            chain: group.chain,
        };
        walked.push(Walked { link, end });
    }
    Ok(walked)
}

impl GroupLink {
    /// Checks that the group at the start of `bytes` follows by sequence and chain. Returns the link
    /// behind it and its length in bytes.
    pub(super) fn follow(self, bytes: &[u8]) -> Result<(Self, usize), Unlinked> {
        let (group, events) = Group::decode(bytes).map_err(Unlinked::Malformed)?;
        if group.sequence != self.sequence + 1 {
            return Err(Unlinked::Sequence(group.sequence));
        }
        if group.chain != chain_group(self.chain, group.sequence, group.time_us, events) {
            return Err(Unlinked::Chain);
        }
        let link = Self {
            sequence: group.sequence,
            chain: group.chain,
        };
        Ok((link, Group::WIDTH + events.len()))
    }

    /// The link behind the groups of `bytes`, which follow one after another.
    pub(super) fn follow_all(self, mut bytes: &[u8]) -> Result<Self, Unlinked> {
        let mut link = self;
        while !bytes.is_empty() {
            let (next, length) = link.follow(bytes)?;
            (link, bytes) = (next, &bytes[length..]);
        }
        Ok(link)
    }
}
