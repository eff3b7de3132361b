//! A look at a zip archive before anything unpacks it: how much it really holds.

use std::io::Read as _;

use flate2::read::DeflateDecoder;

/// Why an archive is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ZipFault {
    /// Cut off or damaged.
    Damaged,
    /// More inside than a spreadsheet of this size can need.
    TooLarge,
}

/// Most bytes that an archive may hold unpacked.
const UNPACKED_MAX: u64 = 256 << 20;
/// Most files in it.
const FILES_MAX: usize = 2_000;
/// Length of the record at the end, without its comment.
const END: usize = 22;
/// Length of an entry of the directory and of a file's own head, without names.
const ENTRY: usize = 46;
const HEAD: usize = 30;

/// Unpacks every file of the archive into nothing and counts, whatever sizes the archive itself claims.
pub(crate) fn weigh(bytes: &[u8]) -> Result<u64, ZipFault> {
    let start = bytes.len().saturating_sub(END + usize::from(u16::MAX));
    let end = (start..=bytes.len().saturating_sub(END))
        .rev()
        .find(|at| bytes[*at..].starts_with(b"PK\x05\x06"))
        .ok_or(ZipFault::Damaged)?;
    let count = usize::from(short(bytes, end + 10)?);
    if count > FILES_MAX {
        return Err(ZipFault::TooLarge);
    }
    let mut at = word(bytes, end + 16)?;
    let mut sum = 0;
    for _ in 0..count {
        let entry = bytes.get(at..at + ENTRY).ok_or(ZipFault::Damaged)?;
        if !entry.starts_with(b"PK\x01\x02") {
            return Err(ZipFault::Damaged);
        }
        sum += unpacked(bytes, entry, UNPACKED_MAX - sum)?;
        if sum >= UNPACKED_MAX {
            return Err(ZipFault::TooLarge);
        }
        let rest = [28, 30, 32].iter().map(|it| short(entry, *it).map(usize::from));
        at += ENTRY + rest.sum::<Result<usize, _>>()?;
    }
    Ok(sum)
}

fn unpacked(bytes: &[u8], entry: &[u8], room: u64) -> Result<u64, ZipFault> {
    let packed = word(entry, 20)?;
    let head = word(entry, 42)?;
    if !bytes.get(head..).is_some_and(|it| it.starts_with(b"PK\x03\x04")) {
        return Err(ZipFault::Damaged);
    }
    let names = usize::from(short(bytes, head + 26)?) + usize::from(short(bytes, head + 28)?);
    let from = head + HEAD + names;
    let data = bytes.get(from..from.saturating_add(packed)).ok_or(ZipFault::Damaged)?;
    match short(entry, 10)? {
        0 => Ok(data.len() as u64),
        8 => count(DeflateDecoder::new(data).take(room)),
        _ => Err(ZipFault::Damaged),
    }
}

fn count(mut unpack: impl std::io::Read) -> Result<u64, ZipFault> {
    std::io::copy(&mut unpack, &mut std::io::sink()).map_err(|_| ZipFault::Damaged)
}

fn short(bytes: &[u8], at: usize) -> Result<u16, ZipFault> {
    let two = bytes.get(at..at + 2).and_then(|it| it.try_into().ok());
    two.map(u16::from_le_bytes).ok_or(ZipFault::Damaged)
}

fn word(bytes: &[u8], at: usize) -> Result<usize, ZipFault> {
    let four = bytes.get(at..at + 4).and_then(|it| it.try_into().ok());
    four.map(u32::from_le_bytes).and_then(|it| usize::try_from(it).ok()).ok_or(ZipFault::Damaged)
}
