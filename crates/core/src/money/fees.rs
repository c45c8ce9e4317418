//! Fees and shares in parts per million of quote units, each with its own rounding.

use cse_wire::PPM;

const PPM_U64: u64 = PPM as u64;
const PPM_U128: u128 = PPM as u128;

/// `ceil(rate * notional / 1000000)`: a fee is rounded up, a rebate (a rate below zero) down in
/// size. A notional is below 2^126 and a rate at most 100,000, so the result fits.
#[inline(always)]
pub(crate) fn fee(rate_ppm: i32, notional: u128) -> i128 {
    if rate_ppm == 0 {
        return 0;
    }
    let (millions, rest) = split(notional);
    let rate = i64::from(rate_ppm);
    // Above zero the remainder rounds up; below zero division cuts towards zero, which is up too.
    let up = fault!(FeeRoundedDown, 0, PPM as i64 - 1);
    let down = fault!(RebateRoundedUp, 1 - PPM as i64, 0);
    let rounding = if rate > 0 { up } else { down };
    let of_rest = (rate * rest as i64 + rounding) / PPM as i64;
    i128::from(rate).wrapping_mul(millions as i128) + i128::from(of_rest)
}

/// `floor(share * fee / 1000000)` of a fee that is not below zero.
#[inline]
pub(crate) fn share(share_ppm: u32, fee: i128) -> i128 {
    if share_ppm == 0 || fee <= 0 {
        return 0;
    }
    let (millions, rest) = split(fee as u128);
    let rounding = fault!(ShareRoundedUp, PPM_U64 - 1, 0);
    let of_rest = (u64::from(share_ppm) * rest + rounding) / PPM_U64;
    (u128::from(share_ppm).wrapping_mul(millions) + u128::from(of_rest)) as i128
}

/// The largest notional whose cost, fee included, is at most `amount`: `n + fee(rate, n) <= amount`
/// is the same as `n * (1000000 + rate) <= amount * 1000000` for a rate of zero or more. An amount
/// is below 2^100, so the product fits.
pub(crate) fn affordable(rate_ppm: i32, amount: u128) -> u128 {
    let rate = u128::from(rate_ppm.unsigned_abs());
    amount * PPM_U128 / (PPM_U128 + rate)
}

/// Whole millions, and the rest. Most notionals fit 64 bits, where dividing by a constant is cheap.
#[inline(always)]
fn split(amount: u128) -> (u128, u64) {
    if let Ok(small) = u64::try_from(amount) {
        (u128::from(small / PPM_U64), small % PPM_U64)
    } else {
        (amount / PPM_U128, (amount % PPM_U128) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::{affordable, fee, share};

    #[test]
    fn a_fee_is_rounded_up_and_a_rebate_too() {
        let cases: &[(i32, u128, i128)] = &[
            (1_000, 0, 0),
            (1_000, 1, 1),
            (1_000, 1_000, 1),
            (1_000, 1_001, 2),
            (1_000, 49_810_000, 49_810),
            (0, 1 << 125, 0),
            (-1_000, 999, 0),
            (-1_000, 1_000, -1),
            (-1_000, 1_999, -1),
            (
                100_000,
                (1 << 126) - 1,
                8_507_059_173_023_461_586_584_365_185_794_205_287,
            ),
            (
                -100_000,
                (1 << 126) - 1,
                -8_507_059_173_023_461_586_584_365_185_794_205_286,
            ),
        ];
        for &(rate, notional, expected) in cases {
            assert_eq!(fee(rate, notional), expected, "{rate} ppm of {notional}");
        }
    }

    #[test]
    fn a_share_is_rounded_down() {
        let cases: &[(u32, i128, i128)] = &[
            (500_000, 3, 1),
            (1_000_000, 7, 7),
            (0, 7, 0),
            (333_333, -1, 0),
            (1_000_000, 1 << 124, 1 << 124),
        ];
        for &(ppm, of, expected) in cases {
            assert_eq!(share(ppm, of), expected, "{ppm} ppm of {of}");
        }
    }

    #[test]
    fn an_affordable_notional_is_the_largest_whose_cost_fits() {
        for rate in [0, 1, 999, 2_000, 100_000] {
            for amount in (0..3_000).chain([(1 << 100) - 1]) {
                let notional = affordable(rate, amount);
                let cost = |n: u128| n as i128 + fee(rate, n);
                assert!(cost(notional) <= amount as i128);
                assert!(cost(notional + 1) > amount as i128);
            }
        }
    }
}
