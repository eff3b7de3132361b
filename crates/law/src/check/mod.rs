//! Soundness of one procedure: what can be known of every matter before there is one.
//!
//! All checks over paths run on the same abstraction (`machine`): a matter is a stage, whether it has an outcome,
//! and what a `slice` follows: clocks, which acts have been done, values of fields and parameters as far as conditions
//! tell them apart. Conditions that turn on anything else may hold and may not, so what is proved here holds of every
//! matter. What is shown wrong is followed closer (`refine`) until nothing more can be said about it.

mod clocks;
mod distinct;
mod explore;
mod lengths;
mod machine;
mod papers;
mod publications;
pub(crate) mod reach;
mod refine;
mod rules;
mod slice;
mod stages;
pub(crate) mod trail;
mod unused;

use crate::{
    EffectKind, Expiry, Need, Procedure, Wanted,
    fault::{Code, Draft, Faults},
    read::{names::Kind, scope::Marks},
};

/// A procedure under examination.
pub(crate) struct Exam<'a> {
    pub(crate) procedure: &'a Procedure,
    pub(crate) marks: &'a Marks,
    pub(crate) faults: &'a mut Faults,
}

/// Checks a procedure that was read without a fault.
pub(crate) fn procedure(procedure: &Procedure, marks: &Marks, faults: &mut Faults) {
    let before = faults.errors();
    let mut exam = Exam { procedure, marks, faults };
    exam.extensions();
    exam.idle();
    exam.publications();
    exam.drafts();
    exam.claims();
    exam.distincts();
    exam.colleagues();
    exam.unused();
    exam.papers();
    let whole = exam.whole();
    // What follows asks about paths, of which there must be some.
    let items: Vec<Option<&crate::Key>> = procedure.items.iter().map(|it| Some(&it.key)).collect();
    let scopes = || std::iter::once(None).chain(items.iter().copied());
    if whole
        && exam.faults.errors() == before
        && exam.expiries()
        && scopes().filter(|it| !exam.stages(*it)).count() == 0
    {
        scopes().for_each(|scope| exam.paths(scope));
        exam.clocks();
        exam.lengths();
        exam.rules();
    }
}

impl Exam<'_> {
    /// Reports something declared under a name.
    fn report(&mut self, draft: Draft, kind: Kind, key: &crate::Key) {
        let draft = match self.marks.names.place(kind, key) {
            Some(span) => draft.at(span),
            None => draft,
        };
        self.faults.add(draft);
    }

    /// Whether the procedure begins and ends somewhere.
    fn whole(&mut self) -> bool {
        let begins = self.procedure.openings().next().is_some();
        let ends = self.procedure.stages.iter().any(|it| it.closed);
        for variant in [(begins, "no-opening"), (ends, "no-closed")].iter().filter(|it| !it.0) {
            let mut draft = Draft::new(Code::BadDeclaration, variant.1);
            if let Some(span) = self.marks.head {
                draft = draft.at(span);
            }
            self.faults.add(draft);
        }
        begins && ends
    }

    /// A claim is taken with one field: by two, a matter could hold two seats.
    fn claims(&mut self) {
        let mut taken: Vec<(&crate::Key, &crate::Key)> = Vec::new();
        for act in &self.procedure.acts {
            for (place, effect) in act.effects.iter().enumerate() {
                let EffectKind::Claim { claim, by } = &effect.kind else { continue };
                if taken.iter().any(|it| it.0 == claim && it.1 != by) {
                    let name = self.procedure.claim(claim).map(|it| it.name.clone()).unwrap_or_default();
                    let draft = Draft::new(Code::BadDeclaration, "two-fields").put_text("claim", name);
                    let span = self.marks.effects.get(&(act.key.clone(), place)).copied();
                    self.faults.add(span.into_iter().fold(draft, Draft::at));
                }
                taken.push((claim, by));
            }
        }
    }

    /// An act that needs approval can be drafted and endorsed.
    fn drafts(&mut self) {
        let has = |kind: &EffectKind| {
            self.procedure.acts.iter().any(|act| act.effects.iter().any(|it| it.kind == *kind))
        };
        let drafted = has(&EffectKind::Draft) && has(&EffectKind::Endorse);
        for act in self.procedure.acts.iter().filter(|it| it.approval.is_some()) {
            let parties = act.asks.iter().any(|it| matches!(it.what, Wanted::Parties(_)));
            let variant = match (drafted, parties) {
                (false, _) => "undrafted",
                (true, true) => "drafted-parties",
                (true, false) => continue,
            };
            let draft = Draft::new(Code::BadAct, variant).put_text("act", act.name.clone());
            self.report(draft, Kind::Act, &act.key);
        }
    }

    /// Only a limit that may be extended is extended.
    fn extensions(&mut self) {
        for act in &self.procedure.acts {
            for (place, effect) in act.effects.iter().enumerate() {
                let EffectKind::Extend { limit, .. } = &effect.kind else { continue };
                let may = self.procedure.limit(limit).is_some_and(|it| it.extension.is_some());
                if !may && let Some(span) = self.marks.effects.get(&(act.key.clone(), place)) {
                    let draft = Draft::new(Code::BadDeclaration, "no-extension").put("limit", limit);
                    self.faults.add(draft.at(*span));
                }
            }
        }
    }

    /// A clock that is suspended can go on again, and one that goes on can have been suspended.
    fn idle(&mut self) {
        let effects = || {
            self.procedure.acts.iter().flat_map(|act| {
                act.effects.iter().enumerate().map(move |(place, it)| (&act.key, place, &it.kind))
            })
        };
        let any = |wanted: EffectKind| effects().any(|it| *it.2 == wanted);
        let mut drafts = Vec::new();
        for (act, place, kind) in effects() {
            let (variant, limit) = match kind {
                EffectKind::Suspend(limit) if !any(EffectKind::Resume(limit.clone())) => {
                    ("never-resumed", limit)
                }
                EffectKind::Resume(limit) if !any(EffectKind::Suspend(limit.clone())) => {
                    ("never-suspended", limit)
                }
                _ => continue,
            };
            let draft = Draft::new(Code::IdleEffect, variant).put("limit", limit);
            let span = self.marks.effects.get(&(act.clone(), place)).copied();
            drafts.push(span.into_iter().fold(draft, Draft::at));
        }
        drafts.into_iter().for_each(|draft| self.faults.add(draft));
    }

    /// What limits deem is the law's own act, asks for nothing, and stops the clock whose end it is.
    fn expiries(&mut self) -> bool {
        let before = self.faults.errors();
        for limit in &self.procedure.limits {
            let Expiry::Deem(key) = &limit.expiry else { continue };
            let Some(act) = self.procedure.act(key) else { continue };
            let asks = act.asks.iter().any(|ask| ask.need == Need::Required) || !act.requires.is_empty();
            let stops = act
                .effects
                .iter()
                .any(|effect| effect.when.is_none() && effect.kind == EffectKind::Stop(limit.key.clone()));
            let wrong = [(!act.by_law, "not-law"), (asks, "asks"), (!stops, "keeps-clock")];
            for (_, variant) in wrong.iter().filter(|it| it.0) {
                let draft = Draft::new(Code::ExpiryActUnlawful, variant);
                let draft = draft.put_text("act", act.name.clone());
                let draft = draft.put_text("limit", limit.name.clone());
                let span = self.marks.deems.get(&limit.key).copied();
                self.faults.add(span.into_iter().fold(draft, Draft::at));
            }
        }
        for act in self.procedure.acts.iter().filter(|act| act.by_law) {
            let deemed = self.procedure.limits.iter().any(|it| it.expiry == Expiry::Deem(act.key.clone()));
            if !deemed {
                let draft = Draft::new(Code::BadAct, "nobody").put_text("act", act.name.clone());
                self.report(draft, Kind::Act, &act.key);
            }
        }
        self.faults.errors() == before
    }
}
