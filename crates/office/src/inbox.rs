//! The inbox: matters by the next legal end.

use std::collections::{BTreeMap, BTreeSet};

use engine::Jurisdiction;
use law::Key;
use store::{Cursor, InboxFilter, InboxKind, MatterRow, Reader};

use crate::{
    access::{Caller, Denied, Right, may, reading_row},
    matter::{party_name, title},
    open::{Office, unknown},
    reading::Given,
    view::{InboxChoices, InboxCounts, InboxView, Page, ProcedureChoice, Row, RowDue},
};

/// Rows on a page.
const PAGE: usize = 50;
/// Most rows a search gives.
const FOUND: usize = 100;

impl Office {
    /// A page of the caller's inbox.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn inbox(
        &self,
        caller: &Caller,
        view: impl Into<InboxView>,
        after: Option<&str>,
    ) -> anyhow::Result<Result<Page<Row>, Denied>> {
        let view = view.into();
        let page = self.inbox_page(caller, &view, after, PAGE)?;
        let choices = self.inbox_choices(caller).unwrap_or_default();
        self.noted(caller, view.named(&choices), page).await
    }

    /// Whose matters and which stages an inbox can be narrowed to: officials of the caller's body, and the stages of
    /// every procedure in force.
    pub fn inbox_choices(&self, caller: &Caller) -> Result<InboxChoices, Denied> {
        let place = desk(caller)?;
        let own = self.works(caller);
        let here = self.accounts(&place).into_iter();
        let here = here.filter(|it| it.posts.iter().any(|it| own.contains_key(&it.body)));
        let handlers = here.map(|it| (it.id, it.name)).collect();
        let today = self.now().date();
        let procedures: BTreeSet<Key> = own.into_values().flatten().collect();
        let procedures = procedures.into_iter().filter_map(|key| {
            let procedure = self.laws().procedure(&key, today)?;
            let own = procedure.stages.iter().filter(|it| it.item.is_none());
            let stages = own.map(|it| (it.key.clone(), it.name.clone())).collect();
            Some(ProcedureChoice { key, name: procedure.name.clone(), stages })
        });
        Ok(InboxChoices { handlers, procedures: procedures.collect() })
    }

    /// Notes that a page of matters is given out, and gives it.
    pub(crate) async fn noted(
        &self,
        caller: &Caller,
        what: String,
        page: Result<Page<Row>, Denied>,
    ) -> anyhow::Result<Result<Page<Row>, Denied>> {
        if let (Ok(page), Ok(place)) = (&page, desk(caller)) {
            self.note(caller, &place, Given::list(what, page.rows.len())).await?;
        }
        Ok(page)
    }

    /// Rows of the caller's inbox from a place on.
    pub(crate) fn inbox_page(
        &self,
        caller: &Caller,
        view: &InboxView,
        after: Option<&str>,
        size: usize,
    ) -> anyhow::Result<Result<Page<Row>, Denied>> {
        let place = match desk(caller) {
            Ok(it) => it,
            Err(denied) => return Ok(Err(denied)),
        };
        let mut filter = InboxFilter::new(view.kind, self.now().date());
        let own = self.works(caller);
        filter.bodies = own.keys().cloned().collect();
        let procedures: BTreeSet<Key> = own.into_values().flatten().collect();
        filter.procedures = procedures.into_iter().collect();
        filter.procedures.retain(|it| view.procedure.as_ref().is_none_or(|only| it == only));
        if filter.procedures.is_empty() {
            return Ok(Ok(Page { rows: Vec::new(), next: None }));
        }
        filter.stages.extend(view.stage.clone());
        filter.handler.clone_from(&view.handler);
        let after: Option<Cursor> = after.and_then(|it| it.parse().ok());
        let mut rows = self.store().read(|it| it.inbox(&place, &filter, after.as_ref(), size + 1))?;
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| more).map(|it| it.cursor().to_string());
        // Whoever has different posts in two bodies sees in each only what is theirs there.
        rows.retain(|it| may(caller, reading_row(self.laws(), &place, it)).is_ok());
        Ok(Ok(Page { rows: self.rows(&place, rows)?, next }))
    }

    /// The numbers above the caller's inbox.
    ///
    /// # Errors
    /// If the store fails.
    pub fn inbox_counts(&self, caller: &Caller) -> anyhow::Result<Result<InboxCounts, Denied>> {
        let place = match desk(caller) {
            Ok(it) => it,
            Err(denied) => return Ok(Err(denied)),
        };
        let (today, own) = (self.now().date(), self.works(caller));
        let mut all = InboxCounts::default();
        self.store().read(|reader| {
            for (body, procedures) in own {
                let procedures: Vec<Key> = procedures.into_iter().collect();
                let counts = reader.counts(&place, &[body], &procedures, today)?;
                all.open += counts.open;
                all.due_today += counts.due_today;
                all.overdue += counts.overdue;
                all.due_soon += counts.due_soon;
                all.suspended += counts.suspended;
            }
            Ok(())
        })?;
        Ok(Ok(all))
    }

    /// Matters by number or party name.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn search(&self, caller: &Caller, query: &str) -> anyhow::Result<Result<Vec<Row>, Denied>> {
        let found = self.search_page(caller, query)?;
        Ok(self.noted(caller, "search".to_owned(), found).await?.map(|it| it.rows))
    }

    /// Matters by number or party name, on one page.
    pub(crate) fn search_page(
        &self,
        caller: &Caller,
        query: &str,
    ) -> anyhow::Result<Result<Page<Row>, Denied>> {
        let place = match desk(caller) {
            Ok(it) => it,
            Err(denied) => return Ok(Err(denied)),
        };
        let query = crate::receipt::normal_number(query);
        let procedures = self.laws().procedures();
        let mut rows = self.store().read(|reader| reader.search(&place, &query, FOUND))?;
        for procedure in &procedures {
            let own = crate::import::find_own(self, &place, procedure, &query)?;
            let row = own.map(|id| self.store().read(|reader| reader.matter_row(&place, id)));
            let row = row.transpose()?.flatten();
            rows.extend(row.filter(|row| rows.iter().all(|it| it.id != row.id)));
        }
        rows.retain(|it| may(caller, reading_row(self.laws(), &place, it)).is_ok());
        Ok(Ok(Page { rows: self.rows(&place, rows)?, next: None }))
    }

    /// What a caller works on: the bodies where they have posts, each with the procedures in which one of these
    /// posts has a part.
    fn works(&self, caller: &Caller) -> BTreeMap<String, BTreeSet<Key>> {
        let mut works: BTreeMap<String, BTreeSet<Key>> = BTreeMap::new();
        for post in caller.account.iter().flat_map(|it| &it.posts) {
            let theirs = self.laws().procedures();
            let theirs = theirs.into_iter().filter(|it| self.laws().posts_of(it).contains(&post.kind));
            works.entry(post.body.clone()).or_default().extend(theirs);
        }
        works.retain(|_, procedures| !procedures.is_empty());
        works
    }

    /// Rows in words: who against whom, stage, next end.
    pub(crate) fn rows(&self, place: &Jurisdiction, rows: Vec<MatterRow>) -> anyhow::Result<Vec<Row>> {
        self.store().read(|reader| rows.into_iter().map(|it| self.row(reader, place, it)).collect())
    }

    fn row(&self, reader: &Reader, place: &Jurisdiction, row: MatterRow) -> anyhow::Result<Row> {
        let (matter, secrets) = (reader.matter(place, row.id)?, reader.secrets(place, row.id)?);
        let Some(matter) = matter else { anyhow::bail!("a row without its matter: {}", row.id) };
        let procedure = self.laws().of_matter(&matter.law, |hash| reader.law(hash))?;
        let due = matter.next_due().and_then(|clock| {
            let limit = procedure.limit(&clock.limit)?;
            let unit = clock.length.unit;
            Some(RowDue {
                limit: limit.name.clone(),
                due: clock.due,
                left: self.laws().calendar().days_left(self.now().date(), clock.due, unit),
                unit,
                provisional: clock.provisional,
            })
        });
        let named = |party: &engine::PartyRecord| party_name(party, &secrets);
        Ok(Row {
            id: row.id,
            number: matter.number(),
            procedure: procedure.name.clone(),
            title: title(&procedure, &matter, named),
            stage: procedure.stage(&matter.stage).map_or_else(unknown, |it| it.name.clone()),
            closed: matter.closed,
            outcome: matter.outcome.as_ref().and_then(|it| procedure.outcome(it)).map(|it| it.name.clone()),
            received: matter.received.date(),
            due,
            suspended: matter
                .clocks
                .iter()
                .any(|it| matches!(it.state, engine::ClockState::Suspended { .. })),
            findings: matter.findings,
            handler: row.handler.map(|it| self.official(&it, self.now().date()).unwrap_or(it)),
        })
    }
}

/// A part of the inbox as addresses and records name it.
pub(crate) fn word(kind: InboxKind) -> &'static str {
    match kind {
        InboxKind::Open => "open",
        InboxKind::Overdue => "overdue",
        InboxKind::Today => "today",
        InboxKind::Soon => "soon",
        InboxKind::Suspended => "suspended",
        InboxKind::Closed => "closed",
    }
}

impl From<InboxKind> for InboxView {
    fn from(kind: InboxKind) -> Self {
        Self { kind, ..Self::default() }
    }
}

impl InboxView {
    /// As the read log names it; what is none of the choices was typed into the address and is not repeated.
    pub(crate) fn named(&self, choices: &InboxChoices) -> String {
        let handler =
            self.handler.as_ref().map(|it| (it.as_str(), choices.handlers.iter().any(|one| one.0 == *it)));
        let procedure = self.procedure.as_ref();
        let procedure =
            procedure.map(|it| (it.as_str(), choices.procedures.iter().any(|one| one.key == *it)));
        let stages = || choices.procedures.iter().flat_map(|it| &it.stages);
        let stage = self.stage.as_ref().map(|it| (it.as_str(), stages().any(|one| one.0 == *it)));
        let mut name = format!("inbox:{}", word(self.kind));
        for (part, known) in [handler, procedure, stage].into_iter().flatten() {
            name.push(':');
            name.push_str(if known { part } else { "?" });
        }
        name
    }
}

/// The place a caller works for.
pub(crate) fn desk(caller: &Caller) -> Result<Jurisdiction, Denied> {
    let Some(account) = &caller.account else { return Err(Denied::SignInFirst) };
    may(caller, Right::Work(&account.place))?;
    Ok(account.place.clone())
}
