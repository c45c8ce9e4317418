//! The tables of `docs/journal.md` are the layouts.

use cse_wire::{LAYOUTS, Layout};

const PAPER: &str = include_str!("../../../docs/journal.md");

/// The section that is headed by the layout's name, kind and width.
fn section(layout: &Layout) -> &'static str {
    let tail = match layout.name {
        "Record" => " and the commands",
        "Group" => " and the events",
        _ => "",
    };
    let heading = format!(
        "\n### {}, kind {:#06x}, {} bytes{tail}\n",
        layout.name, layout.kind, layout.width
    );
    let (_, rest) = PAPER
        .split_once(&heading)
        .unwrap_or_else(|| panic!("no heading {heading:?}"));
    rest.split("\n#").next().unwrap_or(rest)
}

#[test]
fn the_tables_are_the_layouts() {
    let files = LAYOUTS.iter().flat_map(|layouts| layouts.iter());
    for layout in files.filter(|layout| (0x0300..0x0400).contains(&layout.kind)) {
        let rows: Vec<Vec<&str>> = section(layout)
            .lines()
            .filter(|line| line.starts_with("| "))
            .skip(2)
            .map(|line| line.split('|').map(str::trim).skip(1).take(3).collect())
            .collect();
        let expected: Vec<Vec<String>> = layout
            .fields
            .iter()
            .map(|field| {
                let offset = field.offset.to_string();
                vec![offset, field.type_name.to_owned(), field.name.to_owned()]
            })
            .collect();
        assert_eq!(rows, expected, "{}", layout.name);
    }
}
