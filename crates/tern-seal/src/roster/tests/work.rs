//! Which work of a seat that is out or was changed counts: told by chains of hashes, and the same in every order.

use std::collections::BTreeMap;

use tern_record::{EnvelopeId, LogId, Role};

use super::*;

/// One log in two branches: each envelope of the second names another one before it from `parts` on.
const PARTS: u64 = 3;
const LOG: LogId = LogId::new([1; 16]);

fn id(branch: u8, seq: u64) -> EnvelopeId {
    let branch = if seq < PARTS { 0 } else { branch };
    EnvelopeId::new([(branch * 16) + u8::try_from(seq).unwrap() + 1; 32])
}

fn spot(branch: u8, seq: u64) -> Spot {
    Spot { log: LOG, seq, id: id(branch, seq) }
}

fn cut(branch: u8, seq: u64) -> Cut {
    Cut { log: LOG, seq, head: id(branch, seq) }
}

/// What a device holds of the log: each envelope with the one before it.
struct Held(BTreeMap<EnvelopeId, EnvelopeId>);

impl Held {
    fn all() -> Self {
        let mut held = BTreeMap::new();
        for branch in [0, 1] {
            held.extend((0..9).map(|seq| (id(branch, seq), before(branch, seq))));
        }
        Self(held)
    }

    fn without(mut self, branch: u8, seq: u64) -> Self {
        self.0.remove(&id(branch, seq));
        self
    }

    fn link(&self, cut: &Cut, at: &Spot) -> Link {
        let (mut id, mut seq) = (cut.head, cut.seq);
        while seq > at.seq {
            let Some(before) = self.0.get(&id) else { return Link::Unknown };
            (id, seq) = (*before, seq - 1);
        }
        if id == at.id { Link::On } else { Link::Off }
    }

    fn of(&self, roster: &Roster, seat: SeatId, branch: u8, seq: u64) -> Standing {
        let at = spot(branch, seq);
        roster.seats[&seat].standing(&at, |cut| self.link(cut, &at))
    }
}

fn before(branch: u8, seq: u64) -> EnvelopeId {
    seq.checked_sub(1).map_or(EnvelopeId::new([0; 32]), |seq| id(branch, seq))
}

fn accept(seat: SeatId, cuts: Vec<Cut>) -> Body {
    Body::Accepted(WorkAccepted { seat, cuts })
}

fn change(seat: SeatId, roles: &[&str], cuts: Vec<Cut>) -> Body {
    let roles = roles.iter().map(|role| (*role).to_owned()).collect();
    Body::Changed(SeatChanged { seat, roles, site: None, cuts })
}

fn capacity(roles: &[Role]) -> Standing {
    Standing::Counts(Capacity { roles: roles.to_vec(), sites: vec![None] })
}

#[test]
fn work_up_to_the_cut_off_counts_by_its_chain_and_not_by_its_number() {
    let mut three = Three::new();
    let (first, registrar, head) = (three.first.clone(), three.registrar.0, three.head);
    three.by(&first, vec![head], remove(registrar, vec![cut(0, 5)]));
    let (roster, held) = (three.fold(), Held::all());
    for seq in 0..=5 {
        assert_eq!(held.of(&roster, registrar, 0, seq), capacity(&[Role::Registrar]), "{seq}");
    }
    for seq in PARTS..=5 {
        assert_eq!(held.of(&roster, registrar, 1, seq), Standing::Fork, "an old number under another hash");
    }
    assert_eq!(held.of(&roster, registrar, 0, 6), Standing::Later);
    assert_eq!(held.of(&roster, registrar, 1, 6), Standing::Later);
    let other = Spot { log: LogId::new([2; 16]), ..spot(0, 0) };
    assert_eq!(roster.seats[&registrar].standing(&other, |_| Link::On), Standing::Later, "a log unheard of");
}

#[test]
fn nobody_knows_of_work_before_a_gap_until_the_gap_is_filled() {
    let mut three = Three::new();
    let (first, registrar, head) = (three.first.clone(), three.registrar.0, three.head);
    three.by(&first, vec![head], remove(registrar, vec![cut(0, 5)]));
    let roster = three.fold();
    let held = Held::all().without(0, 4);
    let counts = |held: &Held, seq| matches!(held.of(&roster, registrar, 0, seq), Standing::Counts(_));
    // The envelope after the gap names the one that is missing.
    assert!(counts(&held, 5) && counts(&held, 4));
    assert_eq!(held.of(&roster, registrar, 0, 3), Standing::Gap);
    assert_eq!(held.of(&roster, registrar, 1, 3), Standing::Gap);
    let held = Held::all();
    assert!(counts(&held, 3));
    assert_eq!(held.of(&roster, registrar, 1, 3), Standing::Fork);
}

#[test]
fn what_counts_is_what_every_removal_lets_pass() {
    let mut three = Three::new();
    let (first, second, registrar, head) =
        (three.first.clone(), three.second.clone(), three.registrar.0, three.head);
    three.by(&first, vec![head], remove(registrar, vec![cut(0, 5)]));
    three.by(&second, vec![head], remove(registrar, vec![cut(1, 4)]));
    let (roster, held) = (three.fold(), Held::all());
    let counts = |branch, seq| matches!(held.of(&roster, registrar, branch, seq), Standing::Counts(_));
    assert!((0..PARTS).all(|seq| counts(0, seq)), "both had this");
    assert!(!(PARTS..9).any(|seq| counts(0, seq) || counts(1, seq)), "one of them had another branch");
    // One that had heard nothing lets nothing pass.
    three.by(&second, vec![head], remove(registrar, vec![]));
    let roster = three.fold();
    assert_eq!(held.of(&roster, registrar, 0, 0), Standing::Later);
}

#[test]
fn one_who_holds_both_branches_names_both() {
    let mut three = Three::new();
    let (first, registrar, head) = (three.first.clone(), three.registrar.0, three.head);
    three.by(&first, vec![head], remove(registrar, vec![cut(0, 5), cut(1, 4)]));
    let (roster, held) = (three.fold(), Held::all());
    let counts = |branch, seq| matches!(held.of(&roster, registrar, branch, seq), Standing::Counts(_));
    assert!(counts(0, 5) && counts(1, 4) && !counts(0, 6) && !counts(1, 5));
}

#[test]
fn what_was_taken_counts_whether_the_removal_or_the_taking_lies_deeper() {
    for accept_deeper in [true, false] {
        let mut three = Three::new();
        let (first, second, registrar, head) =
            (three.first.clone(), three.second.clone(), three.registrar.0, three.head);
        let known = three.by(&first, vec![head], remove(registrar, vec![cut(0, 2)]));
        // Either is said after a longer history than the other, and neither has seen the other.
        let mut longer = vec![known];
        for seq in 0..4 {
            let body = Body::Recovered { seat: registrar, ask: [seq; 32] };
            longer = vec![three.by(&first, longer, body)];
        }
        let (of_accept, of_removal) =
            if accept_deeper { (longer, vec![head]) } else { (vec![known], longer.clone()) };
        three.by(&first, of_accept, accept(registrar, vec![cut(0, 4)]));
        three.by(&second, of_removal, remove(registrar, vec![cut(0, 1)]));
        let mut reversed = three.world.entries.clone();
        reversed.reverse();
        for roster in [three.fold(), Roster::fold(three.world.realm, &reversed).unwrap()] {
            let held = Held::all();
            for seq in 0..=4 {
                assert!(
                    matches!(held.of(&roster, registrar, 0, seq), Standing::Counts(_)),
                    "{accept_deeper} {seq}"
                );
            }
            assert_eq!(held.of(&roster, registrar, 0, 5), Standing::Later);
            assert_eq!(held.of(&roster, registrar, 1, 4), Standing::Later, "another branch was not taken");
        }
    }
}

#[test]
fn what_was_taken_waits_for_what_lies_between() {
    let mut three = Three::new();
    let (first, registrar, head) = (three.first.clone(), three.registrar.0, three.head);
    let out = three.by(&first, vec![head], remove(registrar, vec![]));
    three.by(&first, vec![out], accept(registrar, vec![cut(1, 7)]));
    let roster = three.fold();
    let held = Held::all().without(1, 6);
    assert_eq!(held.of(&roster, registrar, 1, 5), Standing::Gap);
    assert!(matches!(Held::all().of(&roster, registrar, 1, 5), Standing::Counts(_)));
}

#[test]
fn new_roles_judge_later_work_and_old_ones_what_came_before() {
    let mut three = Three::new();
    let (first, second, registrar, head) =
        (three.first.clone(), three.second.clone(), three.registrar.0, three.head);
    let roles = ["centre_staff", "case_worker"];
    let changed = three.by(&first, vec![head], change(registrar, &roles, vec![cut(0, 5)]));
    let (roster, held) = (three.fold(), Held::all());
    assert_eq!(held.of(&roster, registrar, 0, 5), capacity(&[Role::Registrar]));
    assert_eq!(held.of(&roster, registrar, 0, 6), capacity(&[Role::CentreStaff, Role::CaseWorker]));
    assert_eq!(held.of(&roster, registrar, 1, 5), Standing::Fork, "old roles under an old number");
    let gap = Held::all().without(0, 4);
    assert_eq!(gap.of(&roster, registrar, 0, 3), Standing::Gap);
    // What somebody looked at and took is judged by all that the seat ever was.
    three.by(&first, vec![changed], accept(registrar, vec![cut(1, 5)]));
    let ever = Capacity {
        roles: vec![Role::CentreStaff, Role::CaseWorker, Role::Registrar],
        sites: vec![None, None],
    };
    assert_eq!(held.of(&three.fold(), registrar, 1, 5), Standing::Counts(ever));
    // Another coordinator said something else at the same time: what both leave.
    three.by(&second, vec![head], change(registrar, &["centre_staff"], vec![]));
    assert_eq!(three.fold().seats[&registrar].roles, ["centre_staff"]);
}
