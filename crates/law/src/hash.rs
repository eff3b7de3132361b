//! The name of a procedure for ever: the hash of its serial form.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::Procedure;

/// SHA-256 of the expanded procedure's serial form, in hex.
pub fn procedure_hash(procedure: &Procedure) -> String {
    // The model is plain data with text keys; writing it out cannot fail, and an empty form would only
    // name no procedure.
    let form = serde_json::to_vec(procedure).unwrap_or_default();
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(&form) {
        // Writing to a String cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}
