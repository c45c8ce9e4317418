//! The segment to come: filled with zeros ahead, so that an append never waits for it and a sync
//! writes data alone, no length and no block map.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use crate::storage::{Directory, File};

/// The name a segment has until its first sequence is known.
pub(crate) const NAME: &str = "next.segment";

const PIECE: usize = 1 << 20;
/// Bytes that the thread writes between two syncs.
const STRIDE: u64 = 4 << 20;

/// Makes segments, one at a time.
pub(crate) struct Spare {
    directory: Arc<dyn Directory>,
    length: u64,
    stop: Arc<AtomicBool>,
    filling: Option<JoinHandle<io::Result<Arc<dyn File>>>>,
}

impl Spare {
    /// Makes segments of `length` bytes.
    pub(crate) fn new(directory: Arc<dyn Directory>, length: u64) -> Self {
        Self {
            directory,
            length,
            stop: Arc::new(AtomicBool::new(false)),
            filling: None,
        }
    }

    /// Begins to fill the next one in a thread, if that is not under way.
    pub(crate) fn begin(&mut self) {
        if self.filling.is_some() {
            return;
        }
        let (directory, length) = (Arc::clone(&self.directory), self.length);
        let stop = Arc::clone(&self.stop);
        // Without a thread, `take` does the work.
        self.filling = thread::Builder::new()
            .name("journal-spare".to_owned())
            .spawn(move || filled(directory.as_ref(), length, &stop, STRIDE))
            .ok();
    }

    /// The next one, filled and synced, under the name [`NAME`].
    pub(crate) fn take(&mut self) -> io::Result<Arc<dyn File>> {
        if let Some(Ok(Ok(file))) = self.filling.take().map(JoinHandle::join) {
            return Ok(file);
        }
        // A failure in the thread lost nothing, for the file is empty; it starts over.
        filled(
            self.directory.as_ref(),
            self.length,
            &self.stop,
            self.length,
        )
    }
}

impl Drop for Spare {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.filling.take() {
            let _ = thread.join();
        }
    }
}

/// Fills a file with zeros and syncs it every `stride` bytes. Beside records that are being synced
/// the strides are short, for the disk makes a record's sync wait until it is through with one.
fn filled(
    directory: &dyn Directory,
    length: u64,
    stop: &AtomicBool,
    stride: u64,
) -> io::Result<Arc<dyn File>> {
    let file = directory.open(NAME, true)?;
    file.set_length(0)?;
    let mut start = 0;
    while start < length {
        let end = length.min(start + stride);
        write_zeros(file.as_ref(), start, end, stop)?;
        file.sync()?;
        start = end;
    }
    Ok(file)
}

/// Writes zeros from `start` up to `end`. They are written, not left as a hole, so that the blocks
/// are there.
pub(crate) fn write_zeros(
    file: &dyn File,
    start: u64,
    end: u64,
    stop: &AtomicBool,
) -> io::Result<()> {
    let zeros = vec![0; PIECE.min(end.saturating_sub(start) as usize)];
    let mut offset = start;
    while offset < end {
        if stop.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let length = PIECE.min((end - offset) as usize);
        file.write_at(offset, &zeros[..length])?;
        offset += length as u64;
    }
    Ok(())
}
