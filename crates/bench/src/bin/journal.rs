//! Appends records to the journal and, in turn, the same bytes to a bare file:
//! `journal DIRECTORY GROUP SYNCS ROUNDS`. GROUP commands of 128 bytes go into each record.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use cse_bench::{Latencies, number_argument, print_object, text_argument};
use cse_journal::{Batch, FsDirectory, Journal, Link, Settings};
use cse_wire::{Message, PlaceOrder, Symbol};

const BARE_FILE_BYTES: u64 = 64 << 20;

fn main() {
    let directory = text_argument(1);
    let group = number_argument(2) as u32;
    let syncs = number_argument(3);
    for round in 0..number_argument(4) {
        let path = Path::new(&directory).join(format!("round-{round}"));
        fs::create_dir_all(&path).expect("the directory can be made");
        let records = records(group, syncs);
        let bare = append_bare(&path, &records);
        let (journal_ns, journal) = append_journal(&path, &records);
        fs::remove_dir_all(&path).expect("the directory can be removed");
        print_object(&[
            ("round", round),
            ("group", u64::from(group)),
            ("syncs", syncs),
            ("journal_ns", journal_ns),
            ("journal_p50_ns", journal.permille(500)),
            ("journal_p99_ns", journal.permille(990)),
            ("bare_ns", bare.0),
            ("bare_p50_ns", bare.1.permille(500)),
            ("bare_p99_ns", bare.1.permille(990)),
        ]);
    }
}

/// Records that follow on one another from the first of all.
fn records(group: u32, count: u64) -> Vec<Vec<u8>> {
    let commands: Vec<u8> = (0..group).flat_map(|_| order().encoded()).collect();
    let mut link = Link::START;
    (0..count)
        .map(|index| {
            let mut record = Vec::new();
            link.encode(
                &Batch {
                    epoch: 1,
                    time_us: index as i64 + 1,
                    previous_chain: index,
                    count: group,
                    commands: &commands,
                },
                &mut record,
            );
            record
        })
        .collect()
}

fn append_journal(path: &Path, records: &[Vec<u8>]) -> (u64, Latencies) {
    let directory = FsDirectory::create(path.join("journal")).expect("the directory can be made");
    let (mut journal, _) =
        Journal::open(Arc::new(directory), &Settings::default()).expect("an empty journal opens");
    timed(records, |record| {
        journal.append(record).expect("the record is appended");
        journal.sync().expect("the journal is synced");
    })
}

/// One file, filled with zeros beforehand: a write and an fdatasync for each record.
fn append_bare(path: &Path, records: &[Vec<u8>]) -> (u64, Latencies) {
    let file = filled_file(&path.join("bare"));
    let mut offset = 0;
    timed(records, |record| {
        if offset + record.len() as u64 > BARE_FILE_BYTES {
            offset = 0;
        }
        file.write_all_at(record, offset)
            .expect("the bytes are written");
        file.sync_data().expect("the file is synced");
        offset += record.len() as u64;
    })
}

fn filled_file(path: &Path) -> File {
    let file = OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .open(path)
        .expect("the file can be made");
    let zeros = vec![0; 1 << 20];
    for offset in (0..BARE_FILE_BYTES).step_by(zeros.len()) {
        file.write_all_at(&zeros, offset)
            .expect("the file is filled");
    }
    file.sync_all().expect("the file is synced");
    file
}

fn timed(records: &[Vec<u8>], mut append: impl FnMut(&[u8])) -> (u64, Latencies) {
    let mut times_ns = Vec::with_capacity(records.len());
    let started = Instant::now();
    for record in records {
        let before = Instant::now();
        append(record);
        times_ns.push(before.elapsed().as_nanos() as u64);
    }
    (
        started.elapsed().as_nanos() as u64,
        Latencies::new(times_ns),
    )
}

fn order() -> PlaceOrder {
    PlaceOrder {
        account: 1,
        market: 1,
        side: 1,
        order_type: 1,
        time_in_force: 1,
        self_trade_prevention: 0,
        flags: 0,
        price: 23_647,
        quantity: 100,
        quote_amount: 0,
        stop_price: 0,
        trailing_delta: 0,
        display_quantity: 0,
        expires_at_us: 0,
        client_order_id: Symbol::EMPTY,
    }
}
