//! Prints the layouts, enumerations and limits as JSON, for the generators of other languages.

use cse_wire as wire;
use cse_wire::{ENUMERATIONS, LAYOUTS, Layout, Message};

fn joined<T>(items: impl IntoIterator<Item = T>, one: impl Fn(T) -> String) -> String {
    items.into_iter().map(one).collect::<Vec<_>>().join(",\n")
}

fn layout(layout: &Layout) -> String {
    let fields = joined(layout.fields, |field| {
        format!(
            r#"{{"name": {:?}, "type": {:?}, "offset": {}, "width": {}}}"#,
            field.name, field.type_name, field.offset, field.width
        )
    });
    let doc: Vec<&str> = layout.doc.iter().map(|line| line.trim()).collect();
    format!(
        r#"{{"name": {:?}, "kind": {}, "width": {}, "short_width": {}, "has_tail": {}, "doc": {:?}, "fields": [{}]}}"#,
        layout.name,
        layout.kind,
        layout.width,
        layout.short_width,
        layout.has_tail,
        doc.join(" "),
        fields
    )
}

/// Name and value of each bound; the values exceed what JSON numbers carry everywhere, so they are
/// strings.
fn limits() -> Vec<(&'static str, u128)> {
    vec![
        ("PRICE_LIMIT", u128::from(wire::PRICE_LIMIT)),
        ("QUANTITY_LIMIT", u128::from(wire::QUANTITY_LIMIT)),
        (
            "TICK_LOT_UNITS_LIMIT",
            u128::from(wire::TICK_LOT_UNITS_LIMIT),
        ),
        ("LOT_SIZE_LIMIT", u128::from(wire::LOT_SIZE_LIMIT)),
        ("SUPPLY_LIMIT", wire::SUPPLY_LIMIT),
        ("ORDER_ID_LIMIT", u128::from(wire::ORDER_ID_LIMIT)),
        ("DECIMALS_MAX", u128::from(wire::DECIMALS_MAX)),
        ("TICK_DECIMALS_MAX", u128::from(wire::TICK_DECIMALS_MAX)),
        ("FEE_PPM_MAX", wire::FEE_PPM_MAX.unsigned_abs().into()),
        ("PPM", u128::from(wire::PPM)),
        ("LEGS_MAX", wire::LEGS_MAX as u128),
        ("TRADES_MAX", wire::TRADES_MAX as u128),
        ("FIXINGS_MAX", wire::FIXINGS_MAX as u128),
        ("INDICATED_LEVELS_MAX", wire::INDICATED_LEVELS_MAX as u128),
        (
            "INDICATION_INTERVAL_US",
            wire::INDICATION_INTERVAL_US.unsigned_abs().into(),
        ),
        ("CANCELS_MAX", wire::CANCELS_MAX as u128),
        ("EXPIRIES_MAX", wire::EXPIRIES_MAX as u128),
        ("NOTIONAL_LIMIT", wire::NOTIONAL_LIMIT),
        ("INTERRUPTION_S_MAX", u128::from(wire::INTERRUPTION_S_MAX)),
        (
            "AUCTION_ENDS_AT_LIMIT_US",
            wire::AUCTION_ENDS_AT_LIMIT_US.unsigned_abs().into(),
        ),
        ("TRIGGERS_MAX", wire::TRIGGERS_MAX as u128),
        ("TIMERS_MAX", wire::TIMERS_MAX as u128),
        (
            "CANCEL_TIMEOUT_MIN_US",
            wire::CANCEL_TIMEOUT_MIN_US.unsigned_abs().into(),
        ),
        (
            "CANCEL_TIMEOUT_MAX_US",
            wire::CANCEL_TIMEOUT_MAX_US.unsigned_abs().into(),
        ),
        (
            "RISK_STRETCH_US",
            wire::RISK_STRETCH_US.unsigned_abs().into(),
        ),
        ("RISK_STRETCHES", wire::RISK_STRETCHES as u128),
        ("FAR_PPM_LIMIT", u128::from(wire::FAR_PPM_LIMIT)),
        ("FEE_TIER_MAX", u128::from(wire::FEE_TIER_MAX)),
        (
            "EXPIRES_AT_LIMIT_US",
            wire::EXPIRES_AT_LIMIT_US.unsigned_abs().into(),
        ),
        ("DAY_US", wire::DAY_US.unsigned_abs().into()),
        ("CLIENT_ORDER_ID_MAX", wire::CLIENT_ORDER_ID_MAX as u128),
        (
            "CLIENT_ORDER_ID_MEMORY_US",
            wire::CLIENT_ORDER_ID_MEMORY_US.unsigned_abs().into(),
        ),
        (
            "CLIENT_ORDER_ID_MEMORY_COUNT",
            u128::from(wire::CLIENT_ORDER_ID_MEMORY_COUNT),
        ),
        ("COMMAND_LENGTH_MAX", wire::COMMAND_LENGTH_MAX as u128),
        (
            "OUTBOX_COMMAND_LENGTH_MAX",
            wire::OUTBOX_COMMAND_LENGTH_MAX as u128,
        ),
        ("START_EPOCH_KIND", u128::from(wire::StartEpoch::KIND)),
        ("UPGRADE_KIND", u128::from(wire::Upgrade::KIND)),
        ("FROM_OUTBOX_KIND", u128::from(wire::FromOutbox::KIND)),
        ("FLAG_POST_ONLY", u128::from(wire::FLAG_POST_ONLY)),
        ("FLAG_REPRICE", u128::from(wire::FLAG_REPRICE)),
        ("FLAG_TRAILING_PPM", u128::from(wire::FLAG_TRAILING_PPM)),
    ]
}

fn main() {
    let layouts = joined(LAYOUTS.iter().copied().flatten(), layout);
    let enumerations = joined(ENUMERATIONS, |enumeration| {
        let members = joined(enumeration.members, |(name, number)| {
            format!("[{name:?}, {number}]")
        });
        format!(
            r#"{{"name": {:?}, "members": [{members}]}}"#,
            enumeration.name
        )
    });
    let limits = joined(limits(), |(name, value)| format!("[{name:?}, \"{value}\"]"));
    println!(
        "{{\"layouts\": [{layouts}],\n\"enumerations\": [{enumerations}],\n\"limits\": [{limits}]}}"
    );
}
