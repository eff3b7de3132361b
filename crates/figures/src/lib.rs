//! The figures room.
