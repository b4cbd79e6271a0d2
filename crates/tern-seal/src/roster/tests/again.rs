//! A seat whose admission fell with who signed it is certified again: who may, what wins over it, and what it never gives.

use super::*;

/// The second coordinator certifies a worker, and the first, who has not heard of it, takes the second out.
struct Fallen {
    three: Three,
    worker: (SeatId, SigningKey),
    said: SeatCertified,
    /// The certificate that fell.
    first: EntryId,
    /// The removal that had not seen it.
    removal: EntryId,
}

impl Fallen {
    fn new(role: &str) -> Self {
        let mut three = Three::new();
        let (first, second, head) = (three.first.clone(), three.second.clone(), three.head);
        let (seat, key, body) = three.world.seat(role);
        let Body::Seat(said) = body.clone() else { panic!("a certificate") };
        let certified = three.by(&second, vec![head], body);
        let removal = three.by(&first, vec![head], remove(second.0, vec![]));
        assert_eq!(three.fold().former[&seat].by, Author::Seat(second.0));
        Self { three, worker: (seat, key), said, first: certified, removal }
    }

    /// Somebody who has heard of both.
    fn heard(&mut self, who: &(SeatId, SigningKey)) -> EntryId {
        let mut deps = vec![self.first, self.removal];
        deps.sort_unstable();
        self.three.by(who, deps, Body::Heard)
    }

    fn again(&self) -> Body {
        Body::Seat(self.said.clone())
    }

    fn is_in(&self) -> bool {
        self.three.fold().seats.get(&self.worker.0).is_some_and(|seat| seat.removed.is_none())
    }
}

#[test]
fn a_seat_that_fell_is_certified_again_and_what_it_says_from_then_on_counts() {
    for heard_of_the_first in [false, true] {
        let mut fallen = Fallen::new("coordinator");
        let (leila, worker) = (fallen.three.first.clone(), fallen.worker.clone());
        let before = if heard_of_the_first { fallen.heard(&leila) } else { fallen.removal };
        let (_, _, body) = fallen.three.world.seat("registrar");
        let between = fallen.three.by(&worker, vec![fallen.first], body);
        let body = fallen.again();
        let again = fallen.three.by(&leila, vec![before], body);
        let (friend, _, body) = fallen.three.world.seat("registrar");
        fallen.three.by(&worker, vec![again], body);
        let roster = fallen.three.fold();
        assert!(fallen.is_in() && !roster.former.contains_key(&worker.0));
        assert!(roster.seats.contains_key(&friend));
        assert_eq!(roster.seats[&worker.0].certified, again);
        assert!(roster.refused.contains(&between), "what was said in between falls with the first");
    }
}

#[test]
fn a_certificate_is_said_again_as_it_was_and_by_nobody_who_certifies_nobody() {
    let mut fallen = Fallen::new("registrar");
    let (leila, registrar, worker) =
        (fallen.three.first.clone(), fallen.three.registrar.clone(), fallen.worker.clone());
    let head = fallen.heard(&leila);
    let more = SeatCertified { roles: vec!["coordinator".into()], ..fallen.said.clone() };
    let elsewhere = SeatCertified { site: Some([1; 16]), ..fallen.said.clone() };
    let person = WorkerId::make_random(&mut SystemRandom::default());
    let another = SeatCertified { worker: person, ..fallen.said.clone() };
    for wrong in [more, elsewhere, another] {
        let wrong = fallen.three.by(&leila, vec![head], Body::Seat(wrong));
        assert!(fallen.three.fold().unfounded.contains(&wrong) && !fallen.is_in());
    }
    for who in [registrar, worker] {
        let body = fallen.again();
        let wrong = fallen.three.by(&who, vec![head], body);
        assert!(fallen.three.fold().refused.contains(&wrong) && !fallen.is_in());
    }
}

#[test]
fn a_seat_that_was_taken_out_does_not_come_back_by_being_certified_again() {
    let mut three = Three::new();
    let (first, registrar) = (three.first.clone(), three.registrar.0);
    let Some(body @ Body::Seat(_)) = three.world.entries.last().map(|entry| entry.body().clone()) else {
        panic!("the registrar's certificate")
    };
    let removal = three.by(&first, vec![three.head], remove(registrar, vec![]));
    let again = three.by(&first, vec![removal], body.clone());
    let late = three.by(&three.registrar.clone(), vec![again], Body::Heard);
    let roster = three.fold();
    assert!(roster.refused.contains(&late) && roster.seats[&registrar].removed.is_some());
    // Nor by somebody who says that nobody told of the removal.
    three.by(&three.second.clone(), vec![three.head], body);
    assert!(three.fold().seats[&registrar].removed.is_some());
}

#[test]
fn a_removal_said_apart_wins_over_the_second_certificate_however_shallow_it_lies() {
    let mut fallen = Fallen::new("registrar");
    let (leila, head) = (fallen.three.first.clone(), fallen.three.head);
    let (nadia, key, body) = fallen.three.world.seat("coordinator");
    let nadia = (nadia, key);
    let known = fallen.three.by(&leila, vec![head], body);
    let mut both = vec![known, fallen.first];
    both.sort_unstable();
    let out = fallen.three.by(&nadia, both, remove(fallen.worker.0, vec![]));
    let roster = fallen.three.fold();
    assert!(roster.former[&fallen.worker.0].is_removed);
    // The first coordinator has not heard of that, and says a lot before.
    let mut deep = fallen.removal;
    for _ in 0..5 {
        deep = fallen.three.by(&leila, vec![deep], Body::Heard);
    }
    let body = fallen.again();
    let again = fallen.three.by(&leila, vec![deep], body);
    let late = fallen.three.by(&fallen.worker.clone(), vec![again], Body::Heard);
    let roster = fallen.three.fold();
    assert!(roster.seats[&fallen.worker.0].removed.is_some() && roster.refused.contains(&late));
    assert!(!roster.refused.contains(&out));
}

#[test]
fn who_certified_again_and_falls_in_turn_takes_the_seat_along_until_the_next() {
    let mut fallen = Fallen::new("registrar");
    let (leila, head) = (fallen.three.first.clone(), fallen.removal);
    let (nadia, key, body) = fallen.three.world.seat("coordinator");
    let nadia = (nadia, key);
    let known = fallen.three.by(&leila, vec![head], body);
    let body = fallen.again();
    let again = fallen.three.by(&nadia, vec![known], body.clone());
    assert!(fallen.is_in());
    let out = fallen.three.by(&leila, vec![known], remove(nadia.0, vec![]));
    assert!(!fallen.is_in() && fallen.three.fold().former.contains_key(&fallen.worker.0));
    let mut both = vec![again, out];
    both.sort_unstable();
    let heard = fallen.three.by(&leila, both, Body::Heard);
    let third = fallen.three.by(&leila, vec![heard], body);
    assert!(fallen.is_in());
    // The root key ends the first coordinator's word from before that: nothing vouches for the seat any more.
    let root = fallen.three.world.root.clone();
    let voided = fallen.three.world.say(Author::Root, &root, vec![heard], Body::Voided { seat: leila.0 });
    let roster = fallen.three.fold();
    assert!(!fallen.is_in() && roster.refused.contains(&third) && !roster.refused.contains(&voided));
    assert!(!roster.former[&fallen.worker.0].is_undone, "the first word for it fell by a removal");
    let before = vec![fallen.three.head];
    fallen.three.world.say(Author::Root, &root, before, Body::Voided { seat: fallen.three.second.0 });
    assert!(fallen.three.fold().former[&fallen.worker.0].is_undone);
}

#[test]
fn certified_again_by_two_apart_it_is_in_once_and_the_undone_removal_changes_nothing() {
    let mut fallen = Fallen::new("registrar");
    let (leila, head) = (fallen.three.first.clone(), fallen.removal);
    let (nadia, key, body) = fallen.three.world.seat("coordinator");
    let known = fallen.three.by(&leila, vec![head], body);
    let body = fallen.again();
    let one = fallen.three.by(&leila, vec![known], body.clone());
    fallen.three.by(&(nadia, key), vec![known], body);
    let roles = |fallen: &Fallen| fallen.three.fold().seats[&fallen.worker.0].roles.clone();
    assert!(fallen.is_in() && roles(&fallen) == ["registrar"]);
    // The root key undoes the removal: the first certificate counts again, beside the others.
    let root = fallen.three.world.root.clone();
    let before = vec![fallen.three.head];
    fallen.three.world.say(Author::Root, &root, before, Body::Voided { seat: leila.0 });
    let roster = fallen.three.fold();
    assert!(fallen.is_in() && roles(&fallen) == ["registrar"] && roster.refused.contains(&one));
    assert_eq!(roster.seats[&fallen.worker.0].certified, fallen.first);
}

#[test]
fn helpers_of_a_stolen_device_do_not_hold_each_other_in() {
    let mut three = Three::new();
    let (first, second, head) = (three.first.clone(), three.second.clone(), three.head);
    let (one, one_key, one_said) = three.world.seat("coordinator");
    let (other, other_key, other_said) = three.world.seat("coordinator");
    let (one, other) = ((one, one_key), (other, other_key));
    let mut last = three.by(&second, vec![head], one_said.clone());
    last = three.by(&second, vec![last], other_said.clone());
    for _ in 0..3 {
        last = three.by(&one, vec![last], other_said.clone());
        last = three.by(&other, vec![last], one_said.clone());
    }
    let against = three.by(&one, vec![last], remove(first.0, vec![]));
    three.by(&first, vec![head], remove(second.0, vec![]));
    let roster = three.fold();
    assert!(roster.seats[&first.0].removed.is_none() && roster.refused.contains(&against));
    assert!(!roster.seats.contains_key(&one.0) && !roster.seats.contains_key(&other.0));
}

#[test]
fn what_a_rightful_coordinator_changed_meanwhile_holds_when_the_seat_comes_back() {
    let mut fallen = Fallen::new("case_worker");
    let (leila, head) = (fallen.three.first.clone(), fallen.three.head);
    let (nadia, key, body) = fallen.three.world.seat("coordinator");
    let known = fallen.three.by(&leila, vec![head], body);
    let mut both = vec![known, fallen.first];
    both.sort_unstable();
    let roles = vec!["registrar".to_owned()];
    let less = Body::Changed(SeatChanged { seat: fallen.worker.0, roles, site: None, cuts: vec![] });
    let changed = fallen.three.by(&(nadia, key), both, less);
    for before in [fallen.removal, changed] {
        let body = fallen.again();
        fallen.three.by(&leila, vec![before], body);
        assert_eq!(fallen.three.fold().seats[&fallen.worker.0].roles, ["registrar"]);
    }
}

/// The second coordinator's stolen device takes the first out, and an honest reader hears of it and goes on.
fn taken_out_by_a_thief() -> (Three, EntryId, EntryId) {
    let mut three = Three::new();
    let (first, second, registrar, head) =
        (three.first.clone(), three.second.clone(), three.registrar.clone(), three.head);
    let (scope, opened) = three.world.programme_scope(ScopeKind::Core, head, &[registrar.0]);
    let out = three.by(&second, vec![opened], remove(first.0, vec![]));
    let body = three.world.epoch(scope, &[registrar.0]);
    three.by(&registrar, vec![out], body);
    (three, opened, out)
}

#[test]
fn who_comes_back_by_the_root_key_may_speak_although_others_had_heard_of_the_removal() {
    let (mut three, before, _) = taken_out_by_a_thief();
    let (first, second, root) = (three.first.clone(), three.second.clone(), three.world.root.clone());
    three.world.say(Author::Root, &root, vec![before], Body::Voided { seat: second.0 });
    let heads = three.fold().heads;
    assert_eq!(heads.len(), 2);
    let said = three.by(&first, heads, remove(second.0, vec![]));
    let roster = three.fold();
    assert!(!roster.refused.contains(&said) && roster.seats[&second.0].removed.is_some());
}

#[test]
fn who_comes_back_because_nobody_vouches_for_who_removed_them_may_speak() {
    let mut three = Three::new();
    let (first, second, registrar, head) =
        (three.first.clone(), three.second.clone(), three.registrar.clone(), three.head);
    // A helper of the stolen device takes the first coordinator out and another one's role away; the registrar hears that.
    let (nadia, nadia_key, body) = three.world.seat("coordinator");
    let head = three.by(&first, vec![head], body);
    let (helper, helper_key, body) = three.world.seat("coordinator");
    let last = three.by(&second, vec![head], body);
    let helper = (helper, helper_key);
    let last = three.by(&helper, vec![last], remove(first.0, vec![]));
    let roles = vec!["registrar".to_owned()];
    let less = Body::Changed(SeatChanged { seat: nadia, roles, site: None, cuts: vec![] });
    let last = three.by(&second, vec![last], less);
    three.by(&registrar, vec![last], Body::Heard);
    // Nadia has not heard of it and takes the stolen device out.
    let nadia = (nadia, nadia_key);
    three.by(&nadia, vec![head], remove(second.0, vec![]));
    let (_, _, body) = three.world.seat("registrar");
    for who in [first, nadia] {
        let heads = three.fold().heads;
        let said = three.by(&who, heads, body.clone());
        assert!(!three.fold().refused.contains(&said));
    }
    let heads = three.fold().heads;
    for wrong in [second, helper] {
        let wrong = three.by(&wrong, heads.clone(), Body::Heard);
        assert!(three.fold().refused.contains(&wrong));
    }
}
