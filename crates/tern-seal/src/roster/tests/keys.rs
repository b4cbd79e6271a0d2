//! Keys: who begins and gives them, which epochs still count, and what a long roster costs.

use tern_record::{EnvelopeId, LogId};

use super::*;
use crate::epoch::close_earlier;

#[test]
fn a_reader_begins_an_epoch_and_grants_its_key_and_nobody_else_does() {
    let mut three = Three::new();
    let (first, registrar, head) = (three.first.clone(), three.registrar.clone(), three.head);
    let (core, head) = three.world.programme_scope(ScopeKind::Core, head, &[registrar.0]);
    let (audit, audit_opened) = three.world.programme_scope(ScopeKind::Audit, head, &[first.0]);
    let body = three.world.epoch(core, &[registrar.0, first.0]);
    let rotated = three.by(&registrar, vec![audit_opened], body);
    three.by(&registrar, vec![rotated], grant(core, rotated, three.second.0));
    let body = three.world.epoch(audit, &[registrar.0]);
    let stolen = three.by(&registrar, vec![rotated], body);
    let begged = three.by(&registrar, vec![rotated], grant(audit, audit_opened, registrar.0));
    let roster = three.fold();
    let state = &roster.scopes[&core];
    assert_eq!(state.current, epoch_id(rotated));
    assert!(state.epochs[&state.current].readers.contains(&three.second.0));
    assert!(roster.refused.contains(&stolen) && roster.refused.contains(&begged));
}

#[test]
fn of_epochs_begun_apart_neither_supersedes_the_other_until_one_seals_both() {
    let mut three = Three::new();
    let (first, second, head) = (three.first.clone(), three.second.clone(), three.head);
    let (scope, opened) = three.world.programme_scope(ScopeKind::Core, head, &[first.0, second.0]);
    let begin = |three: &mut Three, who: &(SeatId, SigningKey), deps, earlier: &[EntryId]| {
        let Body::Epoch(mut begun) = three.world.epoch(scope, &[]) else { panic!("an epoch") };
        begun.earlier = earlier.iter().map(|id| Earlier { epoch: epoch_id(*id), sealed: vec![1] }).collect();
        three.by(who, deps, Body::Epoch(begun))
    };
    let one = begin(&mut three, &first, vec![opened], &[opened]);
    let other = begin(&mut three, &second, vec![opened], &[opened]);
    let ends = |three: &Three| three.fold().scopes[&scope].ends();
    assert_eq!(ends(&three), [epoch_id(one), epoch_id(other)].into());
    let mut both = [one, other];
    both.sort_unstable();
    let merged = begin(&mut three, &first, both.to_vec(), &both);
    assert_eq!(ends(&three), [epoch_id(merged)].into());
    assert_eq!(three.fold().scopes[&scope].current, epoch_id(merged));
}

#[test]
fn an_epoch_whose_intake_or_earlier_keys_are_not_its_own_is_unsound() {
    let mut three = Three::new();
    let (first, head) = (three.first.clone(), three.head);
    let (scope, opened) = three.world.programme_scope(ScopeKind::Core, head, &[first.0]);
    let random = &mut SystemRandom::default();
    let (old, key, other) =
        (SealKey::make_random(random), SealKey::make_random(random), SealKey::make_random(random));
    let good = epoch_key(&key, scope, [first.0]).unwrap();
    let begin = |three: &mut Three, deps, said: &EpochKey, earlier| {
        three.by(&first, deps, Body::Epoch(EpochBegun { scope, key: said.clone(), earlier }))
    };
    let before = begin(&mut three, vec![opened], &epoch_key(&old, scope, [first.0]).unwrap(), vec![]);
    let seal =
        |old: &SealKey| close_earlier(&key, scope, epoch_id(before), old, &mut SystemRandom::default());
    let (right, wrong) = (seal(&old), seal(&other));
    let sound = begin(&mut three, vec![before], &good, vec![right.clone()]);
    let torn = begin(&mut three, vec![sound], &good, vec![wrong]);
    let intake = epoch_key(&other, scope, []).unwrap().intake;
    let led_astray = begin(&mut three, vec![torn], &EpochKey { intake, ..good.clone() }, vec![right]);
    let roster = three.fold();
    let is_sound = |id: EntryId| crate::epoch::is_sound(&key, scope, &roster.scopes[&scope], epoch_id(id));
    assert_eq!([sound, torn, led_astray].map(is_sound), [true, false, false]);
}

#[test]
fn a_seat_says_of_itself_alone_that_it_has_no_key() {
    let mut three = Three::new();
    let (registrar, head) = (three.registrar.clone(), three.head);
    let (scope, opened) = three.world.programme_scope(ScopeKind::Core, head, &[registrar.0]);
    three.by(&registrar, vec![opened], Body::Unopened { scope, epoch: epoch_id(opened) });
    let epoch = three.fold().scopes[&scope].epochs[&epoch_id(opened)].clone();
    assert_eq!(epoch.unopened, [registrar.0].into());
}

#[test]
fn entries_of_another_shape_are_refused() {
    let mut three = Three::new();
    let (scope, opened) = three.world.programme_scope(ScopeKind::Core, three.head, &[]);
    let mut seats = vec![three.first.0, three.second.0];
    seats.sort_unstable();
    seats.reverse();
    let wrong = Granted { scope, epoch: epoch_id(opened), seats };
    let wrong = three.by(&three.first.clone(), vec![opened], Body::Granted(wrong));
    let bytes = three.world.entries.iter().find(|entry| entry.id() == wrong).unwrap().to_bytes();
    assert_eq!(SignedEntry::from_bytes(&bytes), Err(CborError::NotCanonical), "seats are sorted");
}

/// A chain in which every entry has seen all before it, as one coordinator after another makes it.
#[test]
#[allow(clippy::disallowed_methods)]
fn ten_thousand_entries_in_a_chain_are_folded_in_one_pass() {
    let mut three = Three::new();
    let first = three.first.clone();
    let (seat, mut head) = (three.registrar.0, three.head);
    let long = 10_000 - three.world.entries.len();
    for at in 0..long {
        let cuts = vec![Cut { log: LogId::new([1; 16]), seq: at as u64, head: EnvelopeId::new([1; 32]) }];
        let body = if at % 50 == 0 {
            Body::Changed(SeatChanged { seat, roles: vec!["registrar".into()], site: None, cuts })
        } else {
            Body::Accepted(WorkAccepted { seat, cuts })
        };
        head = three.by(&first, vec![head], body);
    }
    let began = std::time::Instant::now();
    let roster = Roster::fold(three.world.realm, &three.world.entries).unwrap();
    let took = began.elapsed();
    assert_eq!((roster.heads, roster.refused.len()), (vec![head], 0));
    // Mostly signatures. A pass for each step of the chain would take minutes; the bound leaves room for a slow build.
    assert!(took.as_secs() < 20, "{took:?}");
}

#[test]
fn a_long_line_of_seats_that_each_certified_the_next_falls_with_the_first() {
    let mut three = Three::new();
    let (first, second, head) = (three.first.clone(), three.second.clone(), three.head);
    let (mut who, mut last) = (second.clone(), head);
    for _ in 0..2_000 {
        let (seat, key, body) = three.world.seat("coordinator");
        last = three.by(&who, vec![last], body);
        who = (seat, key);
    }
    let against = three.by(&who, vec![last], remove(first.0, vec![]));
    three.by(&first, vec![head], remove(second.0, vec![]));
    let roster = Roster::fold(three.world.realm, &three.world.entries).unwrap();
    assert_eq!(roster.seats.len(), 3);
    assert!(roster.seats[&first.0].removed.is_none() && roster.refused.contains(&against));
}
