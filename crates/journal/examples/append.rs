//! How fast the journal appends and syncs, beside a bare loop of write and fdatasync on a preallocated
//! file. Both take turns on the same disk; the result is one line of JSON.
//!
//! `append --group 100 --seconds 2 [--command-bytes 128] [--directory DIR]`

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cse_journal::{Batch, Directory, FsDirectory, Journal, Settings};

type Outcome<T> = Result<T, Box<dyn Error>>;

const SEGMENT_LENGTH: u64 = 64 << 20;
const TURN: Duration = Duration::from_millis(50);

struct Arguments {
    group: u32,
    seconds: f64,
    command_bytes: usize,
    directory: PathBuf,
}

/// What one side did: the time of every group.
#[derive(Default)]
struct Measured {
    groups: Vec<Duration>,
    taken: Duration,
}

/// A loop that makes one group durable per call.
trait Side {
    fn group(&mut self) -> Outcome<()>;
}

struct Journalled {
    journal: Journal,
    commands: Vec<u8>,
    record: Vec<u8>,
    count: u32,
}

struct Bare {
    file: Arc<dyn cse_journal::File>,
    bytes: Vec<u8>,
    offset: u64,
}

impl Side for Journalled {
    fn group(&mut self) -> Outcome<()> {
        let mut link = self.journal.position().link;
        let batch = Batch {
            epoch: 1,
            time_us: link.next_sequence as i64,
            previous_chain: link.checksum,
            count: self.count,
            commands: &self.commands,
        };
        self.record.clear();
        link.encode(&batch, &mut self.record);
        self.journal.append(&self.record)?;
        self.journal.sync()?;
        Ok(())
    }
}

impl Side for Bare {
    fn group(&mut self) -> Outcome<()> {
        if self.offset + self.bytes.len() as u64 > SEGMENT_LENGTH {
            self.offset = 0;
        }
        self.file.write_at(self.offset, &self.bytes)?;
        self.file.sync()?;
        self.offset += self.bytes.len() as u64;
        Ok(())
    }
}

impl Bare {
    fn new(directory: &FsDirectory, bytes: Vec<u8>) -> Outcome<Self> {
        let file = directory.open("bare", true)?;
        let zeros = vec![0; 1 << 20];
        for piece in 0..SEGMENT_LENGTH >> 20 {
            file.write_at(piece << 20, &zeros)?;
        }
        file.sync()?;
        Ok(Self {
            file,
            bytes,
            offset: 0,
        })
    }
}

impl Measured {
    fn turn(&mut self, side: &mut dyn Side) -> Outcome<()> {
        let start = Instant::now();
        while start.elapsed() < TURN {
            let group = Instant::now();
            side.group()?;
            self.groups.push(group.elapsed());
        }
        self.taken += start.elapsed();
        Ok(())
    }

    fn commands_per_second(&self, group: u32) -> f64 {
        self.groups.len() as f64 * f64::from(group) / self.taken.as_secs_f64()
    }

    fn percentile_us(&mut self, percent: usize) -> f64 {
        self.groups.sort_unstable();
        let at = (self.groups.len() * percent / 100).min(self.groups.len() - 1);
        self.groups[at].as_secs_f64() * 1e6
    }

    fn json(&mut self, group: u32) -> String {
        format!(
            r#"{{"commands_per_second": {:.0}, "group_us": {{"p50": {:.1}, "p99": {:.1}, "max": {:.1}}}}}"#,
            self.commands_per_second(group),
            self.percentile_us(50),
            self.percentile_us(99),
            self.percentile_us(100),
        )
    }
}

fn main() -> Outcome<()> {
    let arguments = arguments()?;
    let place = arguments
        .directory
        .join(format!("append-{}", std::process::id()));
    let measured = measure(&arguments, &place);
    std::fs::remove_dir_all(&place)?;
    let (mut journal, mut bare) = measured?;
    let p50_ratio = bare.percentile_us(50) / journal.percentile_us(50);
    let ratio =
        journal.commands_per_second(arguments.group) / bare.commands_per_second(arguments.group);
    println!(
        r#"{{"group": {}, "command_bytes": {}, "turn_ms": {}, "journal": {}, "bare": {}, "ratio": {ratio:.3}, "p50_ratio": {p50_ratio:.3}}}"#,
        arguments.group,
        arguments.command_bytes,
        TURN.as_millis(),
        journal.json(arguments.group),
        bare.json(arguments.group),
    );
    Ok(())
}

fn measure(arguments: &Arguments, place: &Path) -> Outcome<(Measured, Measured)> {
    let directory = FsDirectory::create(place)?;
    let settings = Settings {
        segment_length: SEGMENT_LENGTH,
        ..Settings::default()
    };
    let commands = vec![0x5a; arguments.group as usize * arguments.command_bytes];
    let (journal, _) = Journal::open(Arc::new(directory.clone()), &settings)?;
    let mut bare_side = Bare::new(&directory, commands.clone())?;
    let mut journal_side = Journalled {
        journal,
        commands,
        record: Vec::new(),
        count: arguments.group,
    };
    let (mut journal, mut bare) = (Measured::default(), Measured::default());
    while (journal.taken + bare.taken).as_secs_f64() < arguments.seconds {
        journal.turn(&mut journal_side)?;
        bare.turn(&mut bare_side)?;
    }
    Ok((journal, bare))
}

fn arguments() -> Outcome<Arguments> {
    let mut arguments = Arguments {
        group: 100,
        seconds: 2.0,
        command_bytes: 128,
        directory: std::env::temp_dir(),
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words
            .next()
            .ok_or_else(|| format!("{word} needs a value"))?;
        match word.as_str() {
            "--group" => arguments.group = value.parse()?,
            "--seconds" => arguments.seconds = value.parse()?,
            "--command-bytes" => arguments.command_bytes = value.parse()?,
            "--directory" => arguments.directory = value.into(),
            _ => return Err(format!("{word} is not known").into()),
        }
    }
    if arguments.group == 0
        || arguments.command_bytes == 0
        || !arguments.command_bytes.is_multiple_of(8)
    {
        return Err("a group has commands, and a command a multiple of 8 bytes".into());
    }
    Ok(arguments)
}
