//! What the journal asks of storage. Real files are in [`crate::FsDirectory`]; a simulator hands in
//! its own disk.

use std::io;
use std::sync::Arc;

/// An open file. Every method may be called from any thread.
pub trait File: Send + Sync {
    /// Bytes in the file.
    ///
    /// # Errors
    /// When storage fails.
    fn length(&self) -> io::Result<u64>;

    /// Fills `into` from `offset` on and returns how many bytes there were; fewer than asked for
    /// only at the end of the file.
    ///
    /// # Errors
    /// When storage fails.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize>;

    /// Writes all of `bytes` at `offset`; a gap before it reads as zeros.
    ///
    /// # Errors
    /// When storage fails; any part may then have been written.
    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Returns once content and length are durable.
    ///
    /// # Errors
    /// When storage fails; nothing is then known about what was written since the last sync.
    fn sync(&self) -> io::Result<()>;

    /// Cuts the file, or extends it with zeros.
    ///
    /// # Errors
    /// When storage fails.
    fn set_length(&self, length: u64) -> io::Result<()>;
}

/// A flat set of named files. Every method may be called from any thread.
pub trait Directory: Send + Sync {
    /// The names of all files, in any order.
    ///
    /// # Errors
    /// When storage fails.
    fn list(&self) -> io::Result<Vec<String>>;

    /// Opens a file, or creates an empty one if it is not there and `create` is set.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] when it is not there and `create` is not set, or when storage
    /// fails.
    fn open(&self, name: &str, create: bool) -> io::Result<Arc<dyn File>>;

    /// Gives a file another name, replacing what had it.
    ///
    /// # Errors
    /// When storage fails.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] when it is not there, or when storage fails.
    fn remove(&self, name: &str) -> io::Result<()>;

    /// Returns once names created, renamed and removed are durable.
    ///
    /// # Errors
    /// When storage fails.
    fn sync(&self) -> io::Result<()>;

    /// Bytes that may still be written before the disk is full.
    ///
    /// # Errors
    /// When storage fails.
    fn free_bytes(&self) -> io::Result<u64>;
}
