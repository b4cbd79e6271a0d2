//! What is kept of readings, exports and members reaches auditors: each seat drops its events to the audit scope, which
//! auditors read and nobody else, not even their author's device once they are sealed.

use tern_record::cbor::Canonical;
use tern_record::{
    Cause, ClockFlag, Compartment, EnvelopeId, Intent, LogId, Path, RecordId, Scalar, SeatId, Stamp, short,
};
use tern_seal::envelope::{Place, Section, Verified, make_drop};
use tern_seal::epoch::intake_secret;
use tern_seal::limits::MAX_INTENTS;
use tern_seal::roster::ScopeKind;
use tern_store::audit::{About, AuditRow, Sealed};
use tern_store::envelope::{EnvelopeRow, OwnLog};

use crate::Reply;
use crate::admit::{Admitted, envelope_row};
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::held;

/// The form that events are said to be of.
const FORM: &str = "audit";
const WHAT: &str = "audit.what";
const RECORD: &str = "audit.record";
const WHOM: &str = "audit.whom";
const WHY: &str = "audit.why";

impl App {
    /// Drops this seat's events since the last time. While nobody reads them they stay; when those who had the key are gone
    /// and others have come with a new one, all are dropped again.
    pub(crate) fn seal_audit(&mut self) -> Reply<()> {
        while self.seal_events()? {}
        Ok(())
    }

    /// One envelope of events; says whether there were any.
    fn seal_events(&mut self) -> Reply<bool> {
        let seat = self.me.seat;
        let most = u32::try_from(MAX_INTENTS).unwrap_or(u32::MAX);
        let scopes = self.roster.scopes.iter();
        let mut of_audit = scopes.filter(|(_, scope)| scope.kind == ScopeKind::Audit);
        let Some((scope, state)) = of_audit.next().map(|(id, state)| (*id, state)) else { return Ok(false) };
        if !self.roster.is_read(state) {
            return Ok(false);
        }
        let epoch = state.current;
        let sealed = self.vault.audit_sealed(seat)?.filter(|sealed| state.opens(epoch, sealed.epoch));
        let rows = self.vault.audit_after(seat, sealed.map_or(0, |sealed| sealed.through), most)?;
        let Some((through, _)) = rows.last() else { return Ok(false) };
        let sealed = Sealed { through: *through, epoch };
        let Some(intake) = state.intake().cloned() else { return Ok(false) };
        let intents = rows.iter().map(|(_, row)| event(row)).collect::<Reply<_>>()?;
        let record = RecordId::new(*seat.as_bytes());
        let sections = [Section { record, compartment: Compartment::Core, intents }];
        let log = self.vault.write(|tx| tx.own_log(scope, seat)).map_err(Failure::from)?;
        let log = log.unwrap_or_else(|| OwnLog { id: self.draw(LogId::make_random), next: 0, head: None });
        let prev = log.head.unwrap_or(EnvelopeId::new([0; 32]));
        let place = Place { scope, seat, log: log.id, seq: log.next, prev, epoch };
        let made =
            self.draw(|random| make_drop(self.realm, place, &sections, &intake, &self.signing, random));
        let made = made.map_err(|_| Code::Internal("envelope"))?;
        let (id, bytes) = (made.id(), made.to_bytes());
        let row = EnvelopeRow { id, log: log.id, seq: log.next, prev, scope, seat, bytes };
        let next = OwnLog { next: log.next + 1, head: Some(id), ..log };
        self.vault
            .write(|tx| {
                tx.add_envelope(&row)?;
                tx.put_own_log(scope, seat, next)?;
                tx.put_audit_sealed(seat, sealed)
            })
            .map_err(Failure::from)?;
        Ok(true)
    }

    /// Takes events of another seat in.
    pub(crate) fn admit_audit(&mut self, bytes: &[u8], verified: &Verified) -> Reply<Admitted> {
        let events = match self.events_in(verified) {
            Ok(events) => events,
            Err(code) => return self.set_aside(bytes, Some(verified), code),
        };
        let row = envelope_row(bytes, verified);
        let new = self.vault.write(|tx| {
            let added = tx.add_envelope(&row)?;
            tx.release(*row.id.as_bytes())?;
            tx.undecline(row.id)?;
            if added.map_or_else(|| tx.opened(row.id), |ord| Ok(Some(ord)))?.is_none() {
                return Ok(None);
            }
            let mut new = 0;
            for event in &events {
                new += u32::from(tx.add_audit_once(event)?);
            }
            Ok::<Option<u32>, tern_store::StoreError>(Some(new))
        })?;
        Ok(new.map_or(Admitted::Known, Admitted::New))
    }

    pub(crate) fn events_in(&self, verified: &Verified) -> Result<Vec<AuditRow>, &'static str> {
        let place = verified.place();
        let keys = self.keys.others.get(&place.scope).ok_or(held::SCOPE_UNKNOWN)?;
        let key = keys.epochs.get(&place.epoch).ok_or(held::EPOCH_UNKNOWN)?;
        let opened = verified.open_drop(self.realm, &intake_secret(key, place.scope));
        let sections = opened.map_err(tern_seal::envelope::EnvelopeError::code)?;
        let intents = sections.iter().flat_map(|section| &section.intents);
        intents.map(|intent| row(intent, place).ok_or("envelope-section")).collect()
    }
}

fn event(row: &AuditRow) -> Reply<Intent> {
    let path = |text: &str| Path::new(text).map_err(|_| Code::Internal("path"));
    let mut puts =
        vec![(path(WHAT)?, Scalar::from(row.what.as_str())), (path(WHY)?, Scalar::from(row.why.as_str()))];
    puts.extend(match row.about {
        Some(About::Record(record)) => {
            Some((path(RECORD)?, Scalar::from(short::long_text(record.as_bytes()).as_str())))
        }
        Some(About::Seat(seat)) => Some((path(WHOM)?, Scalar::from(seat.to_hex().as_str()))),
        None => None,
    });
    let stamp = Stamp { at_ms: row.at_ms, offset_min: row.offset_min, clock: ClockFlag::Sure };
    Ok(Intent::new(stamp, Cause::Typed, FORM, 1, Vec::new(), puts).map_err(|_| Code::Internal("event"))?)
}

fn row(intent: &Intent, place: &Place) -> Option<AuditRow> {
    let said = |at: &str| {
        let mut puts = intent.puts().iter().filter(|(path, _)| path.as_str() == at);
        puts.next().and_then(|(_, value)| value.as_text())
    };
    let about = match (said(RECORD), said(WHOM)) {
        (Some(text), None) => Some(About::Record(RecordId::new(short::from_long_text(text)?))),
        (None, Some(text)) => Some(About::Seat(SeatId::from_hex(text).ok()?)),
        (None, None) => None,
        (Some(_), Some(_)) => return None,
    };
    let stamp = intent.stamp();
    Some(AuditRow {
        at_ms: stamp.at_ms,
        offset_min: stamp.offset_min,
        seat: place.seat,
        what: said(WHAT)?.to_owned(),
        about,
        why: said(WHY)?.to_owned(),
    })
}
