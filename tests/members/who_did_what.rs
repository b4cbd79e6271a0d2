//! Who was admitted, changed, helped and removed, and by whom: what an auditor reads, of the own device and of others.

use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::admit::Admitted;
use tern_app::{App, Ports, Schema, script};
use tern_stories::members::{joined, seat, tell};
use tern_stories::tern::WORDS;
use tern_stories::{Hand, Tern};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn open(tern: &Tern) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    script::open(&tern.home(), WORDS, schema, Arc::new(Ports::system())).unwrap()
}

/// What lies sealed on one device goes to another; what was sealed for keys that it has not got waits there.
fn bring_work(from: &Tern, to: &Tern) {
    let envelopes = open(from).envelopes().unwrap();
    let mut to = open(to);
    for bytes in envelopes {
        if let Admitted::Refused(why) = to.admit(&bytes).unwrap() {
            assert!(["epoch-unknown", "scope-unknown"].contains(&why), "{why}");
        }
    }
}

/// Events of a kind, as by, whom, on which device, and why.
fn told<'a>(audit: &'a Value, what: &str) -> Vec<[&'a str; 4]> {
    let of_kind = audit.as_array().unwrap().iter().filter(|event| event["what"] == what);
    let whom = |event: &'a Value, key: &str| event["whom"][key].as_str().unwrap_or_default();
    of_kind
        .map(|event| {
            let (by, why) = (event["by"].as_str().unwrap(), event["why"].as_str().unwrap());
            [by, whom(event, "worker"), whom(event, "device"), why]
        })
        .collect()
}

#[test]
fn an_auditor_reads_whom_it_was_about_whoever_did_it_on_whichever_device() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Laptop 2", &["coordinator"], &[]);
    let tablet = joined(&second, "Karim", "Tablet 3", &["case_worker"], &[]);
    second.run(&["worker", "add", "Sana", "--role", "registrar"]).ok();
    second.run(&["device", "change", "Karim", "--role", "health"]).ok();
    let sheet = second.run(&["sheet", "make"]).ok()["sheet"].as_str().unwrap().to_owned();
    second.run(&["sheet", "drop"]).ok();
    let file = |name: &str| tablet.tmp().join(name).to_str().unwrap().to_owned();
    let (ask, answer) = (file("ask"), file("answer"));
    tell(&second, &first);
    let words = tablet.run(&["worker", "recover", "ask", &ask]).ok()["check_words"].clone();
    let words = words.as_str().unwrap();
    for helper in [&first, &second] {
        helper.run(&["worker", "recover", "approve", &ask, "--check-words", words, &answer]).ok();
    }
    tablet.run(&["device", "travel"]).ok();
    let words = tablet.run(&["device", "return", "ask", &ask]).ok()["check_words"].clone();
    let words = words.as_str().unwrap();
    second.run(&["device", "return", "approve", &ask, "--check-words", words, &answer]).ok();
    second.run(&["audit"]).refused(1, "no-right");
    tell(&second, &first);
    bring_work(&second, &first);
    // A tablet that is lost goes whole: each of its workers is told of.
    first.run(&["device", "remove", "Sana", "--reason", "lost"]).ok();

    let audit = first.run(&["audit"]).ok();
    let of = |what: &str| told(&audit, what);
    let mark = format!("Recovery sheet {}", sheet[..4].to_uppercase());
    assert_eq!(
        of("admitted"),
        [["Leila", "Omar", "Laptop 2", "coordinator"], ["Omar", "Karim", "Tablet 3", "case_worker"]]
    );
    assert_eq!(of("worker_added"), [["Omar", "Sana", "Laptop 2", "registrar"]]);
    assert_eq!(of("roles_changed"), [["Omar", "Karim", "Tablet 3", "health"]]);
    let helped = of("words_recovered");
    assert_eq!(helped, [["Leila", "Karim", "Tablet 3", ""], ["Omar", "Karim", "Tablet 3", ""]]);
    assert_eq!(of("keys_returned"), [["Omar", "Karim", "Tablet 3", ""]]);
    assert_eq!(of("sheet_made"), [["Omar", &mark, "", ""]], "a sheet is nobody who was admitted");
    assert_eq!(of("sheet_ended"), [["Omar", &mark, "", ""]]);
    let mut removed = of("removed");
    removed.sort_unstable();
    assert_eq!(removed, [["Leila", "Omar", "Laptop 2", "lost"], ["Leila", "Sana", "Laptop 2", "lost"]]);
    let karim = first.run(&["audit", "--seat", "Karim"]).ok();
    let kinds: Vec<&str> =
        karim.as_array().unwrap().iter().map(|event| event["what"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["admitted", "roles_changed", "words_recovered", "words_recovered", "keys_returned"]);
    assert_eq!(karim[0]["whom"]["seat"], seat(&first, "Karim")["seat"]);
    // What the members signed says the same of the same seats.
    let log = first.run(&["roster", "log"]).ok();
    let signed = log["statements"].as_array().unwrap().iter();
    let of_karim: Vec<&Value> = signed
        .filter(|entry| entry["whom"] == karim[0]["whom"]["seat"])
        .map(|entry| &entry["says"])
        .collect();
    assert_eq!(of_karim, ["seat", "changed", "recovered", "recovered"]);
    first.run(&["verify", "--rebuild"]).ok();
}

#[test]
fn what_is_kept_is_found_by_whom_it_was_about_by_kind_and_by_day() {
    let first = Tern::practising(PROGRAM);
    joined(&first, "Omar", "Laptop 2", &["registrar"], &[]);
    first.run(&["sheet", "make"]).ok();
    let today = first.run(&["audit"]).ok()[0]["at"].as_str().unwrap()[..10].to_owned();
    let app = open(&first);
    let found = |text: &str| -> Vec<String> {
        app.audit_view(text).unwrap().into_iter().map(|line| line.what).collect()
    };
    assert_eq!(found("omar"), ["admitted"]);
    assert_eq!(found("laptop 2"), ["admitted"]);
    assert_eq!(found("recovery sheet"), ["sheet_made"]);
    assert_eq!(found("on a new device"), ["admitted"]);
    assert_eq!(found(&today), ["sheet_made", "admitted"]);
    assert!(found("1999-01-01").is_empty());
    let line = &app.audit_view("omar").unwrap()[0];
    let whom = line.whom.as_ref().unwrap();
    assert_eq!((&*line.by.worker, &*whom.worker, &*whom.device), ("Leila", "Omar", "Laptop 2"));
    assert_eq!((&*line.why, &line.number), ("Registrar", &None));
}

#[test]
fn an_event_that_says_both_a_record_and_a_member_is_none_and_one_of_a_stranger_names_nobody() {
    let first = Tern::practising(PROGRAM);
    let tablet = joined(&first, "Omar", "Tablet 2", &["case_worker"], &[]);
    let child = json!({"names": ["Anri Test"], "sex": "M", "age": 9, "accompaniment": "unknown"});
    let id = first.register(&child).ok()["id"].clone();
    let (seat, stranger) = (seat(&first, "Omar")["seat"].clone(), "ab".repeat(16));
    let (id, seat) = (id.as_str().unwrap(), seat.as_str().unwrap());
    let hand = Hand::of(&tablet);
    let mut leila = open(&first);
    let both = hand.event("removed", &[("audit.record", id), ("audit.whom", seat)]);
    assert!(matches!(leila.admit(&both).unwrap(), Admitted::Refused("envelope-section")));
    let unknown = hand.event("removed", &[("audit.whom", &stranger)]);
    assert_eq!(leila.admit(&unknown).unwrap(), Admitted::New(1));
    let line = &leila.audit_view("abab").unwrap()[0];
    let whom = line.whom.as_ref().unwrap();
    assert_eq!((&*line.by.worker, &*whom.mark, &*whom.worker), ("Omar", "ABAB", ""));
}

/// The only device of a programme is lost with its auditor, and its coordinator begins again from paper.
fn begun_again(first: &Tern) -> Tern {
    let sheet = first.run(&["sheet", "make"]).ok();
    let page = |at: usize| first.bring(&format!("page{at}"), sheet["pages"][at].as_str().unwrap());
    let roster = first.tmp().join("roster");
    let roster = roster.to_str().unwrap();
    first.run(&["roster", "log", "--out", roster]).ok();
    let lost = seat(first, "Leila")["seat"].as_str().unwrap().to_owned();
    let fresh = first.another();
    let (one, two) = (page(0), page(1));
    let begin = ["programme", "recover", "--roster", roster, "--page-one", &one, "--page-two", &two];
    fresh.run(&[&begin[..], &["--worker", "Leila", "--device", "Laptop 9"]].concat()).ok();
    fresh.run(&["device", "remove", &lost, "--reason", "lost"]).ok();
    fresh
}

#[test]
fn when_the_only_auditor_is_lost_who_becomes_one_reads_what_living_devices_did_before_and_since() {
    let first = Tern::practising(PROGRAM);
    let omar = joined(&first, "Omar", "Laptop 2", &["coordinator"], &[]);
    joined(&omar, "Karim", "Tablet 3", &["registrar"], &[]);
    tell(&omar, &first);
    let sealed = |of: &Tern| open(of).envelopes().unwrap().len();
    let before = sealed(&omar);
    let fresh = begun_again(&first);
    fresh.run(&["audit"]).refused(1, "no-right");
    assert_eq!(open(&fresh).people().unwrap().auditors, 0, "and the screen asks for one");
    tell(&fresh, &omar);
    omar.run(&["device", "change", "Karim", "--role", "health"]).ok();
    assert_eq!(sealed(&omar), before, "nothing is sealed for nobody");

    // The role goes to a third: nobody has the key of before, so a new one is begun.
    let amina = joined(&omar, "Amina", "Laptop 4", &["auditor"], &[]);
    tell(&amina, &omar);
    let other = joined(&omar, "Tarek", "Laptop 5", &["auditor"], &[]);
    tell(&omar, &amina);
    tell(&amina, &fresh);
    tell(&amina, &other);
    assert_eq!(open(&fresh).people().unwrap().auditors, 2);
    for from in [&omar, &fresh] {
        from.run(&["lock"]).ok();
        bring_work(from, &amina);
        bring_work(from, &other);
    }
    for auditor in [&amina, &other] {
        let audit = auditor.run(&["audit"]).ok();
        let (admitted, changed) = (told(&audit, "admitted"), told(&audit, "roles_changed"));
        assert_eq!(
            admitted[0],
            ["Omar", "Karim", "Tablet 3", "registrar"],
            "what was sealed for the lost key"
        );
        assert_eq!(changed, [["Omar", "Karim", "Tablet 3", "health"]], "what waited");
        assert_eq!(told(&audit, "removed"), [["Leila", "Leila", "Velmar", "lost"]]);
        let used = told(&audit, "sheet_used");
        assert!(used.len() == 1 && used[0][0] == "Leila" && used[0][1].starts_with("Recovery sheet "));
    }
}
