//! The blocks room: general engines that packs compose, each for one sort of thing that many fields of
//! work have in common. Pure like the rooms below it: no clock, disk, network or chance.

pub mod determination;
