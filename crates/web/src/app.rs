//! What all requests share.

use std::{ops::Deref, sync::Arc};

use office::{Office, import::Checked, view::Receipt};

use press::{Press, Settings};

use crate::{
    Options,
    stash::{Keepable, Stash},
    workbench::dossier::Making,
};

/// The office and what the pages keep in memory; cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

/// What is shared.
pub(crate) struct Shared {
    /// The office.
    pub(crate) office: Office,
    /// Where pages are served.
    pub(crate) options: Options,
    /// Receipts that were just given, so that their page can be reloaded for a while.
    pub(crate) receipts: Stash<Receipt>,
    /// Checks of import files that wait to be applied.
    pub(crate) checks: Stash<Checked>,
    /// Case files being made, and those that were just made.
    pub(crate) dossiers: Stash<Making>,
    /// Where papers are set as PDF.
    pub(crate) press: Arc<Press>,
}

impl App {
    pub(crate) fn new(office: Office, options: Options) -> Self {
        let (receipts, checks, dossiers) = (Stash::new(400), Stash::new(20), Stash::new(10));
        let press = Arc::new(Press::new(Settings::usual()));
        Self(Arc::new(Shared { office, options, receipts, checks, dossiers, press }))
    }

    /// Whether cookies are for encrypted connections only: always, unless served on loopback.
    pub(crate) fn secure(&self) -> bool {
        self.options.base.starts_with("https://") || !self.options.address.ip().is_loopback()
    }
}

impl Keepable for Receipt {}
impl Keepable for Checked {}

impl Deref for App {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}
