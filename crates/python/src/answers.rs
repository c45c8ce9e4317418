//! The answers of a batch, joined per connection so that each connection is written to once.

use std::collections::HashMap;

use cse_wire::{Answer, Message};

use crate::intake::Asker;

/// Answer frames per connection, in the order of their commands.
#[derive(Debug)]
pub struct Answers {
    epoch: u64,
    frames: Vec<(u64, Vec<u8>)>,
    places: HashMap<u64, usize>,
}

impl Answers {
    /// No answers yet, in this epoch.
    pub fn new(epoch: u64) -> Self {
        Self {
            epoch,
            frames: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// Adds the answer to one command.
    pub fn add(&mut self, asker: &Asker, group: &[u8]) {
        let place = *self.places.entry(asker.connection).or_insert_with(|| {
            self.frames.push((asker.connection, Vec::new()));
            self.frames.len() - 1
        });
        let answer = Answer {
            request_id: asker.request_id,
            epoch: self.epoch,
        };
        answer.append_with(group, &mut self.frames[place].1);
    }

    /// The frames of each connection.
    pub fn into_frames(self) -> Vec<(u64, Vec<u8>)> {
        self.frames
    }
}
