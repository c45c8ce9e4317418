//! Loads a leader over its socket with a file of commands, repeated:
//! `leader SOCKET FILE SETUP CONNECTIONS WINDOW SECONDS RATE`.
//!
//! The first SETUP commands go out once, one by one. With RATE 0 each connection keeps WINDOW
//! requests in flight; else requests go out at RATE a second over all connections, and a latency
//! counts from when its request was due, so that a stall is seen by all whom it delays.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use cse_bench::{
    CommandFile, Latencies, is_rejection, number_argument, print_object, text_argument,
};
use cse_wire::{Answer, Message, Refusal, Request, header_of};

struct Load {
    socket: String,
    file: CommandFile,
    setup: usize,
    window: usize,
    duration: Duration,
    interval: Option<Duration>,
}

/// What one connection saw.
#[derive(Default)]
struct Seen {
    times_ns: Vec<u64>,
    refused: u64,
    rejected: u64,
}

fn main() {
    let connections = number_argument(4);
    let rate = number_argument(7);
    let load = Arc::new(Load {
        socket: text_argument(1),
        file: CommandFile::read(Path::new(&text_argument(2))),
        setup: number_argument(3) as usize,
        window: number_argument(5) as usize,
        duration: Duration::from_secs(number_argument(6)),
        interval: (rate > 0).then(|| Duration::from_nanos(1_000_000_000 * connections / rate)),
    });
    prepare(&load);
    let started = Instant::now();
    let workers: Vec<_> = (0..connections)
        .map(|index| {
            let load = Arc::clone(&load);
            thread::spawn(move || match load.interval {
                None => closed_loop(&load),
                Some(interval) => open_loop(&load, interval, index, connections),
            })
        })
        .collect();
    let seen: Vec<Seen> = workers
        .into_iter()
        .map(|worker| worker.join().expect("a connection ends well"))
        .collect();
    report(started.elapsed(), seen);
}

fn report(elapsed: Duration, seen: Vec<Seen>) {
    let refused = seen.iter().map(|one| one.refused).sum();
    let rejected = seen.iter().map(|one| one.rejected).sum();
    let times_ns: Vec<u64> = seen.into_iter().flat_map(|one| one.times_ns).collect();
    let mut fields = vec![
        ("answers", times_ns.len() as u64),
        ("elapsed_ns", elapsed.as_nanos() as u64),
        ("refused", refused),
        ("rejected", rejected),
    ];
    fields.extend(Latencies::new(times_ns).fields());
    print_object(&fields);
}

/// Lists what the commands need; each must take effect.
fn prepare(load: &Load) {
    let mut stream = connect(load);
    let mut frames = Frames::default();
    for (index, command) in load.file.iter().take(load.setup).enumerate() {
        stream
            .write_all(&request(index as u64, command))
            .expect("the leader takes frames");
        let mut seen = Seen::default();
        while seen.times_ns.is_empty() {
            frames.receive(&mut stream, &mut seen, |_| 0);
        }
        assert_eq!(
            (seen.refused, seen.rejected),
            (0, 0),
            "command {index} must take effect"
        );
    }
}

fn closed_loop(load: &Load) -> Seen {
    let mut stream = connect(load);
    let mut frames = Frames::default();
    let mut seen = Seen::default();
    let mut sent_at: Vec<Instant> = Vec::new();
    let mut out = Vec::new();
    let started = Instant::now();
    let mut in_flight = 0;
    loop {
        if started.elapsed() < load.duration {
            out.clear();
            let now = Instant::now();
            while in_flight < load.window {
                append_request(&mut out, sent_at.len() as u64, cycled(load, sent_at.len()));
                sent_at.push(now);
                in_flight += 1;
            }
            stream.write_all(&out).expect("the leader takes frames");
        } else if in_flight == 0 {
            return seen;
        }
        in_flight -= frames.receive(&mut stream, &mut seen, |id| {
            sent_at[id as usize].elapsed().as_nanos() as u64
        });
    }
}

fn open_loop(load: &Load, interval: Duration, index: u64, connections: u64) -> Seen {
    let mut stream = connect(load);
    let mut writer = stream.try_clone().expect("a socket can be shared");
    let count = (load.duration.as_nanos() / interval.as_nanos()) as usize;
    let started = Instant::now() + interval * index as u32 / connections as u32;
    let due = move |id: u64| started + interval * id as u32;
    thread::scope(|scope| {
        scope.spawn(move || {
            for id in 0..count {
                let wait = due(id as u64).saturating_duration_since(Instant::now());
                if !wait.is_zero() {
                    thread::sleep(wait);
                }
                let frame = request(id as u64, cycled(load, id));
                writer.write_all(&frame).expect("the leader takes frames");
            }
        });
        let mut frames = Frames::default();
        let mut seen = Seen::default();
        while seen.times_ns.len() < count {
            frames.receive(&mut stream, &mut seen, |id| {
                due(id).elapsed().as_nanos() as u64
            });
        }
        seen
    })
}

fn connect(load: &Load) -> UnixStream {
    UnixStream::connect(&load.socket).expect("the leader listens")
}

fn cycled(load: &Load, index: usize) -> &[u8] {
    load.file
        .get(load.setup + index % (load.file.count() - load.setup))
}

fn request(request_id: u64, command: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    append_request(&mut out, request_id, command);
    out
}

fn append_request(out: &mut Vec<u8>, request_id: u64, command: &[u8]) {
    Request { request_id }.append_with(command, out);
}

/// Frames as they come in, cut anywhere.
#[derive(Default)]
struct Frames {
    received: Vec<u8>,
}

impl Frames {
    /// Waits for bytes, takes the whole frames and returns how many there were.
    fn receive(
        &mut self,
        stream: &mut UnixStream,
        seen: &mut Seen,
        latency_ns: impl Fn(u64) -> u64,
    ) -> usize {
        let mut chunk = [0; 1 << 16];
        let length = stream.read(&mut chunk).expect("the leader answers");
        assert!(length > 0, "the leader hung up");
        self.received.extend_from_slice(&chunk[..length]);
        let mut at = 0;
        let mut count = 0;
        while let Ok(header) = header_of(&self.received[at..]) {
            let frame = &self.received[at..at + header.length as usize];
            if header.kind == Answer::KIND {
                let (answer, group) = Answer::decode(frame).expect("an answer");
                seen.times_ns.push(latency_ns(answer.request_id));
                seen.rejected += u64::from(is_rejection(group));
            } else {
                let (refusal, _) = Refusal::decode(frame).expect("an answer or a refusal");
                seen.times_ns.push(latency_ns(refusal.request_id));
                seen.refused += 1;
            }
            at += header.length as usize;
            count += 1;
        }
        self.received.drain(..at);
        count
    }
}
