//! Whatever happens in between, holders that meet without trouble end up equal and nothing is missing.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use tern_record::{EnvelopeId, LogId};
use tern_seal::SigningKey;
use tern_sync::answer;
use tern_sync::exchange::{Asker, Exchange, Next, Peer};
use tern_sync::memory::Memory;
use tern_testkit::Seeded;

use crate::support::{Held, World};

const MEMBERS: usize = 3;

struct Run {
    world: World,
    dice: Seeded,
    devices: Vec<Held>,
    logs: Vec<LogId>,
    hub: Held,
    old_hub: Held,
    memories: BTreeMap<(usize, usize), Memory>,
    written: BTreeSet<EnvelopeId>,
}

/// The other side of an exchange: a device, or the hub.
const HUB: usize = usize::MAX;

impl Run {
    fn new(seed: u64) -> Self {
        let world = World::of(MEMBERS, seed);
        let devices: Vec<Held> = (0..MEMBERS).map(|at| world.shelf(Some(at))).collect();
        let hub = world.shelf(None);
        let logs = (0..MEMBERS).map(|at| LogId::new([at as u8 + 1; 16])).collect();
        Self {
            dice: Seeded::new(seed ^ 0x5eed),
            devices,
            logs,
            old_hub: hub.clone(),
            hub,
            memories: BTreeMap::new(),
            written: BTreeSet::new(),
            world,
        }
    }

    fn step(&mut self) {
        let who = self.dice.below(MEMBERS);
        match self.dice.below(12) {
            0..=4 => {
                let id = self.world.write(who, self.logs[who], &mut self.devices[who], 20);
                self.written.insert(id);
            }
            // A copy of the device writes the same place, and its work comes here by some other way.
            5 => {
                let mut copy = self.devices[who].clone();
                for _ in 0..=self.dice.below(3) {
                    self.written.insert(self.world.write(who, self.logs[who], &mut copy, 20));
                }
                self.join(&mut copy);
            }
            6 => self.old_hub = self.hub.clone(),
            7 => {
                self.hub = self.old_hub.clone();
                self.forget_what_nobody_holds();
            }
            8 => {
                let held = if self.dice.percent(50) { &mut self.hub } else { &mut self.devices[who] };
                let ids = held.ids();
                if let Some(id) = ids.get(self.dice.below(ids.len().max(1))).copied() {
                    held.lose(id);
                    self.forget_what_nobody_holds();
                }
            }
            _ => {
                let other = [HUB, HUB, (who + 1) % MEMBERS][self.dice.below(3)];
                let rounds = self.dice.below(4);
                self.exchange(who, other, rounds, true);
            }
        }
    }

    fn join(&mut self, copy: &mut Held) {
        let all: Vec<Vec<u8>> = copy.envelopes.values().map(|(_, bytes)| bytes.clone()).collect();
        for bytes in all {
            tern_sync::shelf::Shelf::take(&mut self.hub, &bytes).unwrap();
        }
    }

    /// After a disk lost something: what was there alone is gone.
    fn forget_what_nobody_holds(&mut self) {
        let all: Vec<&Held> = self.devices.iter().chain([&self.hub]).collect();
        self.written.retain(|id| all.iter().any(|held| held.envelopes.contains_key(id)));
    }

    /// So many rounds; with trouble, the last reply is lost.
    fn exchange(&mut self, who: usize, other: usize, rounds: usize, is_troubled: bool) -> bool {
        let me = &self.world.members[who];
        let hub_key = SigningKey::from_seed(&[42; 32]);
        let (key, seat) = match other {
            HUB => (&hub_key, None),
            at => (&self.world.members[at].key, Some(self.world.members[at].seat)),
        };
        let peer = Peer { key: key.public().unwrap(), seat };
        let memory = self.memories.get(&(who, other)).cloned().unwrap_or_default();
        let mut one = self.devices[who].clone();
        let asker = Asker { seat: me.seat, key: me.key.clone() };
        let mut exchange = Exchange::begin(asker, peer, memory).with_room(20_000);
        let mut is_equal = false;
        for round in 0..rounds {
            let request = exchange.ask(&one, &mut self.dice).unwrap();
            let target = if other == HUB { &mut self.hub } else { &mut self.devices[other] };
            let reply = answer(target, key, &request).unwrap();
            if is_troubled && round + 1 == rounds {
                break;
            }
            if exchange.hear(&mut one, &reply.body).unwrap() == Next::Done {
                is_equal = exchange.outcome().is_equal;
                self.memories.insert((who, other), exchange.memory().clone());
                break;
            }
        }
        self.devices[who] = one;
        is_equal
    }
}

fn run(seed: u64) {
    let mut run = Run::new(seed);
    for _ in 0..40 {
        run.step();
    }
    for _ in 0..2 {
        for who in 0..MEMBERS {
            assert!(run.exchange(who, HUB, 60, false), "seed {seed}: {who} and the hub differ");
        }
    }
    let all: Vec<EnvelopeId> = run.hub.ids();
    for held in &run.devices {
        assert_eq!(held.ids(), all, "seed {seed}");
    }
    let missing: Vec<&EnvelopeId> = run.written.iter().filter(|id| !all.contains(id)).collect();
    assert!(missing.is_empty(), "seed {seed}: {missing:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn all_end_up_equal(seed in any::<u64>()) {
        run(seed);
    }
}
