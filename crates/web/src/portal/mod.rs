//! The portal: what citizens and enterprises come for.

pub(crate) mod account;
pub(crate) mod apply;
pub(crate) mod ask;
pub(crate) mod due;
pub(crate) mod home;
pub(crate) mod law;
pub(crate) mod mine;
pub(crate) mod published;
pub(crate) mod receipt;
pub(crate) mod report;
pub(crate) mod track;
