//! Who may say what, and what a seat that pretends not to have heard gains by it: nothing.

use super::*;

/// A coordinator, a site with its scope, and people to work there.
struct Site {
    world: World,
    coordinator: (SeatId, SigningKey),
    scope: ScopeId,
    site: SiteId,
    opened: EntryId,
}

impl Site {
    fn new(kind: ScopeKind) -> Self {
        let mut world = World::new(true);
        let (genesis, root) = (world.entries[0].id(), world.root.clone());
        let (seat, key, body) = world.seat("coordinator");
        let head = world.say(Author::Root, &root, vec![genesis], body);
        let opening = world.opening(kind, true, &[seat]);
        let author = Author::Seat(seat);
        let (scope, site) = (opening.scope(world.realm, author), opening.site(world.realm, author).unwrap());
        let opened = world.say(author, &key, vec![head], Body::Scope(opening));
        Self { world, coordinator: (seat, key), scope, site, opened }
    }

    fn worker(&mut self, role: &str, site: Option<SiteId>, head: EntryId) -> ((SeatId, SigningKey), EntryId) {
        let (seat, key, body) = self.world.seat_at(role, site);
        let coordinator = self.coordinator.clone();
        ((seat, key), self.by(&coordinator, head, body))
    }

    fn by(&mut self, who: &(SeatId, SigningKey), head: EntryId, body: Body) -> EntryId {
        self.world.say(Author::Seat(who.0), &who.1, vec![head], body)
    }

    fn fold(&self) -> Roster {
        Roster::fold(self.world.realm, &self.world.entries).unwrap()
    }
}

#[test]
fn who_opens_a_site_gives_its_first_key_to_its_first_reader_and_then_nothing_more() {
    let mut site = Site::new(ScopeKind::Protection);
    let (coordinator, scope, opened) = (site.coordinator.clone(), site.scope, site.opened);
    let at = Some(site.site);
    let (registrar, head) = site.worker("registrar", at, opened);
    let to_registrar = site.by(&coordinator, head, grant(scope, opened, registrar.0));
    let (elsewhere, head) = site.worker("case_worker", None, head);
    let to_elsewhere = site.by(&coordinator, head, grant(scope, opened, elsewhere.0));
    let (first, head) = site.worker("case_worker", at, head);
    let to_first = site.by(&coordinator, head, grant(scope, opened, first.0));
    let (second, head) = site.worker("case_worker", at, to_first);
    let to_second = site.by(&coordinator, head, grant(scope, opened, second.0));
    let body = site.world.epoch(scope, &[coordinator.0]);
    let by_opener = site.by(&coordinator, head, body);
    let body = site.world.epoch(scope, &[first.0, second.0]);
    let by_first = site.by(&first, head, body);
    let roster = site.fold();
    for wrong in [to_registrar, to_elsewhere, to_second, by_opener] {
        assert!(roster.unfounded.contains(&wrong));
    }
    assert!(roster.refused.len() == 4 && roster.scopes[&scope].current == epoch_id(by_first));
    assert!(roster.scopes[&scope].epochs[&epoch_id(opened)].readers.contains(&first.0));
}

#[test]
fn when_the_first_reader_is_lost_before_beginning_another_is_given_the_key() {
    let mut site = Site::new(ScopeKind::Protection);
    let (coordinator, scope, opened, at) =
        (site.coordinator.clone(), site.scope, site.opened, Some(site.site));
    let (first, head) = site.worker("case_worker", at, opened);
    let head = site.by(&coordinator, head, grant(scope, opened, first.0));
    let head = site.by(&coordinator, head, remove(first.0, vec![]));
    let (second, head) = site.worker("case_worker", at, head);
    let given = site.by(&coordinator, head, grant(scope, opened, second.0));
    let late = site.world.epoch(scope, &[first.0]);
    let late = site.by(&first, given, late);
    let roster = site.fold();
    assert_eq!(roster.refused, [late], "who is out begins nothing");
    assert!(roster.scopes[&scope].epochs[&epoch_id(opened)].readers.contains(&second.0));
}

#[test]
fn who_read_a_scope_once_begins_no_epoch_of_it_and_gives_no_key() {
    let mut site = Site::new(ScopeKind::Protection);
    let (coordinator, scope, opened, at) =
        (site.coordinator.clone(), site.scope, site.opened, Some(site.site));
    let (first, head) = site.worker("case_worker", at, opened);
    let head = site.by(&coordinator, head, grant(scope, opened, first.0));
    let (moved, roles) = (first.0, vec!["case_worker".to_owned()]);
    let body = Body::Changed(SeatChanged { seat: moved, roles, site: None, cuts: vec![] });
    let head = site.by(&coordinator, head, body);
    let body = site.world.epoch(scope, &[moved]);
    let begun = site.by(&first, head, body);
    let given = site.by(&first, head, grant(scope, opened, coordinator.0));
    // With the move unheard of, so it says: then it holds what it may not read, and others replace it.
    let body = site.world.epoch(scope, &[moved]);
    let unheard =
        site.world.entries.iter().find(|entry| matches!(entry.body(), Body::Granted(_))).unwrap().id();
    site.by(&first, unheard, body);
    let roster = site.fold();
    assert!(roster.unfounded.contains(&begun) && roster.unfounded.contains(&given));
    assert!(roster.wants_new_epoch(&roster.scopes[&scope]));
}

#[test]
fn a_coordinator_who_does_not_read_a_scope_begins_no_epoch_of_it() {
    let mut site = Site::new(ScopeKind::Restricted);
    let (scope, opened, at) = (site.scope, site.opened, Some(site.site));
    let coordinator = site.coordinator.clone();
    let (first, head) = site.worker("case_worker", at, opened);
    let head = site.by(&coordinator, head, grant(scope, opened, first.0));
    let body = site.world.epoch(scope, &[first.0]);
    let head = site.by(&first, head, body);
    let (other, head) = site.worker("coordinator", at, head);
    for (who, seen) in [(&other, head), (&coordinator, head), (&coordinator, opened)] {
        let body = site.world.epoch(scope, &[who.0]);
        let said = site.by(who, seen, body);
        assert!(site.fold().unfounded.contains(&said));
    }
}

#[test]
fn nobody_opens_a_scope_of_a_site_that_another_opened_nor_one_of_the_whole_programme() {
    let mut site = Site::new(ScopeKind::Protection);
    let (other, head) = site.worker("coordinator", None, site.opened);
    let nonce = match site.world.entries[2].body() {
        Body::Scope(opened) => opened.nonce,
        _ => panic!("the opening"),
    };
    let mut same = site.world.opening(ScopeKind::Protection, true, &[other.0]);
    same.nonce = nonce;
    site.by(&other, head, Body::Scope(same));
    let wide = site.world.opening(ScopeKind::Core, false, &[other.0]);
    let wide = site.by(&other, head, Body::Scope(wide));
    let roster = site.fold();
    let of_site = roster.scopes.values().filter(|scope| scope.site == Some(site.site));
    assert_eq!(of_site.count(), 1, "with another's nonce it is another site");
    assert_eq!(roster.refused, [wide]);
    // Who opened it opens it once; said again apart, it comes before every epoch that a reader began.
    let coordinator = site.coordinator.clone();
    let mut again = site.world.opening(ScopeKind::Protection, true, &[coordinator.0]);
    again.nonce = nonce;
    let twice = site.by(&coordinator, head, Body::Scope(again.clone()));
    assert!(site.fold().unfounded.contains(&twice));
    let (first, head) = site.worker("case_worker", Some(site.site), head);
    let head = site.by(&coordinator, head, grant(site.scope, site.opened, first.0));
    let body = site.world.epoch(site.scope, &[first.0]);
    let begun = site.by(&first, head, body);
    let mut apart = site.world.entries[1].id();
    for _ in 0..9 {
        let body = Body::Unknown { kind: 77, bytes: vec![] };
        apart = site.by(&coordinator, apart, body);
    }
    again.first.readers = vec![coordinator.0];
    site.by(&coordinator, apart, Body::Scope(again));
    assert_eq!(site.fold().scopes[&site.scope].current, epoch_id(begun));
}

#[test]
fn an_administrator_takes_no_coordinator_out_and_one_who_is_promoted_meanwhile_stays() {
    let mut three = Three::new();
    let (first, second, registrar) = (three.first.clone(), three.second.clone(), three.registrar.clone());
    let (seat, key, body) = three.world.seat("administrator");
    let admin = (seat, key);
    let head = three.by(&first, vec![three.head], body);
    let against = three.by(&admin, vec![head], remove(first.0, vec![]));
    let unheard = three.by(&admin, vec![head], remove(SeatId::new([7; 16]), vec![]));
    let change = |roles: &[&str], seat| {
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        Body::Changed(SeatChanged { seat, roles, site: None, cuts: vec![] })
    };
    let demote = three.by(&admin, vec![head], change(&["registrar"], first.0));
    let roster = three.fold();
    assert!([against, unheard, demote].iter().all(|id| roster.unfounded.contains(id)));
    // A registrar's lost tablet it takes out.
    three.by(&admin, vec![head], remove(registrar.0, vec![]));
    assert!(three.fold().seats[&registrar.0].removed.is_some());
    // Meanwhile somebody made the registrar a coordinator: that is for coordinators to settle.
    let promoted = three.by(&second, vec![head], change(&["coordinator"], registrar.0));
    assert!(three.fold().seats[&registrar.0].removed.is_none());
    three.by(&first, vec![promoted], remove(registrar.0, vec![]));
    assert!(three.fold().seats[&registrar.0].removed.is_some());
}

#[test]
fn the_root_key_takes_away_and_brings_nobody_in() {
    let mut three = Three::new();
    let (genesis, root) = (three.world.entries[0].id(), three.world.root.clone());
    let (seat, _, body) = three.world.seat("coordinator");
    let mut wrong = vec![three.world.say(Author::Root, &root, vec![genesis], body)];
    let wide = three.world.opening(ScopeKind::Core, false, &[seat]);
    wrong.push(three.world.say(Author::Root, &root, vec![genesis], Body::Scope(wide)));
    let (seat, roles) = (three.registrar.0, vec!["coordinator".to_owned()]);
    let raised = Body::Changed(SeatChanged { seat, roles, site: None, cuts: vec![] });
    wrong.push(three.world.say(Author::Root, &root, vec![three.head], raised));
    let roster = three.fold();
    assert!(wrong.iter().all(|id| roster.unfounded.contains(id)) && roster.refused.len() == 3);
    three.world.say(Author::Root, &root, vec![three.head], remove(three.first.0, vec![]));
    assert!(three.fold().seats[&three.first.0].removed.is_some());
}

#[test]
fn a_second_certificate_takes_nobodys_place() {
    let mut three = Three::new();
    let (first, second, head) = (three.first.clone(), three.second.clone(), three.head);
    let Some(Body::Seat(mine)) = three.world.entries.last().map(|entry| entry.body().clone()) else {
        panic!("the registrar's certificate")
    };
    // Keys of its own under the registrar's id: no certificate at all.
    let (_, _, Body::Seat(other)) = three.world.seat("coordinator") else { panic!("a certificate") };
    let stolen = SeatCertified { seat: mine.seat, ..other };
    let stolen = three.by(&second, vec![three.world.entries[2].id()], Body::Seat(stolen));
    // The same keys with other roles, after the first.
    let roles = |roles: &[&str]| roles.iter().map(|role| (*role).to_owned()).collect();
    let more = SeatCertified { roles: roles(&["coordinator"]), ..mine.clone() };
    let again = three.by(&first, vec![head], Body::Seat(more.clone()));
    let roster = three.fold();
    assert!(roster.unfounded.contains(&stolen) && roster.unfounded.contains(&again));
    assert_eq!(roster.seats[&mine.seat].roles, ["registrar"]);
    // Apart from the first: what both leave.
    let both = SeatCertified { roles: roles(&["coordinator", "registrar"]), ..mine.clone() };
    three.by(&second, vec![three.world.entries[2].id()], Body::Seat(both));
    assert_eq!(three.fold().seats[&mine.seat].roles, ["registrar"]);
    three.by(&second, vec![three.world.entries[2].id()], Body::Seat(more));
    assert!(three.fold().seats[&mine.seat].roles.is_empty());
}

#[test]
fn a_removal_by_somebody_whom_only_a_removed_seat_vouches_for_has_no_effect_however_shallow() {
    let mut three = Three::new();
    let (first, second, head) = (three.first.clone(), three.second.clone(), three.head);
    let (helper, helper_key, body) = three.world.seat("coordinator");
    let certified = three.by(&second, vec![head], body);
    let against = three.by(&(helper, helper_key), vec![certified], remove(first.0, vec![]));
    // The first coordinator worked on for long before the theft was known.
    let mut deep = head;
    for _ in 0..5 {
        let (_, _, body) = three.world.seat("registrar");
        deep = three.by(&first, vec![deep], body);
    }
    three.by(&first, vec![deep], remove(second.0, vec![]));
    let roster = three.fold();
    assert!(roster.seats[&first.0].removed.is_none() && roster.refused.contains(&against));
    assert_eq!(roster.seats.len(), 3 + 5);
}

#[test]
fn what_a_voided_seat_vouched_for_takes_nobody_out() {
    let mut three = Three::new();
    let (first, second, head) = (three.first.clone(), three.second.clone(), three.head);
    let (helper, helper_key, body) = three.world.seat("coordinator");
    let certified = three.by(&second, vec![head], body);
    let against = three.by(&(helper, helper_key), vec![certified], remove(first.0, vec![]));
    let root = three.world.root.clone();
    three.world.say(Author::Root, &root, vec![head], Body::Voided { seat: second.0 });
    let roster = three.fold();
    assert!(roster.seats[&first.0].removed.is_none() && roster.refused.contains(&against));
}
