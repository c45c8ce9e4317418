//! A disk in memory that forgets at a crash what was not synced, or keeps any part of it; that gets
//! full; and whose calls fail on demand.
// Every test uses a part.
#![allow(dead_code, unused_imports)]

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use cse_journal::{Directory, File};

mod journals;

pub use journals::*;

/// Numbers from a seed (SplitMix64).
pub struct Seeded(pub u64);

impl Seeded {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}

#[derive(Clone)]
enum Change {
    Write(u64, Vec<u8>),
    Length(u64),
}

#[derive(Default)]
struct Inode {
    durable: Vec<u8>,
    current: Vec<u8>,
    unsynced: Vec<Change>,
}

type Names = BTreeMap<String, usize>;

#[derive(Default)]
struct State {
    inodes: Vec<Inode>,
    names: Names,
    /// The names as they were after each change since the last sync, the synced ones first.
    names_since_sync: Vec<Names>,
    capacity: Option<u64>,
    /// Changing calls left before all of them fail; the failing one may be done in part.
    calls_left: Option<u64>,
    syncs_left: Option<u64>,
    log: Vec<&'static str>,
}

/// The disk: one flat directory.
#[derive(Clone, Default)]
pub struct Disk(Arc<Mutex<State>>);

struct DiskFile {
    disk: Disk,
    inode: usize,
}

impl Disk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("the disk's state")
    }

    pub fn shared(&self) -> Arc<dyn Directory> {
        Arc::new(self.clone())
    }

    /// Loses power: of what was not synced any part may be kept, byte by byte.
    pub fn crash(&self, seeded: &mut Seeded) {
        let mut state = self.state();
        for inode in &mut state.inodes {
            let mut kept = inode.durable.clone();
            for change in inode.unsynced.drain(..) {
                match change {
                    Change::Write(offset, bytes) => match seeded.below(4) {
                        0 => {}
                        1 => apply_write(&mut kept, offset, &bytes),
                        _ => {
                            let start = seeded.below(bytes.len() as u64 + 1) as usize;
                            let end =
                                start + seeded.below((bytes.len() - start) as u64 + 1) as usize;
                            apply_write(&mut kept, offset + start as u64, &bytes[start..end]);
                        }
                    },
                    Change::Length(length) if seeded.below(2) == 0 => {
                        kept.resize(length as usize, 0);
                    }
                    Change::Length(_) => {}
                }
            }
            inode.durable.clone_from(&kept);
            inode.current = kept;
        }
        let count = state.names_since_sync.len() as u64;
        if count > 0 {
            state.names = state.names_since_sync[seeded.below(count) as usize].clone();
        }
        state.names_since_sync = vec![state.names.clone()];
        drop(state);
        self.mend();
    }

    /// Takes all faults away. What was written stays, synced or not, as when only a process ends.
    pub fn mend(&self) {
        let mut state = self.state();
        (state.calls_left, state.syncs_left, state.capacity) = (None, None, None);
    }

    pub fn fail_after_calls(&self, calls: u64) {
        self.state().calls_left = Some(calls);
    }

    pub fn fail_sync_after(&self, syncs: u64) {
        self.state().syncs_left = Some(syncs);
    }

    pub fn limit(&self, capacity: Option<u64>) {
        self.state().capacity = capacity;
    }

    /// The content of a file.
    pub fn content(&self, name: &str) -> Vec<u8> {
        let state = self.state();
        state.inodes[state.names[name]].current.clone()
    }

    /// All files with their content.
    pub fn contents(&self) -> BTreeMap<String, Vec<u8>> {
        let names: Vec<String> = self.state().names.keys().cloned().collect();
        let content = |name: String| (name.clone(), self.content(&name));
        names.into_iter().map(content).collect()
    }

    /// Puts a file there, durable, as a hand from outside would.
    pub fn put(&self, name: &str, content: &[u8]) {
        let mut state = self.state();
        state.inodes.push(Inode {
            durable: content.to_vec(),
            current: content.to_vec(),
            unsynced: Vec::new(),
        });
        let inode = state.inodes.len() - 1;
        state.names.insert(name.to_owned(), inode);
        state.names_since_sync = vec![state.names.clone()];
    }

    /// A disk of its own with the same files.
    pub fn copy(&self) -> Self {
        let copy = Self::default();
        for (name, content) in self.contents() {
            copy.put(&name, &content);
        }
        copy
    }

    /// The changing calls there were, without the filling of segments.
    pub fn calls(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.state().log)
    }

    pub fn journal_names(&self) -> Vec<String> {
        let names = self.state().names.keys().cloned().collect::<Vec<_>>();
        names
            .into_iter()
            .filter(|name| name.ends_with(".journal"))
            .collect()
    }
}

impl State {
    /// Counts a changing call; fails when none is left.
    fn call(&mut self, name: &'static str) -> io::Result<()> {
        self.log.push(name);
        match &mut self.calls_left {
            Some(0) => Err(io::Error::other("the power is gone")),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn sync_call(&mut self) -> io::Result<()> {
        self.call("sync")?;
        match &mut self.syncs_left {
            Some(0) => {
                self.syncs_left = None;
                Err(io::Error::other("the disk did not sync"))
            }
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn used(&self) -> u64 {
        let used = |inode: &usize| self.inodes[*inode].current.len() as u64;
        self.names.values().map(used).sum()
    }

    fn names_changed(&mut self) {
        let names = self.names.clone();
        self.names_since_sync.push(names);
    }
}

fn apply(content: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Write(offset, bytes) => apply_write(content, *offset, bytes),
        Change::Length(length) => content.resize(*length as usize, 0),
    }
}

fn apply_write(content: &mut Vec<u8>, offset: u64, bytes: &[u8]) {
    let end = offset as usize + bytes.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[offset as usize..end].copy_from_slice(bytes);
}

impl Directory for Disk {
    fn list(&self) -> io::Result<Vec<String>> {
        Ok(self.state().names.keys().cloned().collect())
    }

    fn open(&self, name: &str, create: bool) -> io::Result<Arc<dyn File>> {
        let mut state = self.state();
        let inode = match state.names.get(name) {
            Some(inode) => *inode,
            None if create => {
                state.call("create")?;
                state.inodes.push(Inode::default());
                let inode = state.inodes.len() - 1;
                state.names.insert(name.to_owned(), inode);
                state.names_changed();
                inode
            }
            None => return Err(io::ErrorKind::NotFound.into()),
        };
        Ok(Arc::new(DiskFile {
            disk: self.clone(),
            inode,
        }))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut state = self.state();
        state.call("rename")?;
        let inode = state.names.remove(from).ok_or(io::ErrorKind::NotFound)?;
        state.names.insert(to.to_owned(), inode);
        state.names_changed();
        Ok(())
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        let mut state = self.state();
        state.call("remove")?;
        state.names.remove(name).ok_or(io::ErrorKind::NotFound)?;
        state.names_changed();
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        let mut state = self.state();
        state.sync_call()?;
        state.names_since_sync = vec![state.names.clone()];
        Ok(())
    }

    fn free_bytes(&self) -> io::Result<u64> {
        let state = self.state();
        Ok(state
            .capacity
            .unwrap_or(u64::MAX)
            .saturating_sub(state.used()))
    }
}

impl File for DiskFile {
    fn length(&self) -> io::Result<u64> {
        Ok(self.disk.state().inodes[self.inode].current.len() as u64)
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let state = self.disk.state();
        let content = &state.inodes[self.inode].current;
        let from = content.get(offset as usize..).unwrap_or(&[]);
        let length = from.len().min(into.len());
        into[..length].copy_from_slice(&from[..length]);
        Ok(length)
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.state();
        let called = state.call("write");
        let length = state.inodes[self.inode].current.len() as u64;
        let growth = (offset + bytes.len() as u64).saturating_sub(length);
        if state
            .capacity
            .is_some_and(|most| state.used() + growth > most)
        {
            return Err(io::ErrorKind::StorageFull.into());
        }
        // A write that fails was done in part.
        let done = match called {
            Ok(()) => bytes,
            Err(_) => &bytes[..bytes.len() / 2],
        };
        let inode = &mut state.inodes[self.inode];
        inode.unsynced.push(Change::Write(offset, done.to_vec()));
        apply_write(&mut inode.current, offset, done);
        called
    }

    fn sync(&self) -> io::Result<()> {
        let mut state = self.disk.state();
        let called = state.sync_call();
        let inode = &mut state.inodes[self.inode];
        for change in inode.unsynced.drain(..) {
            // After a failure the system takes for written what is only in memory.
            if called.is_ok() {
                apply(&mut inode.durable, &change);
            }
        }
        called
    }

    fn set_length(&self, length: u64) -> io::Result<()> {
        let mut state = self.disk.state();
        state.call("set_length")?;
        let inode = &mut state.inodes[self.inode];
        inode.unsynced.push(Change::Length(length));
        inode.current.resize(length as usize, 0);
        Ok(())
    }
}
