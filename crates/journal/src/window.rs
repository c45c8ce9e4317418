//! Reading a file from front to back in large pieces.

use std::io;

use cse_wire::Header;

use crate::storage::File;

/// A piece of a file, held in memory.
#[derive(Default)]
pub(crate) struct Window {
    bytes: Vec<u8>,
    start: u64,
    filled: usize,
}

impl Window {
    /// What is read at once, if no more is needed.
    const PIECE: usize = 1 << 16;

    /// Bytes from `offset` on: at least `needed`, unless the file ends before.
    pub(crate) fn bytes_at(
        &mut self,
        file: &dyn File,
        offset: u64,
        needed: usize,
    ) -> io::Result<&[u8]> {
        let end = self.start + self.filled as u64;
        if offset < self.start || offset + needed as u64 > end {
            self.forget();
            self.bytes.resize(needed.max(Self::PIECE), 0);
            self.filled = file.read_at(offset, &mut self.bytes)?;
            self.start = offset;
        }
        Ok(&self.bytes[(offset - self.start) as usize..self.filled])
    }

    /// The message at `offset`: as many bytes as its header says, or fewer if they cannot all be
    /// before `file_length`. So a broken length never takes more memory than the file is long.
    pub(crate) fn message_at(
        &mut self,
        file: &dyn File,
        offset: u64,
        file_length: u64,
    ) -> io::Result<&[u8]> {
        let head = self.bytes_at(file, offset, Header::WIDTH)?;
        let length = match head.get(4..8) {
            Some(length) => u64::from(u32::from_le_bytes([
                length[0], length[1], length[2], length[3],
            ])),
            None => 0,
        };
        let needed = if length <= file_length.saturating_sub(offset) {
            (length as usize).max(Header::WIDTH)
        } else {
            Header::WIDTH
        };
        let bytes = self.bytes_at(file, offset, needed)?;
        Ok(&bytes[..needed.min(bytes.len())])
    }

    /// Lets go of what was read, so that the file is read anew.
    pub(crate) fn forget(&mut self) {
        self.filled = 0;
    }
}
