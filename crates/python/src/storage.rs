//! The parts of a data directory, real or of Python objects.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cse_journal::{
    Directory, DirectoryLock, FileWatermark, FsDirectory, MappedWatermark, Mark, Watermark,
};
use pyo3::prelude::*;

use crate::errors::Failure;
use crate::python_storage::PythonDirectory;

const WATERMARK: &str = "watermark";

/// Where journal, event log, snapshots and watermark are.
pub struct Storage {
    /// Holds the journal's segments.
    pub journal: Arc<dyn Directory>,
    /// Holds the event log's segments.
    pub events: Arc<dyn Directory>,
    /// Holds the snapshots.
    pub snapshots: Arc<dyn Directory>,
    /// Up to where they may be read.
    pub watermark: Durable,
    _lock: Option<DirectoryLock>,
}

/// The watermark of either kind of storage.
pub enum Durable {
    /// Of a real directory.
    Mapped(MappedWatermark),
    /// Of Python objects.
    File(FileWatermark),
}

/// A path, or an object with the parts as attributes.
pub enum Place {
    /// A real data directory.
    Path(PathBuf),
    /// `journal`, `events`, `snapshots` and `run` of an object.
    Objects([Py<PyAny>; 4]),
}

impl Place {
    /// Reads the argument that Python gave.
    pub fn of(storage: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(path) = storage.extract::<PathBuf>() {
            return Ok(Self::Path(path));
        }
        let part = |name: &str| Ok::<_, PyErr>(storage.getattr(name)?.unbind());
        Ok(Self::Objects([
            part("journal")?,
            part("events")?,
            part("snapshots")?,
            part("run")?,
        ]))
    }

    /// Whether threads of the native side may work on it by themselves.
    pub fn is_real(&self) -> bool {
        matches!(self, Self::Path(_))
    }
}

impl Storage {
    /// Opens for the one leader: creates what is missing, and locks.
    ///
    /// # Errors
    /// [`Failure::Storage`], also when another leader holds the lock.
    pub fn for_leader(place: Place) -> Result<Self, Failure> {
        match place {
            Place::Path(path) => {
                let journal = FsDirectory::create(path.join("journal"))?;
                let lock = journal.lock().map_err(|error| match error.kind() {
                    io::ErrorKind::WouldBlock => {
                        Failure::Storage("another leader has this data directory".into())
                    }
                    _ => error.into(),
                })?;
                let run = FsDirectory::create(path.join("run"))?;
                Ok(Self {
                    journal: Arc::new(journal),
                    events: Arc::new(FsDirectory::create(path.join("events"))?),
                    snapshots: Arc::new(FsDirectory::create(path.join("snapshots"))?),
                    watermark: Durable::Mapped(MappedWatermark::create(
                        &run.path().join(WATERMARK),
                    )?),
                    _lock: Some(lock),
                })
            }
            Place::Objects(objects) => Self::of_objects(objects, true),
        }
    }

    /// Opens for any other process: what the leader makes must be there.
    ///
    /// # Errors
    /// [`Failure::Storage`].
    pub fn for_follower(place: Place) -> Result<Self, Failure> {
        match place {
            Place::Path(path) => Self::follow(&path)
                .map_err(|error| Failure::Storage(format!("{}: {error}", path.display()))),
            Place::Objects(objects) => Self::of_objects(objects, false),
        }
    }

    fn follow(path: &Path) -> io::Result<Self> {
        let part = |name: &str| -> io::Result<Arc<dyn Directory>> {
            Ok(Arc::new(FsDirectory::existing(path.join(name))?))
        };
        Ok(Self {
            journal: part("journal")?,
            events: part("events")?,
            snapshots: part("snapshots")?,
            watermark: Durable::Mapped(MappedWatermark::follow(&path.join("run").join(WATERMARK))?),
            _lock: None,
        })
    }

    fn of_objects(objects: [Py<PyAny>; 4], create: bool) -> Result<Self, Failure> {
        let [journal, events, snapshots, run] = objects.map(PythonDirectory);
        Ok(Self {
            journal: Arc::new(journal),
            events: Arc::new(events),
            snapshots: Arc::new(snapshots),
            watermark: Durable::File(FileWatermark::open(&run, WATERMARK, create)?),
            _lock: None,
        })
    }
}

impl Durable {
    /// What is durable now.
    ///
    /// # Errors
    /// [`Failure::Storage`].
    pub fn load(&self) -> Result<Mark, Failure> {
        Ok(match self {
            Self::Mapped(watermark) => watermark.load(),
            Self::File(watermark) => watermark.load(),
        }?)
    }

    /// Moves on.
    ///
    /// # Errors
    /// [`Failure::Storage`].
    pub fn store(&self, mark: Mark) -> Result<(), Failure> {
        Ok(match self {
            Self::Mapped(watermark) => watermark.store(mark),
            Self::File(watermark) => watermark.store(mark),
        }?)
    }

    /// The leader's process id, 0 when none leads or it is not known.
    pub fn leader_process(&self) -> u64 {
        match self {
            Self::Mapped(watermark) => watermark.leader_process(),
            Self::File(_) => 0,
        }
    }

    /// Says which process leads.
    ///
    /// # Errors
    /// [`Failure::Storage`].
    pub fn set_leader_process(&self, process: u64) -> Result<(), Failure> {
        match self {
            Self::Mapped(watermark) => Ok(watermark.set_leader_process(process)?),
            Self::File(_) => Ok(()),
        }
    }
}
