//! The durable watermark: up to where journal and event log may be read.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cse_wire::{Message, Watermark as Layout};
use memmap2::{MmapOptions, MmapRaw};

use crate::storage::{Directory, File};

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

const MAGIC: [u8; 8] = *b"CSEMARK0";
const SEQUENCE: usize = 16;
const EPOCH: usize = 24;
const LEADER_PROCESS: usize = 32;

/// The watermark as a mapped file that other processes see at once. It is not synced: after a crash
/// of the machine it may be behind, never ahead.
#[derive(Debug)]
pub struct MappedWatermark {
    map: MmapRaw,
    may_store: bool,
}

impl MappedWatermark {
    /// Maps the file at `path`, creating it at 0, for the leader.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidData`] when the file is no watermark.
    pub fn create(path: &Path) -> io::Result<Self> {
        if !fs::exists(path)? {
            // Under its name it is whole from the first moment.
            let whole = path.with_extension("temporary");
            fs::write(&whole, empty())?;
            fs::File::open(&whole)?.sync_all()?;
            fs::rename(&whole, path)?;
        }
        let file = fs::File::options().read(true).write(true).open(path)?;
        check(&fs::read(path)?)?;
        let map = MmapOptions::new().len(Layout::WIDTH).map_raw(&file)?;
        Ok(Self {
            map,
            may_store: true,
        })
    }

    /// Maps the file at `path` for a follower, who cannot store.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`], [`io::ErrorKind::InvalidData`].
    pub fn follow(path: &Path) -> io::Result<Self> {
        let file = fs::File::open(path)?;
        check(&fs::read(path)?)?;
        let map = MmapOptions::new()
            .len(Layout::WIDTH)
            .map_raw_read_only(&file)?;
        Ok(Self {
            map,
            may_store: false,
        })
    }

    /// The leader's process id, 0 when it stopped cleanly.
    #[must_use]
    pub fn leader_process(&self) -> u64 {
        self.get(LEADER_PROCESS)
    }

    /// Says which process leads; 0 at a clean stop.
    ///
    /// # Errors
    /// [`io::ErrorKind::PermissionDenied`] for a follower.
    pub fn set_leader_process(&self, process: u64) -> io::Result<()> {
        self.set(LEADER_PROCESS, process)
    }

    fn get(&self, offset: usize) -> u64 {
        // SAFETY: the offset is a multiple of 8 within the mapping, which begins at a page and lives
        // as long as `self`; every process reads and writes these words atomically.
        let word = unsafe { AtomicU64::from_ptr(self.map.as_mut_ptr().add(offset).cast()) };
        u64::from_le(word.load(Ordering::Acquire))
    }

    fn set(&self, offset: usize, value: u64) -> io::Result<()> {
        if !self.may_store {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        // SAFETY: as in `get`, and the mapping may be written.
        let word = unsafe { AtomicU64::from_ptr(self.map.as_mut_ptr().add(offset).cast()) };
        word.store(value.to_le(), Ordering::Release);
        Ok(())
    }
}

impl Watermark for MappedWatermark {
    fn load(&self) -> io::Result<Mark> {
        let sequence = self.get(SEQUENCE);
        Ok(Mark {
            sequence,
            epoch: self.get(EPOCH),
        })
    }

    fn store(&self, mark: Mark) -> io::Result<()> {
        self.set(EPOCH, mark.epoch)?;
        self.set(SEQUENCE, mark.sequence)
    }
}

/// The watermark as a file of a [`Directory`], for storage that cannot be mapped.
pub struct FileWatermark {
    file: Arc<dyn File>,
}

impl FileWatermark {
    /// Opens the file `name`, creating it at 0 if `create` is set.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`], [`io::ErrorKind::InvalidData`].
    pub fn open(directory: &dyn Directory, name: &str, create: bool) -> io::Result<Self> {
        if create && !directory.list()?.iter().any(|there| there == name) {
            // Under its name it is whole from the first moment.
            let temporary = format!("{name}.temporary");
            let whole = directory.open(&temporary, true)?;
            whole.write_at(0, &empty())?;
            whole.sync()?;
            directory.rename(&temporary, name)?;
        }
        let file = directory.open(name, false)?;
        let mut bytes = [0; Layout::WIDTH];
        file.read_at(0, &mut bytes)?;
        check(&bytes)?;
        Ok(Self { file })
    }
}

impl Watermark for FileWatermark {
    fn load(&self) -> io::Result<Mark> {
        let mut bytes = [0; Layout::WIDTH];
        self.file.read_at(0, &mut bytes)?;
        let found = check(&bytes)?;
        Ok(Mark {
            sequence: found.sequence,
            epoch: found.epoch,
        })
    }

    fn store(&self, mark: Mark) -> io::Result<()> {
        self.file
            .write_at(EPOCH as u64, &mark.epoch.to_le_bytes())?;
        self.file
            .write_at(SEQUENCE as u64, &mark.sequence.to_le_bytes())
    }
}

fn empty() -> Vec<u8> {
    let zero = Layout {
        magic: MAGIC,
        sequence: 0,
        epoch: 0,
        leader_process: 0,
        reserved_1: [0; 16],
        reserved_2: [0; 8],
    };
    zero.encoded()
}

fn check(bytes: &[u8]) -> io::Result<Layout> {
    match Layout::decode(bytes) {
        Ok((found, _)) if found.magic == MAGIC => Ok(found),
        _ => Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "the file is no watermark",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_stand_where_the_layout_has_them() {
        let layout = cse_wire::LAYOUTS
            .iter()
            .flat_map(|layouts| layouts.iter())
            .find(|layout| layout.kind == Layout::KIND)
            .expect("the watermark has a layout");
        let offset_of = |name| {
            let field = layout.fields.iter().find(|field| field.name == name);
            field.expect("the field is there").offset
        };
        assert_eq!(offset_of("sequence"), SEQUENCE);
        assert_eq!(offset_of("epoch"), EPOCH);
        assert_eq!(offset_of("leader_process"), LEADER_PROCESS);
    }
}
