//! Real files: what is asked of the system.
//!
//! Whether a disk keeps what was synced cannot be seen without cutting its power. That the system was
//! asked can: it refuses to sync what is no file, and the refusal must come through.

use std::io::ErrorKind;
use std::os::unix::fs::symlink;

use cse_journal::{Directory, FsDirectory};

#[test]
fn a_sync_of_a_file_asks_the_system() {
    let place = std::env::temp_dir().join(format!("cse-fs-{}", std::process::id()));
    let directory = FsDirectory::create(&place).expect("a directory");
    symlink("/dev/null", place.join("device")).expect("a link");

    let device = directory.open("device", false).expect("a device");
    device.write_at(0, b"gone").expect("it takes anything");
    let refused = device.sync().expect_err("a device cannot be synced");
    assert_eq!(refused.kind(), ErrorKind::InvalidInput);

    let file = directory.open("file", true).expect("a file");
    file.write_at(0, b"kept").expect("it is written");
    file.sync().expect("a file can");
    std::fs::remove_dir_all(place).expect("the directory is removed");
}

#[test]
fn a_sync_of_a_directory_asks_the_system() {
    let processes = FsDirectory::existing("/proc").expect("the kernel's own");
    let refused = processes.sync().expect_err("there is no disk behind it");
    assert_eq!(refused.kind(), ErrorKind::InvalidInput);
}
