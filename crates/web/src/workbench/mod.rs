//! The workbench: what officials work in all day.

pub(crate) mod account;
pub(crate) mod correct;
pub(crate) mod dossier;
pub(crate) mod export;
pub(crate) mod figures;
pub(crate) mod import;
pub(crate) mod inbox;
pub(crate) mod intake;
pub(crate) mod matter;
pub(crate) mod printed;
pub(crate) mod search;
