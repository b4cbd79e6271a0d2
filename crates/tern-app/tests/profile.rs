//! The profile of a child: what is still needed, what happened, who belongs to it, and the record as it stood.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Value, json};
use tern_app::view::{ChangeRef, CreateProgramme, EditChild, KeepTogether, PutDraft, TellChild, UpdateNeed};
use tern_app::{Desk, Ports};
use tern_form::Schema;
use tern_seal::slot::Cost;
use tern_testkit::{FakeClock, Seeded};

const NOON: i64 = 1_795_500_000_000;
const DAY: i64 = 86_400_000;

struct World {
    desk: Desk,
    clock: FakeClock,
    _folder: tempfile::TempDir,
}

fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let clock = FakeClock::at(NOON);
    let ports = Ports {
        clock: Box::new(clock.clone()),
        random: Mutex::new(Box::new(Seeded::new(7))),
        vfs: None,
        keystore: None,
    };
    let desk = Desk::new(folder.path().join("data"), Schema::embedded().unwrap(), ports, Cost::FLOOR);
    let secrets = desk.draw_secrets().unwrap();
    let rescue_check: BTreeMap<u8, String> =
        [(1, secrets.rescue_groups[1].clone()), (4, secrets.rescue_groups[4].clone())].into();
    desk.create_programme(&CreateProgramme {
        name: "Harbour".into(),
        site: "Velmar".into(),
        country: "QME".into(),
        worker: "Leila".into(),
        practice: true,
        words: secrets.words.join(" "),
        rescue_check,
    })
    .unwrap();
    World { desk, clock, _folder: folder }
}

impl World {
    /// It is so many days later; the hand on the wall moves, nobody was idle.
    fn days(&self, days: i64) {
        self.clock.set(NOON + days * DAY);
    }

    fn child(&self, name: &str, sex: &str) -> String {
        let draft = self.desk.begin_draft().unwrap().id;
        let put = |path: &str, value: Value| {
            self.desk
                .put_draft(&PutDraft { id: draft.clone(), path: path.into(), value, typing: false })
                .unwrap()
        };
        put("names/+1/name", json!(name));
        put("sex", json!(sex));
        put("dob", json!({ "age": 11 }));
        let view = put("companions_answered", json!("none_to_add"));
        view.child.unwrap().id
    }

    fn edit(&self, id: &str, puts: &Value) -> Vec<ChangeRef> {
        let puts = puts.as_object().unwrap().clone().into_iter().collect();
        let done = self.desk.edit_child(&EditChild { id: id.into(), heads: Vec::new(), puts }).unwrap();
        done.changes.into_iter().map(|change| ChangeRef { child: id.into(), change }).collect()
    }

    fn tell(
        &self,
        id: &str,
        what: &str,
        reason: Option<&str>,
        words: Option<&str>,
    ) -> tern_app::view::ToldView {
        self.desk
            .tell(&TellChild {
                id: id.into(),
                what: what.into(),
                on: None,
                reason: reason.map(Into::into),
                words: words.map(Into::into),
            })
            .unwrap()
    }
}

fn outcome(id: &str, need: &str, outcome: &str) -> UpdateNeed {
    UpdateNeed {
        ids: vec![id.into()],
        need: need.into(),
        outcome: outcome.into(),
        on: None,
        reason: None,
        who: None,
        words: None,
    }
}

#[test]
fn what_is_late_comes_first_and_asking_does_not_make_it_less_late() {
    let world = world();
    let id = world.child("Samira Haidari", "F");
    world.days(38);
    world.desk.update_need(&outcome(&id, "guardian", "asked")).unwrap();
    world.desk.update_need(&outcome(&id, "education", "attending")).unwrap();
    let needed = world.desk.needed(&id).unwrap();
    assert_eq!(needed.no_guardian_days, Some(38), "asking for a guardian is not a guardian (D-05)");
    assert_eq!(needed.rows.len(), 8, "seven needs and the wish about family");
    let row = |need: &str| needed.rows.iter().find(|row| row.need == need).unwrap();
    let guardian = row("guardian");
    assert_eq!((guardian.cell.state.as_str(), guardian.cell.late), ("asked", true));
    assert!(guardian.hint.contains("target 14 days"), "{}", guardian.hint);
    assert_eq!(row("tracing").cell.state, "not_asked");
    assert_eq!(row("education").cell.state, "in_place");
    assert_eq!((needed.in_place, needed.of), (1, 8));
    world.desk.update_need(&outcome(&id, "mhpss", "screened")).unwrap();
    let screened = world.desk.needed(&id).unwrap();
    assert!(screened.rows.iter().any(|row| row.need == "mhpss" && row.cell.state == "in_place"));
    assert_eq!(needed.rows.last().unwrap().need, "education", "what is met is last");
    let late: Vec<bool> = needed.rows.iter().map(|row| row.cell.late).collect();
    assert!(late.is_sorted_by(|a, b| a >= b), "late first: {late:?}");
}

#[test]
fn the_profile_names_no_concern_and_the_timeline_tells_none() {
    let world = world();
    let id = world.child("Samira Haidari", "F");
    let before = (world.desk.needed(&id).unwrap(), world.desk.child(&id).unwrap());
    world.edit(&id, &json!({ "concerns/+1/type": "neglect", "concerns/+1/raised_on": "2026-11-23" }));
    let after = (world.desk.needed(&id).unwrap(), world.desk.child(&id).unwrap());
    assert_eq!(text(&before.0.tasks), text(&after.0.tasks), "nothing beside the needs differs");
    assert_eq!(text(&before.0.rows), text(&after.0.rows));
    assert_eq!(text(&before.1.timeline), text(&after.1.timeline));
}

/// As JSON.
fn text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn the_timeline_says_what_happened_and_when_and_what_was_taken_back_is_gone() {
    let world = world();
    let id = world.child("Samira Haidari", "F");
    world.days(3);
    let mut school = outcome(&id, "education", "attending");
    school.on = Some("2026-11-25".into());
    let done = world.desk.update_need(&school).unwrap();
    let line =
        |text: &str| world.desk.child(&id).unwrap().timeline.into_iter().find(|line| line.text == text);
    let told = line("School: attending").expect("in words of the field");
    assert_eq!((told.on.as_deref(), told.by.as_str()), (Some("2026-11-25"), "Leila"));
    assert!(line("Our record begun").is_some());
    world.desk.undo(&done.changes).unwrap();
    assert!(line("School: attending").is_none());
}

#[test]
fn a_record_is_shown_as_it_stood_on_a_day() {
    let world = world();
    let id = world.child("Samira Haidari", "F");
    world.days(5);
    world.edit(&id, &json!({ "sex": "M", "where_from": "Herat" }));
    let today = world.desk.child(&id).unwrap();
    assert_eq!((today.line.sex.as_deref(), today.as_of), (Some("M"), None));
    let then = world.desk.child_on(&id, "2026-11-24").unwrap();
    assert_eq!((then.line.sex.as_deref(), then.as_of.as_deref()), (Some("F"), Some("2026-11-24")));
    assert!(!then.fields.contains_key("where_from"));
    assert_eq!(world.desk.child_on(&id, "2026-11-01").unwrap_err().code, "not-begun-then");
    assert_eq!(world.desk.child_on(&id, "yesterday").unwrap_err().code, "impossible-date");
    assert_eq!(world.desk.child(&id).unwrap().line.sex.as_deref(), Some("M"), "looking back changes nothing");
}

#[test]
fn a_death_in_the_family_is_silent_until_the_child_has_been_told() {
    let world = world();
    let id = world.child("Samira Haidari", "F");
    world.edit(
        &id,
        &json!({
            "relations/+1/kind": "father", "relations/+1/life_status": "deceased",
            "relations/+2/kind": "mother", "relations/+2/life_status": "alive", "relations/+2/danger": true,
        }),
    );
    let told = serde_json::to_string(&world.desk.family(&id).unwrap()).unwrap();
    for word in ["died", "deceased", "alive", "danger"] {
        assert!(!told.to_lowercase().contains(word), "{word} in {told}");
    }
    let row =
        world.desk.family(&id).unwrap().people.into_iter().find(|one| one.kind == "father").unwrap().row;
    let told = |value: Value| {
        world.edit(&id, &json!({ format!("relations/{row}/child_told"): value }));
        serde_json::to_string(&world.desk.family(&id).unwrap()).unwrap()
    };
    assert!(!told(json!("unknown")).contains("died"));
    assert!(told(json!(true)).contains("died"));
}

#[test]
fn two_children_who_stay_together_say_so_in_both_records() {
    let world = world();
    let (sister, brother) = (world.child("Samira Haidari", "F"), world.child("Omid Haidari", "M"));
    world.edit(&sister, &json!({ "relations/+1/kind": "brother", "relations/+1/child": brother }));
    let row = world.desk.family(&sister).unwrap().people[0].row.clone();
    let ask = KeepTogether { id: sister.clone(), row, together: true };
    let done = world.desk.keep_together(&ask).unwrap();
    let back = world.desk.family(&brother).unwrap().people;
    assert_eq!((back[0].kind.as_str(), back[0].together, back[0].line.as_str()), ("sister", true, "said"));
    assert_eq!(world.desk.needed(&brother).unwrap().together[0].id, sister);
    world.desk.keep_together(&KeepTogether { together: false, ..ask }).unwrap();
    assert!(world.desk.needed(&brother).unwrap().together.is_empty());
    assert_eq!(world.desk.family(&brother).unwrap().people.len(), 1, "one row for one person");
    world.desk.undo(&done.changes).unwrap();
}

#[test]
fn a_link_waits_in_both_records_and_is_split_from_either() {
    let world = world();
    let (one, two) = (world.child("Samira Haidari", "F"), world.child("Samira H", "F"));
    let links = world.desk.link(&one, &two).unwrap();
    assert_eq!((links[0].state.as_str(), links[0].theirs), ("waiting", false));
    let theirs = world.desk.links(&two).unwrap();
    assert_eq!((theirs[0].state.as_str(), theirs[0].theirs), ("waiting", true));
    let proposal = world.desk.proposals(&one).unwrap().remove(0);
    assert_eq!(world.desk.confirm(&proposal.change).unwrap_err().code, "second-worker");
    world.desk.withdraw(&proposal.change).unwrap();
    assert!(world.desk.needed(&one).unwrap().open, "until then nothing changes");
    assert_eq!(world.desk.split(&two, &one).unwrap()[0].state, "different");
    assert_eq!(world.desk.link(&one, &one).unwrap_err().code, "same-record");
}

#[test]
fn what_ends_a_life_or_a_record_waits_and_reminders_go_on() {
    let world = world();
    let id = world.child("Samira Haidari", "F");
    for (what, reason, words) in [
        ("left", None, None),
        ("closed", Some("child_request"), None),
        ("died", None, Some("The hospital rang")),
    ] {
        assert!(world.tell(&id, what, reason, words).waits, "{what}");
        let needed = world.desk.needed(&id).unwrap();
        assert!(needed.open && needed.rows.len() == 8, "{what} is only proposed");
        assert!(needed.notices.iter().all(|notice| notice.kind != "death"), "{what}");
    }
    let bare = TellChild { id: id.clone(), what: "died".into(), on: None, reason: None, words: None };
    assert_eq!(world.desk.tell(&bare).unwrap_err().code, "reason-needed");
    let proposals = world.desk.proposals(&id).unwrap();
    assert_eq!(proposals.len(), 3);
    assert!(proposals.iter().all(|one| one.mine));
}

#[test]
fn a_child_who_is_not_accounted_for_is_looked_for_until_found() {
    let world = world();
    let id = world.child("Samira Haidari", "F");
    assert!(!world.tell(&id, "missing", None, Some("Karim, at supper")).waits);
    let needed = world.desk.needed(&id).unwrap();
    let notice = needed.notices.iter().find(|notice| notice.kind == "missing").unwrap();
    assert!(notice.lines[0].contains("Karim"), "{:?}", notice.lines);
    assert!(needed.acts.contains(&"found".to_owned()) && !needed.acts.contains(&"missing".to_owned()));
    assert!(world.desk.tasks(Some(&id)).unwrap().iter().any(|task| task.kind == "search"));
    let done = world.tell(&id, "found", None, None);
    assert!(world.desk.needed(&id).unwrap().notices.is_empty());
    world.desk.undo(&done.changes).unwrap();
    assert_eq!(world.desk.needed(&id).unwrap().notices[0].kind, "missing");
}

#[test]
fn turning_18_and_an_age_in_dispute_stand_over_the_record() {
    let world = world();
    let id = world.child("Samira Haidari", "F");
    assert!(world.desk.needed(&id).unwrap().notices.is_empty());
    world.edit(
        &id,
        &json!({
            "age_disputes/+1/since": "2026-11-20", "age_disputes/+1/says": "older than 18",
        }),
    );
    let notices = world.desk.needed(&id).unwrap().notices;
    assert_eq!(notices[0].kind, "age_dispute");
    assert!(notices[0].lines.iter().any(|line| line.contains("older than 18")));
    assert!(notices[0].lines.iter().any(|line| line.contains("No lawyer")));
    world.edit(&id, &json!({ "dob": "2009-03-01" }));
    let kinds: Vec<String> =
        world.desk.needed(&id).unwrap().notices.into_iter().map(|notice| notice.kind).collect();
    assert!(kinds.contains(&"turning_18".to_owned()), "17 years and eight months: {kinds:?}");
}

#[test]
fn who_turns_18_has_their_copy_is_asked_themselves_and_knows_who_continues() {
    let world = world();
    let id = world.child("Samira Haidari", "F");
    world.edit(&id, &json!({ "dob": "2009-03-01" }));
    let open = || {
        let notices = world.desk.needed(&id).unwrap().notices;
        let notice = notices.into_iter().find(|notice| notice.kind == "turning_18").unwrap();
        notice.steps.into_iter().filter(|step| !step.done).count()
    };
    let before = open();
    world.edit(&id, &json!({ "case.worker": "Leila" }));
    assert_eq!(open(), before, "a case worker today says nothing of who goes on");
    world.edit(&id, &json!({ "majority.copy_given_on": "2026-11-24" }));
    world.edit(&id, &json!({ "majority.continues": "unknown" }));
    assert_eq!(open(), before - 1, "not known is no answer");
    world.edit(
        &id,
        &json!({ "majority.continues": "public_care", "majority.continues_name": "Youth office" }),
    );
    let given = |by: &str| {
        json!({
            "consents/+1/purpose": "services_referral", "consents/+1/status": "granted", "consents/+1/spoke_apart": true,
            "consents/+1/given_by": by, "consents/+1/given_on": "2026-11-24",
        })
    };
    world.edit(&id, &given("caregiver"));
    assert_eq!(open(), before - 2, "a carer does not speak for who turns 18");
    world.edit(&id, &given("child"));
    assert_eq!(open(), before - 3);
}

#[test]
fn a_guardian_within_the_time_is_not_late_and_is_late_after_it() {
    let world = world();
    let id = world.child("Samira Haidari", "F");
    let told =
        || world.desk.needed(&id).map(|needed| (needed.no_guardian_days, needed.no_guardian_late)).unwrap();
    assert_eq!(told(), (Some(0), false));
    world.days(14);
    assert_eq!(told(), (Some(14), false), "the last day is in time");
    world.days(15);
    assert_eq!(told(), (Some(15), true));
}

#[test]
fn short_clocks_say_the_hour_when_it_is_known() {
    let world = world();
    let id = world.child("Samira Haidari", "F");
    world.edit(&id, &json!({ "concerns/+1/risk": "high", "concerns/+1/raised_on": "2026-11-24" }));
    let due = |kind: &str| {
        let tasks = world.desk.tasks(None).unwrap();
        tasks.into_iter().find(|task| task.kind == kind).unwrap().due_at.map(|at| at.at_ms)
    };
    assert_eq!(due("answer_concern"), Some(NOON + DAY), "24 hours");
    assert_eq!(due("refer_to_authority"), Some(NOON + 3 * DAY));
    assert_eq!(due("guardian"), None, "fourteen days have no hour");
    let other = world.child("Layla Karimi", "F");
    world.edit(&other, &json!({ "concerns/+1/risk": "high", "concerns/+1/raised_on": "2026-11-22" }));
    let told = world.desk.tasks(Some(&other)).unwrap();
    let late = told.into_iter().find(|task| task.kind == "answer_concern").unwrap();
    assert!(late.due_at.is_none(), "a day that was told of later has no hour");
}
