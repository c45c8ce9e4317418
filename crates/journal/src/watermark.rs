//! The durable watermark: up to where journal and event log may be read.

use std::io;
use std::sync::Mutex;

use crate::storage::Directory;

/// What is durable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The last durable sequence; 0 when there is none.
    pub sequence: u64,
    /// The leader's epoch. It is stored first, so for an instant it may be ahead of `sequence`.
    pub epoch: u64,
}

/// Where the mark is kept. The leader alone stores.
pub trait Watermark: Send + Sync {
    /// The mark as it is now.
    ///
    /// # Errors
    /// When storage fails.
    fn load(&self) -> io::Result<Mark>;

    /// Moves the mark on; all up to it is durable and written.
    ///
    /// # Errors
    /// When storage fails.
    fn store(&self, mark: Mark) -> io::Result<()>;
}

/// The watermark as a mapped file that other processes see at once.
#[derive(Debug)]
pub struct MappedWatermark {}

impl MappedWatermark {
    /// Maps the file `name`, creating it at 0, for the leader.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidData`] when the file is no watermark.
    pub fn create(path: &std::path::Path) -> io::Result<Self> {
        let _ = path;
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Maps the file at `path` for a follower, who cannot store.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`], [`io::ErrorKind::InvalidData`].
    pub fn follow(path: &std::path::Path) -> io::Result<Self> {
        let _ = path;
        Err(io::ErrorKind::Unsupported.into())
    }

    /// The leader's process id, 0 when it stopped cleanly.
    #[must_use]
    pub fn leader_process(&self) -> u64 {
        0
    }

    /// Says which process leads; 0 at a clean stop.
    ///
    /// # Errors
    /// [`io::ErrorKind::PermissionDenied`] for a follower.
    pub fn set_leader_process(&self, process: u64) -> io::Result<()> {
        let _ = process;
        Err(io::ErrorKind::Unsupported.into())
    }
}

impl Watermark for MappedWatermark {
    fn load(&self) -> io::Result<Mark> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn store(&self, mark: Mark) -> io::Result<()> {
        let _ = mark;
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// The watermark as a file of a [`Directory`], for storage that cannot be mapped.
pub struct FileWatermark {
    _file: std::sync::Arc<dyn crate::File>,
}

impl FileWatermark {
    /// Opens the file `name`, creating it at 0 if `create` is set.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`], [`io::ErrorKind::InvalidData`].
    pub fn open(directory: &dyn Directory, name: &str, create: bool) -> io::Result<Self> {
        let _ = (directory, name, create);
        Err(io::ErrorKind::Unsupported.into())
    }
}

impl Watermark for FileWatermark {
    fn load(&self) -> io::Result<Mark> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn store(&self, mark: Mark) -> io::Result<()> {
        let _ = mark;
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// The watermark in memory, for one process.
#[derive(Debug, Default)]
pub struct MemoryWatermark {
    mark: Mutex<Mark>,
}

impl Watermark for MemoryWatermark {
    fn load(&self) -> io::Result<Mark> {
        Ok(*self
            .mark
            .lock()
            .expect("nothing panics while it holds the mark"))
    }

    fn store(&self, mark: Mark) -> io::Result<()> {
        *self
            .mark
            .lock()
            .expect("nothing panics while it holds the mark") = mark;
        Ok(())
    }
}
