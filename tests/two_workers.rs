//! What only two people may do: one worker proposes, another on a device of their own confirms, and the change counts
//! on both. Until then nothing that protects changes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::admit::Admitted;
use tern_app::{App, Ports, Schema, script};
use tern_stories::tern::WORDS;
use tern_stories::{Tern, second_worker};

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
