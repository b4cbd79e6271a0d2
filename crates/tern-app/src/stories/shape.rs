//! The shorthand that stories are written in: these keys and no others. `schema/import/stories.md` says what each
//! becomes.

use serde::Deserialize;

/// One story, as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    pub story: String,
    pub host: String,
    pub child: Child,
    #[serde(default)]
    pub duplicate: Option<Duplicate>,
    #[serde(default)]
    pub names: Vec<NameAs>,
    #[serde(default)]
    pub accompaniment_history: Vec<CodeFrom>,
    #[serde(default)]
    pub status: Vec<CodeFrom>,
    #[serde(default)]
    pub birth_registration: Option<Birth>,
    #[serde(default)]
    pub documents: Vec<Document>,
    #[serde(default)]
    pub permits: Vec<Permit>,
    #[serde(default)]
    pub functioning: Option<Functioning>,
    #[serde(default)]
    pub health: Option<Health>,
    #[serde(default)]
    pub services: Vec<ServiceAs>,
    #[serde(default)]
    pub referrals: Vec<Referral>,
    #[serde(default)]
    pub blocked_attempts: Vec<Blocked>,
    #[serde(default)]
    pub consents: Vec<Consent>,
    #[serde(default)]
    pub guardianship: Vec<Guardianship>,
    #[serde(default)]
    pub care: Vec<Care>,
    #[serde(default)]
    pub bia: Vec<Assessment>,
    #[serde(default)]
    pub bid: Vec<Determination>,
    #[serde(default)]
    pub decisions: Vec<Decision>,
    #[serde(default)]
    pub solution: Vec<Solution>,
    #[serde(default)]
    pub returns: Vec<Return>,
    #[serde(default)]
    pub detention: Vec<Detention>,
    #[serde(default)]
    pub alternative: Vec<Alternative>,
    #[serde(default)]
    pub concerns: Vec<Concern>,
    #[serde(default)]
    pub incidents: Vec<Incident>,
    #[serde(default)]
    pub transit_abuse: Option<TransitAbuse>,
    #[serde(default)]
    pub trafficking_screen_on: Option<String>,
    #[serde(default)]
    pub tracing: Option<Tracing>,
    #[serde(default)]
    pub information: Vec<Information>,
}

/// Yes, no, or a way of not answering.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Answer {
    Yes(bool),
    Code(String),
}

macro_rules! shapes {
    ($($name:ident { $($field:ident: $type:ty),* $(,)? })*) => {
        $(
            #[derive(Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name { $(#[serde(default)] pub $field: $type,)* }
        )*
    };
}

shapes! {
    Child {
        short_id: Option<String>, sex: Option<String>, dob: Option<Dob>, dob_claims: Vec<DobClaim>,
        birth_country: Option<String>, birth_place_text: Option<String>, nationalities: Vec<String>,
        statelessness: Option<String>, languages: Vec<String>, accompaniment: Option<String>,
        registered_on: Option<String>, arrival: Option<String>, note: Option<String>,
    }
    Dob {
        value: Option<String>, precision: Option<String>, earliest: Option<String>, latest: Option<String>,
        calendar_entered: Option<String>, original_text: Option<String>, basis: Option<String>,
        estimated: Option<bool>, heaped: Option<bool>,
    }
    DobClaim { source: Option<String>, value: Option<String> }
    Duplicate {
        short_id: Option<String>, host: Option<String>, registered_on: Option<String>, name: Option<String>,
        dob: Option<String>, note: Option<String>,
    }
    NameAs { r#use: Option<String>, script: Option<String>, lang: Option<String>, text: Option<String>, parts: Option<Parts> }
    Parts {
        given: Option<String>, father: Option<String>, grandfather: Option<String>, family: Option<String>,
        second_family: Option<String>, patronymic: Option<String>, postname: Option<String>, mononym: Option<String>,
    }
    CodeFrom { code: Option<String>, from: Option<String> }
    Birth {
        step: Option<String>, occurred_on: Option<String>, notified_on: Option<String>, declared_on: Option<String>,
        registered_on: Option<String>, certified_on: Option<String>, attendant: Option<String>, site: Option<String>,
        type_of_birth: Option<String>, weight_g: Option<i64>, evidence: Option<String>, obstacle: Option<String>,
        place: Option<String>,
    }
    Document { r#type: Option<String>, status: Option<String>, issued_on: Option<String>, expires_on: Option<String>, issuer: Option<String> }
    Permit { r#type: Option<String>, issued_on: Option<String>, valid_until: Option<String>, ends_at_majority: Option<Answer> }
    Functioning {
        set: Option<String>, reason: Option<String>, assessed_on: Option<String>, any_difficulty: Option<bool>,
        domains: std::collections::BTreeMap<String, String>,
    }
    Health { health_screen_on: Option<String>, immunisation_review_on: Option<String>, mhpss_screen_on: Option<String> }
    ServiceAs {
        r#type: Option<String>, adequacy: Option<String>, inadequacy: Option<String>, system: Option<String>,
        layer: Option<i64>, special_measure: Vec<String>, country_of_service: Option<String>, events: Vec<Event>,
    }
    Event { s: Option<String>, at: Option<String>, reason: Option<String> }
    Referral {
        to: Option<String>, country: Option<String>, cross_border: Option<bool>, sent_on: Option<String>,
        personal_data: Option<bool>, consent: Option<String>, clearance: Option<bool>, accepted_on: Option<String>,
        note: Option<String>,
    }
    Blocked { action: Option<String>, to: Option<String>, country: Option<String>, at: Option<String>, why: Option<String> }
    Consent { purpose: Option<String>, receiver: Option<String>, given_on: Option<String>, withdrawn_on: Option<String> }
    Guardianship { r#type: Option<String>, requested_on: Option<String>, appointed_on: Option<String>, ended_on: Option<String> }
    Care { r#type: Option<String>, from: Option<String>, to: Option<String> }
    Assessment { completed_on: Option<String>, child_heard: Option<String>, reason: Option<String> }
    Determination { decided_on: Option<String>, child_heard: Option<String>, reason: Option<String>, about: Option<String> }
    Decision { kind: Option<String>, at: Option<String>, basis: Option<String>, basis_on: Option<String> }
    Solution {
        r#type: Option<String>, status: Option<String>, identified_on: Option<String>, agreed_on: Option<String>,
        implemented_on: Option<String>, validity: Option<String>,
    }
    Return {
        departed_on: Option<String>, non_refoulement: Option<String>, bi_basis: Option<String>,
        due_process: Option<bool>, child_views: Option<bool>, receiving_caregiver_verified: Option<bool>,
        escort: Option<String>, monitoring: Vec<Contact>,
    }
    Contact { at: Option<String>, safe: Option<bool>, in_education: Option<bool>, health_access: Option<bool> }
    Detention {
        from: Option<String>, to: Option<String>, with_family: Option<bool>, bia: Option<bool>,
        alternatives_considered: Option<bool>, legal_aid: Option<bool>, separated_from_unrelated_adults: Option<bool>,
    }
    Alternative { r#type: Option<String>, from: Option<String> }
    Concern { r#type: Option<String>, risk: Option<String>, raised_on: Option<String>, first_response_on: Option<String> }
    Incident {
        category: Option<String>, occurred_on: Option<String>, reported_on: Option<String>, in_transit: Option<bool>,
        recourse_offered: Option<bool>, recourse: Option<String>,
    }
    TransitAbuse { disclosed_on: Option<String>, first_response_on: Option<String> }
    Tracing {
        wish: Option<String>, reason: Option<String>, opened_on: Option<String>, status: Option<String>,
        matched_on: Option<String>, verified_on: Option<String>, rejected_match_on: Option<String>,
    }
    Information { topic: Option<String>, lang: Option<String>, child_friendly: Option<bool>, at: Option<String>, to: Option<String> }
}
