//! Access to services as events: a need, a referral, a refusal, a first day (FHIR ServiceRequest and
//! EpisodeOfCare). The latest event says how a service stands; nothing is a status field of its own.

use jiff::civil::Date;

use super::{Life, Row, code, day, yes};

/// How a service stands. In rising order of weight: of events on one day the heaviest is the last word,
/// and a refusal is heavier than anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServiceState {
    /// Somebody saw that it is needed.
    NeedAssessed,
    /// Asked of a provider.
    Referred,
    /// On a waiting list.
    Waitlisted,
    /// Accepted, not begun.
    Accepted,
    /// The child has it.
    Receiving,
    /// Interrupted.
    Suspended,
    /// Over.
    Ended,
    /// Not needed, with a reason.
    NoLongerNeeded,
    /// There is none.
    Unavailable,
    /// The child did not want it.
    DeclinedByChild,
    /// Refused by somebody.
    Denied,
}

impl ServiceState {
    /// Reads a code of list `service_state`.
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "need_assessed" => Self::NeedAssessed,
            "referred" => Self::Referred,
            "waitlisted" => Self::Waitlisted,
            "accepted" => Self::Accepted,
            "receiving" => Self::Receiving,
            "suspended" => Self::Suspended,
            "ended" => Self::Ended,
            "no_longer_needed" => Self::NoLongerNeeded,
            "unavailable" => Self::Unavailable,
            "declined_by_child" => Self::DeclinedByChild,
            "denied" => Self::Denied,
            _ => return None,
        })
    }

    /// Somebody was asked and the answer is not there yet.
    pub fn is_asked(self) -> bool {
        matches!(self, Self::Referred | Self::Waitlisted | Self::Accepted)
    }
}

/// One service of a child.
#[derive(Clone, Debug)]
pub struct Service<'a> {
    /// Its row.
    pub id: &'a str,
    /// What was answered about it.
    pub row: &'a Row,
    /// What happened, the last thing last.
    pub events: Vec<(Date, ServiceState, &'a Row)>,
}

impl Service<'_> {
    /// How it stands.
    pub fn state(&self) -> Option<ServiceState> {
        self.events.last().map(|event| event.1)
    }

    /// Since when it stands so.
    pub fn since(&self) -> Option<Date> {
        self.events.last().map(|event| event.0)
    }

    /// First of all its days.
    pub fn first_day(&self) -> Option<Date> {
        self.events.first().map(|event| event.0)
    }

    /// Given in this country: only such a service meets a need here.
    pub fn is_here(&self, host: Option<&str>) -> bool {
        code(self.row, "country_of_service").is_none_or(|country| Some(country) == host)
    }

    /// A place to sleep that is fit for a child and that the child may leave.
    pub fn is_adequate_shelter(&self, life: &Life) -> bool {
        code(self.row, "adequacy") == Some("adequate")
            && !life
                .rows_of("service_inadequacies", self.id)
                .any(|(_, row)| code(row, "inadequacy") == Some("custodial"))
    }

    /// A fee was asked.
    pub fn has_fee(&self) -> bool {
        yes(self.row, "fee_charged") == Some(true)
    }
}

impl Life {
    /// Every service, each with its events in order: by day, then by weight.
    pub fn services(&self) -> impl Iterator<Item = Service<'_>> {
        self.rows("services").map(|(id, row)| {
            let mut events: Vec<(Date, ServiceState, &Row)> = self
                .rows_of("service_events", id)
                .filter_map(|(_, event)| {
                    let state = ServiceState::from_code(code(event, "state")?)?;
                    Some((day(event, "at")?, state, event))
                })
                .collect();
            events.sort_by_key(|(at, state, _)| (*at, *state));
            Service { id, row, events }
        })
    }

    /// The service of a type that stands best: one received here before one asked for, then the latest.
    pub fn best_service(&self, kind: &str, host: Option<&str>) -> Option<Service<'_>> {
        self.services()
            .filter(|service| code(service.row, "type") == Some(kind) && service.is_here(host))
            .filter(|service| service.state() != Some(ServiceState::Ended))
            .max_by_key(|service| (service.state() == Some(ServiceState::Receiving), service.since()))
    }

    /// The first day on which a date stands in any health or other service: the screens that were done.
    pub fn service_date(&self, field: &str) -> Option<Date> {
        self.rows("services").filter_map(|(_, row)| day(row, field)).min()
    }
}
