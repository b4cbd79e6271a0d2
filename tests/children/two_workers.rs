//! What only two people may do: one worker proposes, another on a device of their own confirms, and the change counts
//! on both. Until then nothing that protects changes.

use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::admit::Admitted;
use tern_app::{App, Ports, Schema, script};
use tern_stories::tern::WORDS;
use tern_stories::{Tern, second_worker};

mod links;
mod proposals;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

/// Two workers at work on two devices, a child without an adult that both know, and the folders they work in.
struct Two {
    leila: App,
    tomas: App,
    child: String,
    _folders: (Tern, Tern),
}

fn open(tern: &Tern) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    script::open(&tern.home(), WORDS, schema, Arc::new(Ports::system())).unwrap()
}

fn hand_over(from: &mut App, to: &mut App) {
    from.end_session().unwrap();
    for bytes in from.envelopes().unwrap() {
        let taken = to.admit(&bytes).unwrap();
        assert!(!matches!(taken, Admitted::Refused(_)), "{taken:?}");
    }
}

impl Two {
    fn begin() -> Self {
        let first = Tern::practising(TERN);
        let answers = json!({
            "names": ["Anri Velmar"], "sex": "M", "age": 14, "accompaniment": "unaccompanied", "birth_country": "QMO",
            "case.opened_on": "2026-01-10",
        });
        let child = first.register(&answers).ok()["id"].as_str().unwrap().to_owned();
        let second = second_worker(&first, "Tomas");
        Self { leila: open(&first), tomas: open(&second), child, _folders: (first, second) }
    }

    /// Each takes in what the other sealed.
    fn meet(&mut self) {
        hand_over(&mut self.leila, &mut self.tomas);
        hand_over(&mut self.tomas, &mut self.leila);
    }

    fn shown(app: &mut App, child: &str, path: &str) -> Value {
        app.script_show(child, None, Some("a test")).unwrap()["fields"][path]["value"].clone()
    }

    /// What stands in both.
    fn both(&mut self, path: &str) -> Value {
        let (here, there) = (
            Self::shown(&mut self.leila, &self.child, path),
            Self::shown(&mut self.tomas, &self.child, path),
        );
        assert_eq!(here, there, "{path} stands alike on both devices");
        here
    }

    /// Leila proposes; before Tomas confirms nothing has changed; then it stands on both.
    fn propose_and_confirm(&mut self, path: &str, value: Value) {
        let before = Self::shown(&mut self.leila, &self.child, path);
        assert_ne!(before, value);
        let change = self.leila.propose(&self.child, path, &value).unwrap().to_hex();
        let own = self.leila.confirm(&change).unwrap_err();
        assert_eq!(own.code.name(), "second-worker");
        self.meet();
        assert_eq!(self.both(path), before, "a proposal changes nothing");
        let waiting = self.tomas.proposals(&self.child).unwrap();
        assert_eq!((waiting.len(), waiting[0].mine, waiting[0].by.as_str()), (1, false, "Leila"));
        self.tomas.confirm(&change).unwrap();
        self.meet();
        assert_eq!(self.both(path), value);
        assert_eq!(self.leila.proposals(&self.child).unwrap().len(), 0);
        let told = self.leila.script_history(&self.child, Some("a test")).unwrap();
        let told = told.as_array().unwrap();
        assert!(
            told.iter().any(|change| change["cause"] == "confirmed" && change["by"] == "Tomas"),
            "{told:?}"
        );
    }

    fn edit(&mut self, puts: &[(&str, Value)]) {
        let puts = puts.iter().map(|(path, value)| ((*path).to_owned(), value.clone())).collect();
        self.leila.script_edit(&self.child, &[], puts).unwrap();
    }

    fn add(&mut self, list: &str, fields: &[(&str, Value)]) -> String {
        let fields = fields.iter().map(|(field, value)| ((*field).to_owned(), value.clone())).collect();
        let added = self.leila.script_add(&self.child, list, fields).unwrap();
        added["entity"].as_str().unwrap().to_owned()
    }

    fn refused_alone(&mut self, path: &str, value: Value, rule: &str) {
        let alone = self.leila.script_edit(&self.child, &[], [(path.to_owned(), value)].into()).unwrap_err();
        assert_eq!(alone.code.name(), rule);
    }
}

#[test]
fn d_06_two_workers_make_a_child_accompanied_and_it_counts_on_both_devices() {
    let mut two = Two::begin();
    two.refused_alone("accompaniment", json!("accompanied"), "rule-D-06");
    two.propose_and_confirm("accompaniment", json!("accompanied"));
    let cell = |app: &mut App| {
        let board = app.script_board(None, None).unwrap();
        board["rows"][0]["cells"]["guardian"]["state"].clone()
    };
    assert_eq!((cell(&mut two.leila), cell(&mut two.tomas)), (json!("not_needed"), json!("not_needed")));
}

#[test]
fn d_01_two_workers_record_a_death_and_every_reminder_stops() {
    let mut two = Two::begin();
    two.refused_alone("life_status", json!("deceased"), "rule-D-01");
    assert!(!two.leila.script_tasks(Some(&two.child.clone()), None).unwrap().as_array().unwrap().is_empty());
    two.propose_and_confirm("life_status", json!("deceased"));
    for app in [&mut two.leila, &mut two.tomas] {
        assert_eq!(app.script_tasks(Some(&two.child), None).unwrap(), json!([]));
        assert_eq!(app.script_board(None, None).unwrap()["rows"], json!([]));
    }
}

#[test]
fn d_01_two_workers_close_a_record_and_it_leaves_the_board_not_the_device() {
    let mut two = Two::begin();
    two.edit(&[("birth.step", json!("not_registered"))]);
    two.refused_alone("case.status", json!("closed"), "rule-D-01");
    two.propose_and_confirm("case.status", json!("closed"));
    assert_eq!(two.tomas.script_board(None, None).unwrap()["rows"], json!([]));
    assert_eq!(two.tomas.script_find("Anri", 5, None).unwrap().as_array().unwrap().len(), 1);
}

#[test]
fn d_04_two_workers_end_a_childhood_only_after_an_assessment_that_nobody_contests() {
    let mut two = Two::begin();
    let say = |two: &mut Two| {
        let change = two
            .leila
            .propose(&two.child.clone(), "case.closure_reason", &json!("never_a_child"))
            .unwrap()
            .to_hex();
        two.meet();
        change
    };
    let change = say(&mut two);
    assert_eq!(two.tomas.confirm(&change).unwrap_err().code.name(), "rule-D-04", "two people are not enough");
    two.leila.withdraw(&change).unwrap();
    let assessed = two.add(
        "age_assessments",
        &[
            ("done_on", json!("2026-05-01")),
            ("result_low", json!(19)),
            ("result_high", json!(22)),
            ("child_consented", json!(true)),
            ("guardian_present", json!(true)),
            ("appealed", json!(true)),
            ("no_guardian_reason", json!("a lawyer was there")),
        ],
    );
    let change = say(&mut two);
    assert_eq!(two.tomas.confirm(&change).unwrap_err().code.name(), "rule-D-04", "it is contested");
    two.edit(&[(&format!("age_assessments/{assessed}/appealed"), json!(false))]);
    two.meet();
    two.tomas.confirm(&change).unwrap();
    two.meet();
    assert_eq!(two.both("case.closure_reason"), "never_a_child");
}

#[test]
fn d_20_two_workers_clear_a_partner_and_only_then_it_is_told() {
    let mut two = Two::begin();
    let agreed = [
        ("purpose", json!("cross_border_referral")),
        ("receiver", json!("ngo_case_management")),
        ("status", json!("granted")),
        ("given_by", json!("both")),
        ("spoke_apart", json!(true)),
        ("child_assent", json!("assent")),
        ("given_on", json!("2026-05-01")),
    ];
    two.add("consents", &agreed);
    two.add("guardianship", &[("status", json!("appointed")), ("appointed_on", json!("2026-02-01"))]);
    two.add("bia", &[("completed_on", json!("2026-04-01")), ("child_heard", json!("heard"))]);
    let row = two.add(
        "referrals",
        &[("to", json!("ngo_case_management")), ("country", json!("QMO")), ("cross_border", json!(true))],
    );
    let sent = format!("referrals/{row}/sent_on");
    two.refused_alone(&sent, json!("2026-05-02"), "rule-D-20");
    two.refused_alone(&format!("referrals/{row}/clearance"), json!(true), "rule-D-20");
    two.propose_and_confirm(&format!("referrals/{row}/clearance"), json!(true));
    two.edit(&[(&sent, json!("2026-05-02"))]);
    assert_eq!(
        two.leila.script_show(&two.child, None, None).unwrap()["fields"][&sent]["value"],
        "2026-05-02"
    );
}

#[test]
fn d_23_a_family_is_called_found_by_two_and_told_after_the_child() {
    let mut two = Two::begin();
    let request = two.add(
        "tracing_requests",
        &[("wish", json!("wants")), ("opened_on", json!("2026-02-01")), ("status", json!("potential_match"))],
    );
    let status = format!("tracing_requests/{request}/status");
    two.refused_alone(&status, json!("verified"), "rule-D-23");
    two.refused_alone(&status, json!("reunified"), "rule-D-23");
    two.propose_and_confirm(&status, json!("verified"));
    two.edit(&[(&format!("tracing_requests/{request}/verified_on"), json!("2026-04-02"))]);
    two.refused_alone(&status, json!("reunified"), "rule-D-23");
    two.edit(&[(&format!("tracing_requests/{request}/told_child_on"), json!("2026-04-03"))]);
    two.edit(&[(&status, json!("reunified"))]);
}

#[test]
fn d_06_two_workers_call_a_relation_checked_by_tracing() {
    let mut two = Two::begin();
    let mother = two.add("relations", &[("kind", json!("mother")), ("verified", json!("claimed"))]);
    let verified = format!("relations/{mother}/verified");
    two.refused_alone(&verified, json!("tracing"), "rule-D-06");
    two.propose_and_confirm(&verified, json!("tracing"));
}

#[test]
fn d_08_two_workers_take_out_a_no_that_was_never_said() {
    let mut two = Two::begin();
    let no = two.add("consents", &[("purpose", json!("photo")), ("status", json!("refused"))]);
    let removed = format!("consents/{no}/removed");
    two.meet();
    let alone = two.tomas.script_edit(&two.child, &[], [(removed.clone(), json!("wrong_child"))].into());
    assert_eq!(alone.unwrap_err().code.name(), "rule-D-08", "it is the no that another worker typed");
    two.propose_and_confirm(&removed, json!("wrong_child"));
}

#[test]
fn d_11_two_workers_unsay_a_danger() {
    let mut two = Two::begin();
    let father = two.add("relations", &[("kind", json!("father")), ("danger", json!(true))]);
    let danger = format!("relations/{father}/danger");
    two.meet();
    let alone = two.tomas.script_edit(&two.child, &[], [(danger.clone(), json!(false))].into());
    assert_eq!(alone.unwrap_err().code.name(), "rule-D-11b", "it is the mark that another worker made");
    let child = two.child.clone();
    let change = two.leila.propose(&child, &danger, &json!(false)).unwrap().to_hex();
    two.meet();
    assert_eq!(two.both(&danger), json!(true), "until then nothing changes");
    two.leila.withdraw(&change).unwrap();
    two.meet();
    assert_eq!(two.tomas.confirm(&change).unwrap_err().code.name(), "unknown-change");
    let change = two.leila.propose(&child, &danger, &json!(false)).unwrap().to_hex();
    two.meet();
    two.tomas.confirm(&change).unwrap();
    two.meet();
    assert_eq!(two.both(&danger), json!(false));
}

fn told(app: &mut App, child: &str, what: &str) -> tern_app::view::ToldView {
    let ask = tern_app::view::TellChild {
        id: child.to_owned(),
        what: what.to_owned(),
        on: Some("2026-05-02".to_owned()),
        reason: Some("child_request".to_owned()),
        words: Some("The hospital rang".to_owned()),
    };
    app.tell(&ask).unwrap()
}

/// What is told, the state that it is of, and what it says beside that.
type End = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const SAID: [End; 3] = [
    ("left", "case.departed_on", &[]),
    ("closed", "case.status", &[("case.closure_reason", "child_request"), ("case.closed_on", "2026-05-02")]),
    ("died", "life_status", &[("life_status.evidence", "The hospital rang"), ("death.on", "")]),
];

#[test]
fn d_01_what_is_told_of_an_end_is_one_proposal_and_a_withdrawal_leaves_nothing() {
    let mut two = Two::begin();
    let child = two.child.clone();
    for (what, state, with) in SAID {
        let fields = |app: &mut App| {
            let shown = app.script_show(&child, None, Some("a test")).unwrap()["fields"].clone();
            let Value::Object(mut fields) = shown else { panic!("{shown}") };
            fields.retain(|path, _| !path.starts_with("proposals/"));
            fields
        };
        let seen = |app: &mut App| {
            (app.script_board(None, None).unwrap(), app.child(&child).unwrap().timeline.len())
        };
        let (before, board) = (fields(&mut two.leila), seen(&mut two.leila));
        let done = told(&mut two.leila, &child, what);
        assert!(done.waits && done.changes.len() == 1, "{what}");
        assert_eq!(fields(&mut two.leila), before, "{what} is no fact");
        assert_eq!(seen(&mut two.leila), board, "{what} is on no list");
        let waiting = two.leila.proposals(&child).unwrap();
        assert_eq!(waiting.len(), 1);
        assert!(with.iter().all(|(_, said)| waiting[0].text.contains(said)) || what != "died", "{waiting:?}");
        two.leila.withdraw(&done.changes[0].change).unwrap();
        assert_eq!(fields(&mut two.leila), before, "nothing of {what} is left");
        let done = told(&mut two.leila, &child, what);
        two.leila.undo(&done.changes).unwrap();
        assert_eq!(fields(&mut two.leila), before, "nothing of {what} is left");
        assert!(two.leila.proposals(&child).unwrap().is_empty(), "{what} {state}");
    }
}

#[test]
fn d_01_what_is_told_of_an_end_stands_whole_when_another_confirms_it() {
    for (what, state, with) in SAID {
        let mut two = Two::begin();
        let child = two.child.clone();
        let done = told(&mut two.leila, &child, what);
        two.meet();
        two.tomas.confirm(&done.changes[0].change).unwrap();
        two.meet();
        assert!(!two.both(state).is_null(), "{what}");
        for (path, said) in with {
            let stands = two.both(path);
            assert!(stands.as_str().map_or(stands.is_object(), |text| text == *said), "{path}: {stands}");
        }
        assert_eq!(two.leila.script_board(None, None).unwrap()["rows"], json!([]));
    }
}

#[test]
fn d_22_two_workers_write_down_that_a_safeguard_was_not_there() {
    let mut two = Two::begin();
    two.add("bid", &[("decided_on", json!("2026-04-01")), ("no_guardian_reason", json!("none to be had"))]);
    let mut fields = vec![
        ("state", json!("departed")),
        ("departed_on", json!("2026-05-01")),
        ("no_guardian_reason", json!("none to be had")),
        ("non_refoulement_check", json!("passed")),
        ("bi_basis", json!("bid")),
    ];
    for yes in [
        "due_process_complete",
        "legal_aid",
        "guardian_consulted",
        "child_views",
        "child_informed",
        "receiving_caregiver_verified",
        "child_protection_reception",
    ] {
        fields.push((yes, json!(true)));
    }
    let row = two.add("returns", &fields);
    let views = format!("returns/{row}/child_views");
    two.refused_alone(&views, json!(false), "rule-D-22");
    two.propose_and_confirm(&views, json!(false));
}

#[test]
fn one_worker_on_two_devices_counts_once() {
    let first = Tern::practising(TERN);
    let answers = json!({ "names": ["Anri"], "sex": "M", "age": 9, "accompaniment": "unaccompanied" });
    let child = first.register(&answers).ok()["id"].as_str().unwrap().to_owned();
    let copy = first.copied();
    let (mut here, mut there) = (open(&first), open(&copy));
    let change = here.propose(&child, "life_status", &json!("deceased")).unwrap().to_hex();
    hand_over(&mut here, &mut there);
    assert_eq!(there.confirm(&change).unwrap_err().code.name(), "second-worker");
}

#[test]
fn d_01_two_workers_may_say_that_a_date_makes_somebody_grown_up() {
    let mut two = Two::begin();
    let born = |app: &mut App, child: &str| Two::shown(app, child, "dob")["value"].clone();
    let change = two.leila.propose(&two.child.clone(), "dob", &json!("2000-03-01")).unwrap().to_hex();
    let before = born(&mut two.leila, &two.child);
    two.meet();
    assert_eq!(born(&mut two.tomas, &two.child), before);
    two.tomas.confirm(&change).unwrap();
    assert_eq!(born(&mut two.tomas, &two.child), json!("2000-03-01"));
}

#[test]
fn d_20_the_agreement_of_both_is_to_this_and_not_to_a_photo() {
    let mut two = Two::begin();
    let child = two.child.clone();
    two.edit(&[("dob", json!("2010-01-01"))]);
    two.add("bia", &[("completed_on", json!("2026-10-01"))]);
    let both =
        [("status", json!("granted")), ("spoke_apart", json!(true)), ("given_on", json!("2026-10-02"))];
    let of = |purpose: &str, by: &str| {
        let own = [("purpose", json!(purpose)), ("given_by", json!(by))];
        own.into_iter().chain(both.iter().cloned()).collect::<Vec<_>>()
    };
    two.add("consents", &of("photo", "both"));
    two.add("consents", &of("cross_border_referral", "child"));
    let fields =
        [("to", json!("ngo_case_management")), ("country", json!("QMO")), ("cross_border", json!(true))];
    let row = two.add("referrals", &fields);
    let cleared =
        two.leila.propose(&child, &format!("referrals/{row}/clearance"), &json!(true)).unwrap().to_hex();
    two.meet();
    two.tomas.confirm(&cleared).unwrap();
    let send = |app: &mut App| {
        let puts = [(format!("referrals/{row}/sent_on"), json!("2026-10-05"))].into();
        app.script_edit(&child, &[], puts).map_err(|refused| refused.code.name().to_owned())
    };
    assert_eq!(send(&mut two.tomas).unwrap_err(), "rule-D-20");
    let agreed =
        of("cross_border_referral", "both").into_iter().map(|(field, value)| (field.to_owned(), value));
    two.tomas.script_add(&child, "consents", agreed.collect()).unwrap();
    send(&mut two.tomas).unwrap();
}
