//! What the cells of a need offer, and what each does to the record.

use tern_record::need::Need;

/// What an outcome does to the record.
pub(super) enum Does {
    /// An event of the service of this need.
    Event(&'static str),
    /// An event, and what it says of the shelter.
    Shelter(&'static str),
    /// The day of a screen, on the service of this type.
    Screen(&'static str),
    /// A day on the guardianship that is open, and how it stands.
    Guardian(&'static str, &'static str),
    /// A step of the birth registration.
    Birth(&'static str),
    /// A day on the assessment of best interests.
    Assessment(&'static str),
    /// Words beside the need; nothing of it changes.
    Note,
}

pub(super) struct Outcome {
    pub(super) code: &'static str,
    pub(super) does: Does,
    /// List of reasons to choose from.
    pub(super) reasons: Option<&'static str>,
    pub(super) asks_who: bool,
    pub(super) asks_words: Option<&'static str>,
    pub(super) bulk: bool,
}

const fn plain(code: &'static str, does: Does) -> Outcome {
    Outcome { code, does, reasons: None, asks_who: false, asks_words: None, bulk: true }
}

const fn refused(does: Does) -> Outcome {
    Outcome {
        code: "refused",
        does,
        reasons: Some("denial_reason"),
        asks_who: true,
        asks_words: None,
        bulk: false,
    }
}

const fn with_words(code: &'static str, does: Does, words: &'static str) -> Outcome {
    Outcome { code, does, reasons: None, asks_who: false, asks_words: Some(words), bulk: false }
}

/// What the cells of a need offer, in the order of their number keys; a note last.
pub(super) fn outcomes_of(need: Need) -> Vec<Outcome> {
    let mut outcomes = events_of(need);
    outcomes.push(with_words("note", Does::Note, "note"));
    outcomes
}

/// "Not needed" is there for no bed, health, mental health or birth registration (PROTECTION 1.32).
fn events_of(need: Need) -> Vec<Outcome> {
    use Does::{Assessment, Birth, Event, Guardian, Screen, Shelter};
    match need {
        Need::Shelter => vec![
            plain("safe", Shelter("adequate")),
            plain("not_fit", Shelter("inadequate")),
            plain("asked", Event("referred")),
            refused(Event("denied")),
            plain("no_place", Event("unavailable")),
            with_words("not_taken_up", Event("declined_by_child"), "child-view"),
        ],
        Need::Health => vec![
            plain("screened", Screen("screen_on")),
            plain("vaccinations", Screen("immunisation_review_on")),
            plain("treated", Event("receiving")),
            plain("asked", Event("referred")),
            refused(Event("denied")),
            plain("no_place", Event("unavailable")),
            with_words("not_taken_up", Event("declined_by_child"), "child-view"),
        ],
        Need::Mhpss => vec![
            plain("screened", Screen("mhpss_screen_on")),
            plain("supported", Event("receiving")),
            plain("asked", Event("referred")),
            refused(Event("denied")),
            plain("no_place", Event("unavailable")),
            with_words("not_taken_up", Event("declined_by_child"), "child-view"),
        ],
        Need::Education => vec![
            plain("attending", Event("receiving")),
            plain("enrolled", Event("accepted")),
            plain("asked", Event("referred")),
            refused(Event("denied")),
            plain("no_place", Event("unavailable")),
            with_words("not_taken_up", Event("declined_by_child"), "child-view"),
            with_words("not_needed", Event("no_longer_needed"), "reason"),
        ],
        Need::Guardian => vec![
            plain("asked", Guardian("requested_on", "requested")),
            plain("appointed", Guardian("appointed_on", "appointed")),
            Outcome {
                reasons: Some("guardianship_delay_reason"),
                ..plain("delayed", Guardian("", "needed"))
            },
        ],
        Need::BirthRegistration => vec![
            Outcome { bulk: false, ..plain("declared", Birth("declared")) },
            Outcome { bulk: false, ..plain("certificate_seen", Birth("certified")) },
            Outcome { bulk: false, ..plain("said_registered", Birth("registered")) },
            Outcome { bulk: false, ..plain("not_registered", Birth("not_registered")) },
            Outcome {
                bulk: false,
                reasons: Some("birth_registration_obstacle"),
                ..plain("obstacle", Birth(""))
            },
        ],
        Need::BestInterests => {
            vec![plain("opened", Assessment("opened_on")), plain("completed", Assessment("completed_on"))]
        }
    }
}

pub(super) fn service_type(need: Need) -> &'static str {
    match need {
        Need::Shelter => "shelter",
        Need::Health => "health",
        Need::Mhpss => "mhpss",
        _ => "education",
    }
}
