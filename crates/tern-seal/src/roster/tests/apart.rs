//! Members who admit, change and take out each other apart, some of whom lie about what they had seen: in whatever order
//! it is heard, the same stands, and nobody who was taken out is in.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const PEOPLE: usize = 5;
const ROLES: [&[&str]; 3] = [&["coordinator"], &["registrar"], &["coordinator", "registrar"]];

#[derive(Clone, Copy, Debug)]
enum Deed {
    /// First, or again.
    Certify(usize),
    Remove(usize),
    Change(usize, usize),
    /// Said by the root key, with what this one had seen.
    Void(usize),
}

#[derive(Clone, Copy, Debug)]
struct Step {
    who: usize,
    /// Whose device told this one before.
    told_by: usize,
    /// It names an older statement than it has heard of.
    lie: Option<usize>,
    deed: Deed,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let person = || 0..PEOPLE;
    let deed = prop_oneof![
        5 => person().prop_map(Deed::Certify),
        2 => person().prop_map(Deed::Remove),
        1 => (person(), 0..ROLES.len()).prop_map(|(seat, roles)| Deed::Change(seat, roles)),
        1 => person().prop_map(Deed::Void),
    ];
    let lie = prop_oneof![3 => Just(None), 1 => (0_usize..64).prop_map(Some)];
    let step = (person(), person(), lie, deed);
    prop::collection::vec(step.prop_map(|(who, told_by, lie, deed)| Step { who, told_by, lie, deed }), 4..28)
}

/// Everybody's device, with the statements that it has heard of.
struct Devices {
    world: World,
    people: Vec<(SeatId, SigningKey, Body)>,
    heard: Vec<BTreeSet<usize>>,
}

impl Devices {
    fn new() -> Self {
        let mut world = World::new(true);
        let root = world.root.clone();
        let people: Vec<_> =
            (0..PEOPLE).map(|at| world.seat(if at == 4 { "registrar" } else { "coordinator" })).collect();
        let mut head = world.entries[0].id();
        let first = people[0].clone();
        head = world.say(Author::Root, &root, vec![head], first.2);
        for (_, _, body) in &people[1..3] {
            head = world.say(Author::Seat(first.0), &first.1, vec![head], body.clone());
        }
        let heard = vec![(0..world.entries.len()).collect(); PEOPLE];
        Self { world, people, heard }
    }

    fn take(&mut self, step: Step) {
        let more = self.heard[step.told_by].clone();
        self.heard[step.who].extend(more);
        let heard: Vec<usize> = self.heard[step.who].iter().copied().collect();
        let deps = match step.lie {
            Some(at) => vec![self.world.entries[heard[at % heard.len()]].id()],
            None => {
                let known: Vec<SignedEntry> =
                    heard.iter().map(|at| self.world.entries[*at].clone()).collect();
                Roster::fold(self.world.realm, &known).unwrap().heads
            }
        };
        let (seat, key, _) = self.people[step.who].clone();
        let of = |person: usize| self.people[person].0;
        let (author, key, body) = match step.deed {
            Deed::Certify(person) => (Author::Seat(seat), key, self.people[person].2.clone()),
            Deed::Remove(person) => (Author::Seat(seat), key, remove(of(person), vec![])),
            Deed::Change(person, roles) => {
                let roles = ROLES[roles].iter().map(|role| (*role).to_owned()).collect();
                let changed = SeatChanged { seat: of(person), roles, site: None, cuts: vec![] };
                (Author::Seat(seat), key, Body::Changed(changed))
            }
            Deed::Void(person) => (Author::Root, self.world.root.clone(), Body::Voided { seat: of(person) }),
        };
        self.world.say(author, &key, deps, body);
        self.heard[step.who].insert(self.world.entries.len() - 1);
    }
}

fn same(one: &Roster, other: &Roster) {
    assert_eq!((&one.seats, &one.former, &one.heads), (&other.seats, &other.former, &other.heads));
    assert_eq!((&one.refused, &one.unfounded), (&other.refused, &other.unfounded));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_stands_is_the_same_in_every_order_and_a_removal_that_counts_keeps_its_seat_out(
        steps in steps(),
        order in prop::collection::vec(any::<u32>(), 32),
    ) {
        let mut devices = Devices::new();
        steps.into_iter().for_each(|step| devices.take(step));
        let Devices { world, people, .. } = devices;
        let straight = Roster::fold(world.realm, &world.entries).unwrap();
        let mut mixed: Vec<_> = world.entries.iter().cloned().zip(order.into_iter().cycle()).collect();
        mixed.sort_by_key(|(_, place)| *place);
        let mixed: Vec<SignedEntry> = mixed.into_iter().map(|(entry, _)| entry).collect();
        same(&straight, &Roster::fold(world.realm, &mixed).unwrap());
        same(&straight, &Roster::fold(world.realm, &world.entries.iter().rev().cloned().collect::<Vec<_>>()).unwrap());
        let counts: Vec<&SignedEntry> =
            world.entries.iter().filter(|entry| !straight.refused.contains(&entry.id())).collect();
        for (seat, key, _) in &people {
            let voids = |body: &Body| matches!(body, Body::Voided { seat: ended } if ended == seat);
            let is_ended = counts.iter().any(|entry| voids(entry.body()));
            let is_in = straight.seats.get(seat).is_some_and(|state| state.removed.is_none()) && !is_ended;
            let body = Body::Heard;
            let entry = Entry { realm: world.realm, deps: straight.heads.clone(), author: Author::Seat(*seat), body };
            let entry = entry.sign(key).unwrap();
            let id = entry.id();
            let with: Vec<SignedEntry> = world.entries.iter().cloned().chain([entry]).collect();
            let may = !Roster::fold(world.realm, &with).unwrap().refused.contains(&id);
            prop_assert_eq!(may, is_in);
            let about = |body: &Body| matches!(body, Body::Removed(removed) if removed.seat == *seat);
            let is_out = counts.iter().any(|entry| about(entry.body()));
            if let Some(state) = straight.seats.get(seat) {
                prop_assert_eq!(state.removed.is_some(), is_out);
                prop_assert!(!straight.former.contains_key(seat));
                let gives = |role: &String| counts.iter().any(|entry| match entry.body() {
                    Body::Seat(said) => said.seat == *seat && said.roles.contains(role),
                    Body::Changed(said) => said.seat == *seat && said.roles.contains(role),
                    _ => false,
                });
                prop_assert!(state.roles.iter().all(gives));
            }
            if let Some(former) = straight.former.get(seat) {
                prop_assert_eq!(former.is_removed, is_out);
            }
        }
    }
}
