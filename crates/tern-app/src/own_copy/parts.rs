//! What a copy can hold, part by part, and which part of the record each tells something of.

use super::Reader;

/// Who may read a part.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    Both,
    ChildOnly,
}

/// What a part is made of.
pub(super) enum Items {
    /// Fields on their own.
    Fields(&'static [&'static str]),
    /// Rows of a list: these fields of each.
    Rows(&'static str, &'static [&'static str]),
    /// Services of these types, as they stand now.
    Services(&'static [&'static str]),
    /// Papers of the child's own.
    Papers,
    /// What was agreed.
    Consents,
    /// What was explained, but for topics that tell how the child stands with the law.
    Explained,
    /// Since when family is looked for, when the child wants it.
    Looking,
}

/// Every code of `field_group`: what is not known to be about less could be about any of it.
const ANYTHING: [&str; 11] = [
    "identity",
    "family",
    "documents",
    "care",
    "health",
    "education",
    "best_interests",
    "solution",
    "legal",
    "tracing",
    "concerns",
];

pub(super) struct Part {
    pub(super) id: &'static str,
    /// Code of `field_group`: what a child can ask to be kept from others.
    pub(super) group: &'static str,
    pub(super) readers: For,
    pub(super) items: &'static [Items],
}

/// Everything that a copy can hold. What is not here is in no copy.
pub(super) const PARTS: [Part; 11] = [
    Part {
        id: "who",
        group: "identity",
        readers: For::Both,
        items: &[
            Items::Rows("names", &["name"]),
            Items::Fields(&["sex"]),
            Items::Fields(&["dob"]),
            Items::Fields(&["birth_country"]),
            Items::Rows("languages", &["language"]),
        ],
    },
    Part { id: "agreed", group: "", readers: For::Both, items: &[Items::Consents] },
    Part { id: "explained", group: "", readers: For::ChildOnly, items: &[Items::Explained] },
    Part {
        id: "papers",
        group: "documents",
        readers: For::Both,
        items: &[
            Items::Papers,
            Items::Fields(&[
                "birth.step",
                "birth.place",
                "birth.declared_on",
                "birth.registered_on",
                "birth.certified_on",
            ]),
        ],
    },
    Part {
        id: "care",
        group: "care",
        readers: For::ChildOnly,
        items: &[Items::Rows("care", &["type", "from", "to"]), Items::Services(&["shelter"])],
    },
    Part {
        id: "guardian",
        group: "legal",
        readers: For::Both,
        items: &[Items::Rows("guardianship", &["status", "requested_on", "appointed_on", "ended_on"])],
    },
    Part {
        id: "school",
        group: "education",
        readers: For::Both,
        items: &[Items::Services(&["education", "language_training", "vocational"])],
    },
    Part { id: "health", group: "health", readers: For::Both, items: &[Items::Services(&["health"])] },
    Part {
        id: "help",
        group: "care",
        readers: For::ChildOnly,
        items: &[Items::Services(&[
            "mhpss",
            "legal_aid",
            "food",
            "nfi",
            "wash",
            "social_protection",
            "social_assistance",
            "inclusion_activity",
            "documentation",
            "birth_registration_support",
        ])],
    },
    Part {
        id: "legal",
        group: "legal",
        readers: For::ChildOnly,
        items: &[
            Items::Rows("permits", &["type", "issued_on", "valid_until"]),
            Items::Rows("bia", &["completed_on", "told_child_on"]),
        ],
    },
    Part { id: "looking", group: "tracing", readers: For::ChildOnly, items: &[Items::Looking] },
];

/// Parts of the record that an agreement for this purpose tells something of.
pub(super) fn groups_of_purpose(purpose: &str) -> &'static [&'static str] {
    match purpose {
        "case_management" | "portable_summary" | "statistics_non_identifying" | "research" | "advocacy" => {
            &[]
        }
        "services_referral" => &["care"],
        "family_tracing" => &["tracing", "family"],
        "cross_border_referral" => &["solution", "tracing", "family"],
        "child_protection_authority" => &["legal", "concerns"],
        "civil_registration" => &["documents"],
        "photo" => &["identity"],
        _ => &ANYTHING,
    }
}

/// Parts of the record that a talk about this topic tells something of.
pub(super) fn groups_of_topic(topic: &str) -> &'static [&'static str] {
    match topic {
        "rights" | "data_protection" => &[],
        "procedure" | "guardianship" => &["legal"],
        "services" => &["care"],
        "tracing" => &["tracing", "family"],
        "complaint" | "safety" => &["concerns"],
        "transition_to_18" => &["solution", "identity"],
        _ => &ANYTHING,
    }
}

/// Parts of the record that a service of this type tells something of.
pub(super) fn groups_of_service(kind: &str) -> &'static [&'static str] {
    match kind {
        "shelter" | "food" | "nfi" | "wash" | "social_protection" | "social_assistance"
        | "inclusion_activity" => &["care"],
        "education" | "language_training" | "vocational" => &["education"],
        "health" => &["health"],
        "mhpss" => &["health", "concerns"],
        "legal_aid" => &["legal"],
        "documentation" | "birth_registration_support" => &["documents"],
        _ => &ANYTHING,
    }
}

/// Parts of the record that a paper of this type tells something of, beside that there is one.
pub(super) fn groups_of_paper(kind: &str) -> &'static [&'static str] {
    match kind {
        "vaccination_card" => &["health"],
        "school_document" => &["education"],
        "family_booklet" => &["family"],
        "refugee_or_asylum_id" | "residence_card" | "travel_document" => &["legal"],
        _ => &[],
    }
}

/// A paper of the child's own that this reader may hear of. Papers that tell how the child stands with the law, what it
/// believes or whom it asked for help are not a caregiver's to know; papers of others are in no copy.
pub(super) fn is_own_paper(kind: &str, reader: Reader) -> bool {
    match kind {
        "marriage_certificate_of_parents" => false,
        "birth_certificate"
        | "civil_register_extract"
        | "passport"
        | "national_id"
        | "tazkira_or_national_id"
        | "birth_notification"
        | "school_document"
        | "vaccination_card"
        | "family_booklet"
        | "none" => true,
        _ => reader == Reader::Child,
    }
}

/// How a paper stands, as far as a paper may say it: nothing of doubt, and nothing of who took it.
pub(super) fn is_plain_status(status: &str) -> bool {
    matches!(
        status,
        "held"
            | "copy_only"
            | "photo_only"
            | "lost_in_journey"
            | "retained_by_authority"
            | "applied_for"
            | "never_had"
    )
}
