//! The laws in force here: all packs read once, each procedure version under its content hash.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, RwLock},
};

use anyhow::{Context as _, anyhow, bail};
use calendar::{Calendar, Date};
use law::{
    Fault, Formula, Indicator, Key, Lang, Law, Pack, Parameter, Procedure, ProcedureRef, Report, RoleKind,
    Sources, Text, Watch,
};

/// The packs that are built into the program, as paths and texts.
const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// Everything read from the packs, shared by all of the office.
#[derive(Clone)]
pub struct Laws(Arc<Inner>);

struct Inner {
    law: Law,
    procedures: Vec<(ProcedureRef, Arc<Procedure>)>,
    watch: Watch,
    /// The posts that have a part in each procedure, in any of its versions.
    posts: BTreeMap<Key, BTreeSet<Key>>,
    /// Versions that are no longer in the packs, from the store.
    old: RwLock<BTreeMap<String, Arc<Procedure>>>,
}

impl Laws {
    /// The packs built into the program, with the texts as sources.
    pub fn embedded_sources() -> Sources {
        let mut sources = Sources::default();
        for (path, text) in EMBEDDED {
            sources.add(*path, *text);
        }
        sources
    }

    /// Only the calendar of the built-in packs: enough to count a limit.
    ///
    /// # Errors
    /// If a calendar file is faulty.
    pub fn embedded_calendar() -> anyhow::Result<Calendar> {
        let sources = Self::embedded_sources();
        law::read_calendar(&sources).map_err(|faults| told(&faults, &sources))
    }

    /// Reads packs.
    ///
    /// # Errors
    /// All faults of the files, rendered.
    pub fn read(sources: &Sources) -> anyhow::Result<Self> {
        match law::read(sources) {
            (Some(law), _) => Ok(Self::of(law)),
            (None, faults) => Err(told(&faults, sources)),
        }
    }

    /// The packs built into the program.
    ///
    /// # Errors
    /// As [`Laws::read`].
    pub fn embedded() -> anyhow::Result<Self> {
        Self::read(&Self::embedded_sources())
    }

    /// Laws that were read before.
    pub fn of(law: Law) -> Self {
        let procedures = law
            .packs
            .iter()
            .flat_map(|pack| &pack.procedures)
            .map(|it| {
                let refers =
                    ProcedureRef { hash: law::procedure_hash(it), key: it.key.clone(), version: it.from };
                (refers, Arc::new(it.clone()))
            })
            .collect();
        let watch = Watch::of(law.packs.iter().flat_map(|pack| &pack.indicators));
        let mut posts: BTreeMap<Key, BTreeSet<Key>> = BTreeMap::new();
        for procedure in law.packs.iter().flat_map(|pack| &pack.procedures) {
            let kinds = procedure.roles.iter().filter_map(|it| match &it.kind {
                RoleKind::Post(post) => Some(post.clone()),
                _ => None,
            });
            posts.entry(procedure.key.clone()).or_default().extend(kinds);
        }
        Self(Arc::new(Inner { law, procedures, watch, posts, old: RwLock::default() }))
    }

    /// What was read.
    pub fn law(&self) -> &Law {
        &self.0.law
    }

    /// Holidays and adjusted workdays.
    pub fn calendar(&self) -> &Calendar {
        &self.0.law.calendar
    }

    /// Packs.
    pub fn packs(&self) -> &[Pack] {
        &self.0.law.packs
    }

    /// All indicators.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.packs().iter().flat_map(|pack| &pack.indicators)
    }

    /// All reports.
    pub fn reports(&self) -> impl Iterator<Item = &Report> {
        self.packs().iter().flat_map(|pack| &pack.reports)
    }

    /// The words for a post.
    pub fn post(&self, kind: &str) -> Option<&Text> {
        self.packs().iter().find_map(|pack| pack.posts.get(kind))
    }

    /// The posts that have a part in a procedure, in any of its versions: nobody else's business is its matters.
    pub(crate) fn posts_of(&self, procedure: &str) -> &BTreeSet<Key> {
        static NONE: BTreeSet<Key> = BTreeSet::new();
        self.0.posts.get(procedure).unwrap_or(&NONE)
    }

    /// Every procedure version read, with its hash.
    pub fn all(&self) -> &[(ProcedureRef, Arc<Procedure>)] {
        &self.0.procedures
    }

    /// The version a matter received on a day follows.
    pub fn in_force(&self, key: &str, on: Date) -> Option<(ProcedureRef, Arc<Procedure>)> {
        self.0
            .procedures
            .iter()
            .rfind(|(_, it)| {
                let covers = it.from <= on && it.until.is_none_or(|until| on <= until);
                it.key.as_str() == key && covers
            })
            .cloned()
    }

    /// The version in force on a day.
    pub fn procedure(&self, key: &str, on: Date) -> Option<Arc<Procedure>> {
        self.in_force(key, on).map(|(_, it)| it)
    }

    /// All versions of a procedure, oldest first.
    pub fn versions(&self, key: &str) -> Vec<Arc<Procedure>> {
        let mine = self.0.procedures.iter().filter(|(it, _)| it.key.as_str() == key);
        mine.map(|(_, it)| it.clone()).collect()
    }

    /// Procedure keys of the packs of `law/`, the office's own left out.
    pub fn procedures(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = self
            .packs()
            .iter()
            .filter(|pack| pack.key != crate::builtin::PACK)
            .flat_map(|pack| &pack.procedures)
            .map(|it| it.key.clone())
            .collect();
        keys.dedup();
        keys
    }

    /// The generated Chinese rendering of a version.
    pub fn rendering(&self, key: &str, from: Date) -> Option<String> {
        self.versions(key).into_iter().find(|it| it.from == from).map(|it| law::render_zh(&it))
    }

    /// The procedure under which an event was decided, wherever it is kept.
    ///
    /// # Errors
    /// If it is neither in the packs nor in the store.
    pub(crate) fn of_matter(
        &self,
        refers: &ProcedureRef,
        stored: impl FnOnce(&str) -> anyhow::Result<Option<String>>,
    ) -> anyhow::Result<Arc<Procedure>> {
        if let Some((_, it)) = self.0.procedures.iter().find(|(it, _)| it.hash == refers.hash) {
            return Ok(it.clone());
        }
        let known = |old: &BTreeMap<String, Arc<Procedure>>| old.get(&refers.hash).cloned();
        if let Some(it) = self.0.old.read().ok().as_deref().and_then(known) {
            return Ok(it);
        }
        let Some(text) = stored(&refers.hash)? else {
            bail!("the store does not hold the procedure {} {}", refers.key, refers.hash);
        };
        let it: Arc<Procedure> = Arc::new(serde_json::from_str(&text).context("stored procedure")?);
        if let Ok(mut old) = self.0.old.write() {
            old.insert(refers.hash.clone(), it.clone());
        }
        Ok(it)
    }

    /// The marks that indicators name: what is counted.
    pub fn watch(&self) -> &Watch {
        &self.0.watch
    }

    /// The parameters that indicators turn on: targets, and the versions of rates.
    pub fn figure_parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.indicators().filter_map(|it| match &it.formula {
            Formula::Target(parameter) | Formula::Versions { choice: parameter, .. } => Some(parameter),
            _ => None,
        })
    }
}

fn told(faults: &[Fault], sources: &Sources) -> anyhow::Error {
    anyhow!("{}", law::render(faults, sources, Lang::Zh))
}
