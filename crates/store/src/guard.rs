//! Checksums of rows that no event can vouch for: claims, outbox, side records.

use sha2::{Digest, Sha256};

/// Eight bytes that change if any column does. It guards against decay, not against an attacker.
pub(crate) fn guard(columns: &[&[u8]]) -> [u8; 8] {
    let mut digest = Sha256::new();
    for column in columns {
        digest.update((column.len() as u64).to_be_bytes());
        digest.update(column);
    }
    let full: [u8; 32] = digest.finalize().into();
    let mut short = [0; 8];
    short.copy_from_slice(&full[..8]);
    short
}
