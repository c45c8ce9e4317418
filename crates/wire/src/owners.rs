//! Owners of accounts that are no person's.

/// The network of money that no network brings: play money, and an operator's credit.
pub const NETWORK_NONE: u32 = 0;

/// Whose an account of kind external is: an asset's, on a network. Asset, network, eight zero bytes.
#[must_use]
pub const fn external_owner(asset: u32, network: u32) -> [u8; 16] {
    let ([a, b, c, d], [e, f, g, h]) = (asset.to_le_bytes(), network.to_le_bytes());
    [a, b, c, d, e, f, g, h, 0, 0, 0, 0, 0, 0, 0, 0]
}

/// The asset of an external owner; none when the owner is not one.
#[must_use]
pub const fn asset_of_external(owner: &[u8; 16]) -> Option<u32> {
    match *owner {
        [a, b, c, d, _, _, _, _, 0, 0, 0, 0, 0, 0, 0, 0] => Some(u32::from_le_bytes([a, b, c, d])),
        _ => None,
    }
}
