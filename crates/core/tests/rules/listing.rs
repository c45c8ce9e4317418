//! What may be listed, opened and changed.

use cse_wire::{
    AccountKind, AccountOpened, CommandRejected, CreateMarket, MarketCreated, Message, OpenAccount,
    SetMarketFees, SetMarketStatus,
};

use crate::floor::{
    CREATOR, FEES, Floor, MARKET, OUTSIDE, account, all_of, asset, external, market,
};
use crate::script::{code_name, rendered};

#[test]
fn a_symbol_is_two_to_ten_capitals_and_digits() {
    let cases: &[(&str, u8, &str)] = &[
        ("AB", 18, ""),
        ("ABCDEFGH12", 0, ""),
        ("A", 0, "invalid_symbol"),
        ("ABCDEFGH123", 0, "invalid_symbol"),
        ("", 0, "invalid_symbol"),
        ("Ab", 0, "invalid_symbol"),
        ("A-B", 0, "invalid_symbol"),
        ("AB", 19, "invalid_decimals"),
        ("CRT", 19, "invalid_decimals"),
        ("CRT", 0, "symbol_taken"),
    ];
    for &(symbol, decimals, expected) in cases {
        let mut floor = Floor::new(|_| {});
        assert_eq!(
            rendered(&floor.send(&asset(symbol, decimals))),
            expected,
            "{symbol}"
        );
    }
    let mut gap = asset("AB", 0);
    gap.symbol.0[3] = b'C';
    assert_eq!(rendered(&Floor::empty().send(&gap)), "invalid_symbol");
}

#[test]
fn accounts_have_kinds_that_fit_their_owners() {
    use AccountKind::{External, Main, Sub, System, Vault, Vesting};
    let cases: &[(u8, AccountKind, bool)] = &[
        (9, Main, true),
        (1, Main, false),
        (1, Sub, true),
        (9, Vault, true),
        (9, Vesting, true),
        (9, System, false),
        (9, External, false),
        (0, System, true),
        (0, Sub, false),
        (0, Vesting, false),
        (0, Main, false),
        (0, Vault, false),
    ];
    for &(owner, kind, is_opened) in cases {
        let mut floor = Floor::new(|_| {});
        let events = floor.send(&account(owner, kind));
        assert_eq!(
            all_of::<AccountOpened>(&events).len(),
            usize::from(is_opened),
            "{kind:?}"
        );
        if !is_opened {
            assert_eq!(rendered(&events), "invalid_account");
        }
    }
    let mut unknown = account(9, Main);
    unknown.kind = 7;
    assert_eq!(rendered(&Floor::empty().send(&unknown)), "invalid_account");
}

#[test]
fn an_external_account_is_an_assets_on_a_network_and_the_only_one() {
    // The floor has asset 1 on network 0.
    let cases: &[(u32, u32, &str, u64)] = &[
        (1, 1, "", 0),
        (2, 0, "", 0),
        (2, u32::MAX, "", 0),
        (1, 0, "invalid_account", 0),
        (0, 0, "asset_unknown", 0),
        (0, 1, "asset_unknown", 0),
        (3, 0, "asset_unknown", 3),
        (u32::MAX, 0, "asset_unknown", u64::from(u32::MAX)),
    ];
    for &(asset, network, expected, reference) in cases {
        let mut floor = Floor::new(|_| {});
        let events = floor.send(&external(asset, network));
        assert_eq!(rendered(&events), expected, "{asset} {network}");
        let rejected = all_of::<CommandRejected>(&events);
        let about = rejected.first().map_or(0, |event| event.reference);
        assert_eq!(about, reference, "{asset} {network}");
        if expected.is_empty() {
            let opened = all_of::<AccountOpened>(&events)[0];
            assert_eq!(
                floor.exchange.external_account(asset, network),
                Some(opened.account)
            );
            assert_eq!(
                rendered(&floor.send(&external(asset, network))),
                "invalid_account"
            );
        }
        assert_eq!(floor.exchange.external_account(1, 0), Some(OUTSIDE));
    }
    let mut beyond = external(1, 1);
    beyond.owner[8] = 1;
    assert_eq!(
        rendered(&Floor::new(|_| {}).send(&beyond)),
        "invalid_account"
    );
}

#[test]
fn an_external_account_is_not_found_by_another_kind_of_the_same_owner() {
    let mut floor = Floor::new(|_| {});
    let main = OpenAccount {
        kind: AccountKind::Main as u8,
        ..external(2, 0)
    };
    assert_eq!(rendered(&floor.send(&main)), "");
    assert_eq!(floor.exchange.external_account(2, 0), None);
    assert_eq!(rendered(&floor.send(&external(2, 0))), "");
    assert_eq!(floor.exchange.external_account(2, 0), Some(17));
}

#[test]
fn owners_find_their_accounts() {
    let floor = Floor::new(|_| {});
    assert_eq!(floor.exchange.main_account(&[1; 16]), Some(4));
    assert_eq!(floor.exchange.main_account(&[0; 16]), None);
}

#[test]
fn a_market_is_refused_for_the_first_check_that_fails() {
    type Change = fn(&mut CreateMarket);
    let cases: &[(&str, Change)] = &[
        ("", |_| {}),
        ("asset_unknown", |m| m.base = 0),
        ("asset_unknown", |m| m.quote = 99),
        ("invalid_market", |m| m.quote = m.base),
        ("symbol_taken", |m| (m.base, m.quote) = (1, 2)),
        ("symbol_taken", |m| {
            (m.base, m.quote, m.tick_size) = (5, 6, 0)
        }),
        ("invalid_market", |m| m.tick_size = 0),
        ("invalid_market", |m| m.tick_size = 1 << 50),
        ("invalid_market", |m| m.tick_decimals = 19),
        ("invalid_market", |m| m.lot_size = 0),
        ("invalid_market", |m| m.lot_size = 1 << 50),
        ("invalid_market", |m| m.min_notional = 1 << 100),
        ("invalid_market", |m| m.max_quantity = 0),
        ("invalid_market", |m| m.max_quantity = 1 << 50),
        ("invalid_market", |m| m.taker_fee_ppm = -1),
        ("invalid_market", |m| m.taker_fee_ppm = 100_001),
        ("invalid_market", |m| {
            (m.maker_fee_ppm, m.taker_fee_ppm) = (-6, 5)
        }),
        ("invalid_market", |m| m.maker_fee_ppm = 100_001),
        ("invalid_market", |m| m.creator_share_ppm = 1_000_001),
        ("invalid_market", |m| {
            (m.price_band_ppm, m.fee_account) = (1_000_000, 99)
        }),
        ("invalid_market", |m| (m.status, m.fee_account) = (2, 99)),
        ("account_unknown", |m| m.fee_account = 0),
        ("account_unknown", |m| m.fee_account = OUTSIDE),
        ("account_unknown", |m| m.creator_account = 99),
        ("account_unknown", |m| {
            (m.creator_account, m.creator_share_ppm) = (OUTSIDE, 1)
        }),
        ("invalid_market", |m| m.creator_share_ppm = 1),
        ("", |m| {
            (m.creator_account, m.creator_share_ppm) = (CREATOR, 1_000_000)
        }),
        ("", |m| {
            (m.maker_fee_ppm, m.taker_fee_ppm) = (-100_000, 100_000)
        }),
        // A lot of 0.001 at a tick of 0.0001 is a tenth of a unit of 0.000001.
        ("notional_not_exact", |m| {
            (m.tick_decimals, m.lot_size) = (4, 1_000)
        }),
        ("", |m| (m.tick_decimals, m.lot_size) = (4, 10_000)),
        ("notional_not_exact", |m| {
            (m.tick_size, m.lot_size) = ((1 << 50) - 1, (1 << 50) - 1)
        }),
        ("", |m| (m.tick_size, m.lot_size) = ((1 << 36) - 1, 1)),
        ("notional_not_exact", |m| m.tick_size = 1 << 36),
    ];
    for (number, (expected, change)) in cases.iter().enumerate() {
        let mut floor = Floor::new(|_| {});
        // CRT-USD is listed. NOVA and ONE have 6 decimals; CR and TUSD spell CRTUSD.
        for (symbol, decimals) in [("NOVA", 6), ("ONE", 6), ("CR", 0), ("TUSD", 0)] {
            floor.send(&asset(symbol, decimals));
        }
        let mut command = CreateMarket {
            base: 3,
            quote: 4,
            ..market()
        };
        change(&mut command);
        let events = floor.send(&command);
        assert_eq!(
            &rendered(&events),
            expected,
            "case {}: {command:?}",
            number + 1
        );
        assert_eq!(
            all_of::<MarketCreated>(&events).len(),
            usize::from(expected.is_empty())
        );
    }
}

#[test]
fn ticks_and_lots_come_to_whole_units_whatever_the_decimals() {
    // Decimals of base and quote, tick and its decimals, lot: quote units of a lot at a tick.
    let cases: &[(u8, u8, u64, u8, u64, u64)] = &[
        (6, 6, 1, 4, 10_000, 1),
        (6, 6, 25, 2, 1_000_000, 250_000),
        (8, 6, 1, 2, 1_000, 0),
        (8, 6, 1, 2, 10_000, 1),
        (18, 18, 1, 18, 1 << 49, 0),
        (18, 6, 1_000_000, 0, 1_000_000, 1),
        (0, 18, 1, 18, 1, 1),
        (0, 18, 1, 8, 1, 10_000_000_000),
        (0, 18, 1, 7, 1, 0),
        (18, 0, 1_000_000_000_000, 18, 1_000_000_000_000, 0),
    ];
    for &(base, quote, tick_size, tick_decimals, lot_size, expected) in cases {
        let mut floor = Floor::new(|_| {});
        floor.send(&asset("NOVA", base));
        floor.send(&asset("ONE", quote));
        let command = CreateMarket {
            base: 3,
            quote: 4,
            tick_size,
            tick_decimals,
            lot_size,
            ..market()
        };
        let events = floor.send(&command);
        let listed = all_of::<MarketCreated>(&events);
        assert_eq!(
            listed.first().map_or(0, |market| market.tick_lot_units),
            expected
        );
    }
}

#[test]
fn refusals_of_a_change_name_the_market() {
    let fees = SetMarketFees {
        market: MARKET,
        maker_fee_ppm: 0,
        taker_fee_ppm: 0,
        creator_share_ppm: 0,
        creator_account: 0,
        tier: 0,
        reserved: [0; 3],
    };
    let status = SetMarketStatus {
        market: MARKET,
        status: 1,
        reserved: [0; 3],
        auction_ends_at_us: 0,
    };
    let cases: &[(&str, u64, Vec<u8>)] = &[
        ("", 0, fees.encoded()),
        ("", 0, status.encoded()),
        (
            "market_unknown",
            9,
            SetMarketFees { market: 9, ..fees }.encoded(),
        ),
        (
            "market_unknown",
            9,
            SetMarketStatus {
                market: 9,
                ..status
            }
            .encoded(),
        ),
        (
            "invalid_market_status",
            1,
            SetMarketStatus {
                status: 7,
                ..status
            }
            .encoded(),
        ),
        (
            "invalid_market",
            1,
            SetMarketFees {
                maker_fee_ppm: -1,
                ..fees
            }
            .encoded(),
        ),
        (
            "invalid_market",
            1,
            SetMarketFees {
                creator_share_ppm: 1,
                ..fees
            }
            .encoded(),
        ),
        ("", 0, SetMarketFees { tier: 9, ..fees }.encoded()),
        (
            "invalid_fee_tier",
            1,
            SetMarketFees {
                tier: 10,
                maker_fee_ppm: -1,
                ..fees
            }
            .encoded(),
        ),
        (
            "invalid_market",
            1,
            SetMarketFees {
                tier: 1,
                creator_account: CREATOR,
                ..fees
            }
            .encoded(),
        ),
        (
            "account_unknown",
            1,
            SetMarketFees {
                creator_account: 99,
                ..fees
            }
            .encoded(),
        ),
    ];
    for (expected, reference, command) in cases {
        let events = Floor::new(|_| {}).send_bytes(command);
        let rejected = all_of::<CommandRejected>(&events);
        let said = rejected
            .first()
            .map_or(String::new(), |event| code_name(event.code));
        assert_eq!(&said, expected);
        assert_eq!(
            rejected.first().map_or(0, |event| event.reference),
            *reference
        );
        assert_eq!(rejected.first().map_or(0, |event| event.account), 0);
    }
    assert_eq!(market().fee_account, FEES);
}
