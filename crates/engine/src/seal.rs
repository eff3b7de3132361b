//! Sealing: canonical bytes, the hash chain, and commitments to personal values.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{event::Event, id::Hash};

/// An event with its canonical bytes and their hash.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// The event.
    pub event: Event,
    /// RFC 8785 JSON of the event.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes.
    pub hash: Hash,
}

/// A personal value that stands outside the canonical bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret {
    /// Where it belongs in the event: `inputs.FIELD` or `parties.ID.PART`.
    pub path: String,
    /// 32 random bytes.
    pub salt: [u8; 32],
    /// JSON of the value.
    pub value: String,
}

/// The commitment to a personal value: SHA-256(salt ‖ value).
pub fn commitment(salt: &[u8; 32], value: &str) -> Hash {
    let mut digest = Sha256::new();
    digest.update(salt);
    digest.update(value.as_bytes());
    Hash(digest.finalize().into())
}

/// Chains an event to its matter's last hash and gives its bytes.
///
/// The bytes are canonical because every struct of the format declares its fields in alphabetical
/// order, maps are ordered by ASCII keys and no number is a fraction; a test holds that.
pub fn seal(mut event: Event, prev: Hash) -> Sealed {
    event.prev = prev;
    let bytes = serde_json::to_vec(&event).unwrap_or_default();
    let hash = Hash::of(&bytes);
    Sealed { event, bytes, hash }
}

/// Reads an event from stored bytes.
///
/// # Errors
/// If the bytes are not an event of a known format version.
pub fn verify_bytes(bytes: &[u8]) -> Result<(Event, Hash), serde_json::Error> {
    let event: Event = serde_json::from_slice(bytes)?;
    Ok((event, Hash::of(bytes)))
}
