//! What is kept aside, as somebody looks at it: a lost tablet that is found again holds real registrations, a stolen one
//! may hold anything. A person takes it or leaves it aside, and may think again. Nothing is thrown away.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tern_record::id::hex;
use tern_record::right::Rights;
use tern_record::{EnvelopeId, LogId, RecordId, Role, ScopeId, SeatId, short};
use tern_seal::envelope::Verified;
use tern_seal::roster::{Body, Capacity, Cut, ScopeKind, SeatState, Spot, Standing, WorkAccepted};
use tern_store::quarantine::HeldRow;
use tern_store::tried::Tried;

use crate::Reply;
use crate::app::App;
use crate::audit::Event;
use crate::failure::{Code, Failure};
use crate::held::{self, Hope, hope};
use crate::view::{AboutView, ReviewState, ReviewView};

/// What an envelope holds, as far as this seat reads it.
#[derive(Clone)]
pub(crate) struct Content {
    records: BTreeSet<RecordId>,
    changes: usize,
}

/// What was opened for a list already: listed again, it is not opened again.
#[derive(Default)]
pub(super) struct Seen(BTreeMap<EnvelopeId, Content>);

impl Seen {
    fn or_open(&mut self, envelope: &Verified, app: &App) -> Option<Content> {
        if let Some(content) = self.0.get(&envelope.id()) {
            return Some(content.clone());
        }
        let content = app.content(envelope)?;
        self.0.insert(envelope.id(), content.clone());
        Some(content)
    }
}

impl App {
    /// What is kept aside, and work that counts here and not elsewhere: first what somebody may decide.
    pub fn reviews(&mut self) -> Reply<Vec<ReviewView>> {
        self.reviews_seen(&mut Seen::default())
    }

    fn reviews_seen(&mut self, seen: &mut Seen) -> Reply<Vec<ReviewView>> {
        self.may_review()?;
        let mut views = Vec::new();
        let mut unsigned: BTreeMap<String, ReviewView> = BTreeMap::new();
        for (row, tried) in self.vault.held_tried(self.me.seat)? {
            if row.signed.is_some() {
                views.extend(self.aside_view(&row, tried, seen)?);
            } else {
                self.count_unsigned(&row, &mut unsigned);
            }
        }
        for (seat, id, code) in self.taken_beside()? {
            views.push(self.taken_view(seat, id, code, seen)?);
        }
        views.extend(unsigned.into_values());
        views.sort_by_key(|view| view.state);
        Ok(views)
    }

    /// How much waits for this seat to decide, without opening what is kept aside: by what was found when it was tried. What
    /// came since then is counted as far as its author was changed or is out.
    pub(crate) fn undecided(&self) -> Reply<usize> {
        if self.may_review().is_err() {
            return Ok(0);
        }
        let mut count = 0;
        for (row, tried) in self.vault.held_tried(self.me.seat)? {
            let Some((seat, place)) = row.signed.filter(|_| hope(&row.code) == Hope::Decision) else {
                continue;
            };
            let decides = match tried {
                Some(tried) => tried.opens && tried.if_taken.is_some_and(|code| code.is_empty()),
                None => self.roster.seats.get(&seat).is_some_and(SeatState::is_cut),
            };
            count += usize::from(decides && !self.vault.is_declined(place.id)?);
        }
        for (_, id, _) in self.taken_beside()? {
            count += usize::from(!self.vault.is_declined(id)?);
        }
        Ok(count)
    }

    pub(crate) fn may_review(&self) -> Reply<()> {
        let me = self.roster.seats.get(&self.me.seat);
        let may = me.is_some_and(|me| {
            me.known_roles().into_iter().any(|role| role.certifies() || role == Role::CaseSupervisor)
        });
        if may { Ok(()) } else { Err(Code::NoRight.into()) }
    }

    fn aside_view(
        &mut self,
        row: &HeldRow,
        tried: Option<Tried>,
        seen: &mut Seen,
    ) -> Reply<Option<ReviewView>> {
        let Some(bytes) = self.vault.held_bytes(row.id)? else { return Ok(None) };
        let Ok(envelope) = self.verified(&bytes) else { return Ok(None) };
        let if_taken = match tried {
            Some(tried) => tried.if_taken,
            None => self.verdict(&envelope, &row.code)?,
        };
        let mut view = self.weighed_view(&envelope, &row.code, if_taken, seen)?;
        view.came = Some(self.moment_of(row.at_ms));
        Ok(Some(view))
    }

    /// What this device had taken before it heard that its author was out, or that the number had another owner.
    fn taken_view(
        &mut self,
        seat: SeatId,
        id: EnvelopeId,
        code: &'static str,
        seen: &mut Seen,
    ) -> Reply<ReviewView> {
        let bytes = self.vault.envelope(id)?.ok_or(Code::UnknownEntry)?;
        let Ok(envelope) = self.verified(&bytes) else { return Err(Code::Damaged.into()) };
        let content = seen.or_open(&envelope, self);
        let mut view = self.aside_line(hex(id.as_bytes()), Some(seat), code);
        view.taken = true;
        view.takes = content.is_some();
        view.state = if self.vault.is_declined(id)? { ReviewState::Left } else { ReviewState::Decide };
        self.filled(view, content)
    }

    /// An envelope that was refused for a reason, with what would come of taking it.
    fn weighed_view(
        &mut self,
        envelope: &Verified,
        code: &str,
        if_taken: Option<String>,
        seen: &mut Seen,
    ) -> Reply<ReviewView> {
        let content = seen.or_open(envelope, self);
        let counts = if_taken.as_deref() == Some("");
        let code = if_taken.as_deref().filter(|_| !counts).unwrap_or(code);
        let mut view = self.aside_line(hex(envelope.id().as_bytes()), Some(envelope.place().seat), code);
        view.state = match hope(code) {
            _ if counts && self.vault.is_declined(envelope.id())? => ReviewState::Left,
            _ if counts => ReviewState::Decide,
            Hope::Waits => ReviewState::Waits,
            Hope::Decision | Hope::Never => ReviewState::Never,
        };
        view.takes = counts && content.is_some();
        self.filled(view, content)
    }

    /// Why an envelope that is kept aside would still not count if somebody took it; empty when it would, `None` when
    /// nobody is asked.
    pub(crate) fn verdict(&mut self, envelope: &Verified, code: &str) -> Reply<Option<String>> {
        if hope(code) != Hope::Decision {
            return Ok(None);
        }
        let would = match self.roster.seats.get(&envelope.place().seat).is_some_and(SeatState::is_cut) {
            true => self.if_taken(envelope)?,
            // A seat that never was anything else is judged already.
            false => Err(code),
        };
        Ok(Some(would.err().unwrap_or_default().to_owned()))
    }

    /// Why an envelope would still not count if somebody took it: its author never had the role, or not at that site.
    fn if_taken(&mut self, envelope: &Verified) -> Reply<Result<(), &'static str>> {
        let place = *envelope.place();
        let ever = self.ever(place.seat);
        let Some(scope) = self.roster.scopes.get(&place.scope) else { return Ok(Err(held::SCOPE_UNKNOWN)) };
        if scope.site.is_some() && !ever.sites.contains(&scope.site) {
            return Ok(Err(held::SITE_MAY_NOT));
        }
        let is_audit = scope.kind == ScopeKind::Audit;
        if !self.keys.held().any(|keys| keys.scope == place.scope) {
            return Ok(Ok(()));
        }
        if is_audit {
            return Ok(self.events_in(envelope).map(drop));
        }
        let sections = match self.sections_of(envelope) {
            Ok(sections) => sections,
            Err(code) => return Ok(Err(code)),
        };
        let rows = self.rows_of(&place, &sections)?;
        let weighed = self.weigh(&rows, &Rights::of(&ever.roles))?;
        Ok(weighed.map(|records| self.let_go(records.into_iter(), &rows)))
    }

    pub(crate) fn content(&self, envelope: &Verified) -> Option<Content> {
        if let Ok(events) = self.events_in(envelope) {
            return Some(Content { records: BTreeSet::new(), changes: events.len() });
        }
        let sections = self.sections_of(envelope).ok()?;
        let records = sections.iter().map(|section| section.record).collect();
        let changes = sections.iter().map(|section| section.intents.len()).sum();
        Some(Content { records, changes })
    }

    fn count_unsigned(&self, row: &HeldRow, lines: &mut BTreeMap<String, ReviewView>) {
        let line = lines.entry(row.code.clone()).or_insert_with(|| {
            let state = if hope(&row.code) == Hope::Waits { ReviewState::Waits } else { ReviewState::Never };
            ReviewView { state, count: 0, ..self.aside_line(hex(&row.id), None, &row.code) }
        });
        line.count += 1;
        line.came = Some(self.moment_of(row.at_ms));
    }

    fn aside_line(&self, entry: String, seat: Option<SeatId>, code: &str) -> ReviewView {
        let names = seat.and_then(|seat| self.names.get(&seat));
        ReviewView {
            entry,
            worker: names.map(|names| names.worker.clone()).unwrap_or_default(),
            device: names.map(|names| names.device.clone()).unwrap_or_default(),
            came: None,
            records: Vec::new(),
            changes: 0,
            closed: false,
            code: code.to_owned(),
            why: self.text.word(&format!("held-{code}")),
            state: ReviewState::Never,
            taken: false,
            takes: false,
            count: 1,
        }
    }

    /// Work that this device had taken before it heard, and that others do not take: it stays, and is told.
    fn taken_beside(&self) -> Reply<Vec<(SeatId, EnvelopeId, &'static str)>> {
        let mut beside = Vec::new();
        let logs = self.vault.held_logs()?.into_iter();
        let scopes: BTreeMap<LogId, ScopeId> = logs.map(|row| (row.log, row.scope)).collect();
        let is_elsewhere = |log: &LogId, capacity: &Capacity| {
            let scope = scopes.get(log).and_then(|scope| self.roster.scopes.get(scope));
            scope.is_some_and(|scope| scope.site.is_some() && !capacity.sites.contains(&scope.site))
        };
        // Nobody asks for a word on their own work.
        let others = self.roster.seats.iter().filter(|(id, _)| **id != self.me.seat);
        for (id, seat) in others.filter(|(_, seat)| seat.is_cut()) {
            for place in self.vault.places_of(*id)? {
                let at = Spot { log: place.log, seq: place.seq, id: place.id };
                let code = match self.standing_of(seat, &at)? {
                    Standing::Later => held::SEAT_REMOVED,
                    Standing::Fork => held::CHAIN_FORK,
                    Standing::Counts(capacity) if is_elsewhere(&place.log, &capacity) => held::SITE_MAY_NOT,
                    Standing::Counts(_) | Standing::Gap => continue,
                };
                if self.vault.is_taken(place.id)? {
                    beside.push((*id, place.id, code));
                }
            }
        }
        Ok(beside)
    }

    /// Takes work, with all before it on the chain that ends in it, or leaves it aside. Either can be thought again.
    pub fn review(&mut self, entry: &str, take: bool) -> Reply<()> {
        self.may_review()?;
        let view = self.weighed_anew(entry)?.ok_or(Code::UnknownEntry)?;
        let decides = matches!(view.state, ReviewState::Decide | ReviewState::Left) && view.takes;
        if !decides {
            return Err(Code::NotToDecide.into());
        }
        let envelope = self.looked_at(entry)?;
        if take { self.take_later(&envelope) } else { self.leave_aside(&envelope) }
    }

    /// One thing, as it stands now: what was found when it was last tried is not relied on.
    fn weighed_anew(&mut self, entry: &str) -> Reply<Option<ReviewView>> {
        let id = EnvelopeId::from_hex(entry).map_err(|_| Code::UnknownEntry)?;
        match self.vault.held_one(*id.as_bytes())? {
            Some(row) if row.signed.is_none() => Err(Code::NotToDecide.into()),
            Some(row) => self.aside_view(&row, None, &mut Seen::default()),
            None => match self.taken_beside()?.into_iter().find(|(_, taken, _)| *taken == id) {
                Some((seat, id, code)) => self.taken_view(seat, id, code, &mut Seen::default()).map(Some),
                None => Ok(None),
            },
        }
    }

    /// Ids of all that somebody may look at.
    pub(super) fn to_be_looked_at(&self) -> Reply<Vec<[u8; 32]>> {
        self.may_review()?;
        let aside = self.vault.held()?.into_iter().map(|row| row.id);
        let beside = self.taken_beside()?.into_iter().map(|(_, id, _)| *id.as_bytes());
        Ok(aside.chain(beside).collect())
    }

    fn looked_at(&self, entry: &str) -> Reply<Verified> {
        let id = EnvelopeId::from_hex(entry).map_err(|_| Code::UnknownEntry)?;
        let bytes = match self.vault.held_bytes(*id.as_bytes())? {
            Some(bytes) => bytes,
            None => self.vault.envelope(id)?.ok_or(Code::UnknownEntry)?,
        };
        self.verified(&bytes).map_err(|_| Code::UnknownEntry.into())
    }

    fn take_later(&mut self, envelope: &Verified) -> Reply<()> {
        let (place, id) = (*envelope.place(), envelope.id());
        let cuts = vec![Cut { log: place.log, seq: place.seq, head: id }];
        let event = self.event(Event::WorkAccepted(place.seat));
        self.say(vec![Body::Accepted(WorkAccepted { seat: place.seat, cuts })], |tx| {
            tx.undecline(id)?;
            tx.add_audit(&event)
        })?;
        // What was said stands. Only that nothing could be written is told: another thing kept aside may fail for itself.
        match self.try_held() {
            Err(failure) if failure.code == Code::DiskFull => Err(failure),
            _ => Ok(()),
        }
    }

    fn leave_aside(&mut self, envelope: &Verified) -> Reply<()> {
        let event = self.event(Event::WorkDeclined(envelope.place().seat));
        let left = self.vault.write(|tx| {
            tx.decline(envelope.id())?;
            tx.add_audit(&event)
        });
        left.map_err(Failure::from)
    }

    fn filled(&self, mut view: ReviewView, content: Option<Content>) -> Reply<ReviewView> {
        view.closed = content.is_none();
        if let Some(content) = content {
            view.records =
                content.records.into_iter().map(|record| self.about_record(record)).collect::<Reply<_>>()?;
            view.changes = u32::try_from(content.changes).unwrap_or(u32::MAX);
        }
        Ok(view)
    }

    /// What a thing that is kept aside is about, as far as this seat reads it.
    pub(crate) fn about_held(&self, entry: [u8; 32]) -> Reply<Vec<AboutView>> {
        let Some(bytes) = self.vault.held_bytes(entry)? else { return Ok(Vec::new()) };
        let content = self.verified(&bytes).ok().and_then(|envelope| self.content(&envelope));
        content
            .into_iter()
            .flat_map(|content| content.records)
            .map(|record| self.about_record(record))
            .collect()
    }

    /// A record that a piece of work is about: by name where this device knows the child and this seat may know of it. What
    /// the work itself says counts for nothing yet.
    fn about_record(&self, record: RecordId) -> Reply<AboutView> {
        let child = if self.rights.sees_children() { self.line_of(record)? } else { None };
        Ok(AboutView { number: short::short_text(record.as_bytes()), child })
    }

    /// `review list`.
    pub fn script_reviews(&mut self) -> Reply<Value> {
        Ok(self.review_lines(&mut Seen::default())?.into())
    }

    pub(super) fn review_lines(&mut self, seen: &mut Seen) -> Reply<Vec<Value>> {
        let views = self.reviews_seen(seen)?;
        let line = |view: ReviewView| {
            json!({
                "entry": view.entry, "seat": view.worker, "device": view.device,
                "at": view.came.map(|came| self.instant(came.at_ms)),
                "records": numbers(&view.records), "children": children_json(&view.records), "changes": view.changes, "closed": view.closed, "code": view.code,
                "why": view.why, "state": view.state, "taken": view.taken, "takes": view.takes,
                "count": view.count,
            })
        };
        Ok(views.into_iter().map(line).collect())
    }
}

/// The numbers of the records.
pub(crate) fn numbers(records: &[AboutView]) -> serde_json::Value {
    records.iter().map(|about| about.number.as_str()).collect()
}

/// Those of the records whose child is known here.
pub(crate) fn children_json(records: &[AboutView]) -> serde_json::Value {
    let known = records.iter().filter_map(|about| about.child.as_ref());
    known
        .map(|line| serde_json::json!({ "id": line.id, "short_id": line.short_id, "name": line.name }))
        .collect()
}
