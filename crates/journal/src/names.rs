//! Files that are named by the sequence they begin with or stand for: 20 digits and a suffix.

use crate::error::{Doing, JournalError};
use crate::storage::Directory;

/// The name of the file for `sequence`; names sort as their sequences do.
pub(crate) fn name_of(sequence: u64, suffix: &str) -> String {
    format!("{sequence:020}{suffix}")
}

/// The sequences that have a file with `suffix`, ascending. Other names are none of ours.
pub(crate) fn sequences(directory: &dyn Directory, suffix: &str) -> Result<Vec<u64>, JournalError> {
    let names = directory.list().doing("list", suffix)?;
    let mut sequences: Vec<u64> = names
        .iter()
        .filter_map(|name| sequence_of(name, suffix))
        .collect();
    sequences.sort_unstable();
    Ok(sequences)
}

fn sequence_of(name: &str, suffix: &str) -> Option<u64> {
    let digits = name.strip_suffix(suffix)?;
    let all_digits = digits.len() == 20 && digits.bytes().all(|byte| byte.is_ascii_digit());
    // 20 digits can be beyond u64, and are then no sequence.
    all_digits.then(|| digits.parse().ok()).flatten()
}
