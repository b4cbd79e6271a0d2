//! What this seat may do, in the shape in which screens ask.

use std::collections::BTreeSet;

use tern_form::Field;
use tern_record::need::Need;
use tern_record::right::{Read, Right, Topic, What, Write, topic_of_service};
use tern_record::{Role, Tier};

use super::OF_SERVICES;
use super::needs::topic_of_need;
use crate::app::App;
use crate::view::{LockView, MayView, OptionView};

impl App {
    /// What this seat may do.
    pub(crate) fn may_view(&self) -> MayView {
        let writes = |topic, tier| self.rights.right(topic, tier).write >= Write::Intake;
        let always = |topic, tier| self.rights.right(topic, tier).write == Write::Yes;
        let right_of_kind = |kind: &str| {
            let what =
                What { record: kind, form: kind, list: None, field: "", tier: Tier::T2, service: None };
            self.rights.right(what.topic(), Tier::T2)
        };
        let kinds = self.readable_kinds();
        let needs = Need::ALL.into_iter().filter(|need| always(topic_of_need(*need), Tier::T2));
        MayView {
            roles: self.role_words(),
            children: self.rights.sees_children(),
            overdue: self.sees_overdue(),
            names: self.reads_names(),
            ages: self.rights.right(Topic::Age, Tier::T2).read >= Read::Band,
            registers: self.rights.registers(),
            rolls: always(Topic::Presence, Tier::T2),
            needs: needs.map(|need| need.code().to_owned()).collect(),
            takes_on: always(Topic::Other, Tier::T2),
            arrivals: writes(Topic::Arrival, Tier::T2),
            papers: writes(Topic::PaperBatch, Tier::T2),
            feedback: writes(Topic::Feedback, Tier::T2),
            writes_kinds: kinds
                .iter()
                .filter(|kind| right_of_kind(kind).write == Write::Yes)
                .cloned()
                .collect(),
            kinds,
            copies: self.rights.reads_whole("child"),
            restricted: self.rights.opens_restricted(),
            confirms: always(Topic::Proposal, Tier::T2),
            settles: self.rights.right(Topic::Name, Tier::T2).write >= Write::Caseload
                && self.rights.sees_children(),
            moves: always(Topic::Other, Tier::T2),
            audits: self.rights.roles().iter().any(|role| role.audits()),
            admits: self.rights.roles().iter().any(|role| role.certifies()),
            removes: self.rights.roles().iter().any(|role| role.removes()),
            reviews: self.may_review().is_ok(),
            cards: self.rights.is(Role::BorderChecker),
        }
    }

    /// Kinds of records that are no child's and that this seat reads.
    fn readable_kinds(&self) -> Vec<String> {
        let kinds: BTreeSet<&str> = self.schema.forms().map(|form| form.record.as_str()).collect();
        let others = kinds.into_iter().filter(|kind| *kind != "child" && self.reads_kind(kind).is_ok());
        others.map(str::to_owned).collect()
    }

    fn role_words(&self) -> Vec<OptionView> {
        let list = self.schema.codelist("role");
        let words = |code: &str| {
            let list = list?;
            let found = self.schema.texts().find(self.text.language(), &list.message(code));
            found.or_else(|| list.find(code).map(|code| code.label.clone()))
        };
        let roles = self.rights.roles().iter().map(|role| role.code());
        roles
            .map(|code| OptionView {
                code: code.to_owned(),
                label: words(code).unwrap_or_else(|| code.to_owned()),
            })
            .collect()
    }

    /// What may be done with a field of some row at least: of a service, the best of every type.
    fn right_of_field(&self, field: &Field) -> Right {
        let is_of_service = field.list.as_deref().is_some_and(|list| OF_SERVICES.contains(&list));
        let types = self.schema.codelist("service_type").filter(|_| is_of_service);
        let topics =
            types.into_iter().flat_map(|list| &list.codes).map(|code| topic_of_service(Some(&code.code)));
        let own = self.what(field, None).topic();
        topics.chain([own]).map(|topic| self.rights.right(topic, field.tier)).fold(
            Right { read: Read::No, write: Write::No },
            |a, b| Right { read: a.read.max(b.read), write: a.write.max(b.write) },
        )
    }

    /// Whether this seat reads answers to a field.
    pub(crate) fn lock_of(&self, field: &Field) -> LockView {
        match self.right_of_field(field).read {
            Read::No | Read::Late | Read::Band => LockView::Always,
            Read::Own => LockView::Others,
            Read::Caseload | Read::Reason | Read::Yes => LockView::Open,
        }
    }

    /// This seat does not change answers to a field.
    pub(crate) fn is_fixed(&self, field: &Field) -> bool {
        self.right_of_field(field).write < Write::Intake
    }
}
