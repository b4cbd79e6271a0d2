//! Who belongs, as the store knows it, folded once and kept at hand.

use std::collections::BTreeSet;

use tern_record::port::Random;
use tern_record::{EntryId, RealmId, SeatId};
use tern_seal::roster::{Carried, Roster, SignedEntry, sift, wanted};
use tern_seal::{PieceKind, SigningKey, armor};

use crate::store::{Store, StoreError, Tx};

/// Who brings what stands in a file.
const NOBODY: SeatId = SeatId::new([0; 16]);

/// The membership and the statements that it follows from.
#[derive(Clone)]
pub struct Members {
    /// The statements, in the order in which they came.
    pub entries: Vec<SignedEntry>,
    /// The membership.
    pub roster: Roster,
}

impl Members {
    /// What the store knows.
    pub fn load(tx: &impl Tx) -> Result<Self, StoreError> {
        let realm = tx.realm()?.ok_or(StoreError::NoProgramme)?;
        let entries = tx.statements()?;
        let roster = Roster::fold(realm, &entries).map_err(|_| StoreError::Damaged("the roster"))?;
        Ok(Self { entries, roster })
    }

    /// The store knows as much as stands here: no other hub wrote, and no write came to nothing.
    pub fn is_all(&self, tx: &impl Tx) -> Result<bool, StoreError> {
        Ok(tx.count_statements()? == self.entries.len())
    }

    /// Takes in what somebody brings; `false` when there was nothing to take.
    pub fn take(&mut self, carried: Carried, by: SeatId, tx: &impl Tx) -> Result<bool, StoreError> {
        let known: BTreeSet<EntryId> = self.entries.iter().map(SignedEntry::id).collect();
        let mut brought = carried.entries;
        brought.retain(|entry| !known.contains(&entry.id()));
        let mut is_news = false;
        if !brought.is_empty()
            && let Ok(sifted) = sift(self.roster.realm, self.entries.clone(), brought)
        {
            tx.add_statements(&sifted.new)?;
            is_news = !sifted.new.is_empty();
            self.entries.extend(sifted.new);
            self.roster = sifted.roster;
        }
        for wrap in wanted(&self.roster, carried.wraps) {
            is_news |= tx.add_wrap(&wrap, by)?;
        }
        Ok(is_news)
    }
}

/// Gives a store its programme, from a roster that somebody wrote into a file; in a store that has one already, what is
/// new of it.
pub fn seed<S: Store>(store: &S, file: &str) -> Result<(), StoreError> {
    let bytes = armor::read(file, PieceKind::Roster).map_err(|_| not_one())?;
    let carried = Carried::parse(&bytes).map_err(|_| not_one())?;
    let realm = realm_of(&carried)?;
    store.within(|tx| {
        match tx.realm()? {
            Some(have) if have != realm => return Err(StoreError::OtherProgramme),
            Some(_) => {
                Members::load(tx)?.take(carried, NOBODY, tx)?;
            }
            None => {
                let sifted = sift(realm, Vec::new(), carried.entries)
                    .map_err(|error| StoreError::Roster(error.to_string()))?;
                tx.keep_realm(realm)?;
                tx.add_statements(&sifted.new)?;
                for wrap in wanted(&sifted.roster, carried.wraps) {
                    tx.add_wrap(&wrap, NOBODY)?;
                }
            }
        }
        Ok(())
    })
}

fn realm_of(carried: &Carried) -> Result<RealmId, StoreError> {
    let first = carried.entries.first().map(SignedEntry::realm);
    first.ok_or_else(not_one)
}

fn not_one() -> StoreError {
    StoreError::Roster("not what `tern roster log --out FILE` writes".to_owned())
}

/// The key of this store, made when there is none.
pub fn own_key<S: Store>(store: &S, random: &mut dyn Random) -> Result<SigningKey, StoreError> {
    let fresh = SigningKey::make_random(random);
    store.within(|tx| tx.key(&fresh))
}
