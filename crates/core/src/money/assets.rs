//! The list of assets.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use cse_wire::{AssetCreated, AssetState, CreateAsset, DECIMALS_MAX, Message, Symbol, codes};

use crate::exchange::Exchange;
use crate::refusal::Refusal;

/// Assets by id, dense from 1, and by symbol.
#[derive(Default)]
pub(crate) struct Assets {
    list: Vec<AssetState>,
    by_symbol: BTreeMap<Symbol<16>, u32>,
}

impl Assets {
    pub(crate) fn get(&self, asset: u32) -> Option<&AssetState> {
        self.list.get((asset as usize).checked_sub(1)?)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &AssetState> {
        self.list.iter()
    }

    pub(crate) fn next_id(&self) -> u32 {
        self.list.len() as u32 + 1
    }

    pub(crate) fn has_symbol(&self, symbol: Symbol<16>) -> bool {
        self.by_symbol.contains_key(&symbol)
    }

    /// Adds the asset whose id comes next.
    pub(crate) fn push(&mut self, asset: AssetState) {
        self.by_symbol.insert(asset.symbol, asset.asset);
        self.list.push(asset);
    }
}

/// Whether a symbol is 2 to 10 of `[A-Z0-9]`, padded with zeros.
pub(crate) fn is_asset_symbol(symbol: Symbol<16>) -> bool {
    let text = symbol.bytes();
    (2..=10).contains(&text.len())
        && symbol.is_padded()
        && text
            .iter()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

impl Exchange {
    pub(crate) fn create_asset(
        &mut self,
        command: &CreateAsset,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        if !is_asset_symbol(command.symbol) {
            return Err(Refusal::new(codes::INVALID_SYMBOL));
        }
        if command.decimals > DECIMALS_MAX {
            return Err(Refusal::new(codes::INVALID_DECIMALS));
        }
        if self.assets.has_symbol(command.symbol) {
            return Err(Refusal::new(codes::SYMBOL_TAKEN));
        }
        let state = AssetState {
            asset: self.assets.next_id(),
            decimals: command.decimals,
            reserved: [0; 3],
            symbol: command.symbol,
        };
        self.assets.push(state);
        AssetCreated {
            asset: state.asset,
            decimals: state.decimals,
            reserved: [0; 3],
            symbol: state.symbol,
        }
        .append(out);
        Ok(())
    }
}
