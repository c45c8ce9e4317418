//! Commands one behind another in a file.

use std::fs;
use std::path::Path;

use cse_wire::header_of;

/// A file of commands, of which the first ones list assets, accounts, money and a market.
pub struct CommandFile {
    bytes: Vec<u8>,
    starts: Vec<usize>,
}

impl CommandFile {
    /// Reads the whole file.
    ///
    /// # Panics
    /// When it cannot be read, or holds what is no message.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut starts = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            starts.push(at);
            let header = header_of(&bytes[at..]).expect("the file holds commands");
            at += header.length as usize;
        }
        starts.push(at);
        Self { bytes, starts }
    }

    /// How many commands.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// One command.
    #[must_use]
    pub fn get(&self, index: usize) -> &[u8] {
        &self.bytes[self.starts[index]..self.starts[index + 1]]
    }

    /// All commands in turn.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.starts
            .windows(2)
            .map(|ends| &self.bytes[ends[0]..ends[1]])
    }

    /// The bytes of all commands behind the first `count`.
    #[must_use]
    pub fn behind(&self, count: usize) -> &[u8] {
        &self.bytes[self.starts[count]..]
    }
}
