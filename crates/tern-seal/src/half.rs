//! A key in two halves, each wrapped to one coordinator: two of three put it together, one alone knows nothing.
//!
//! ```text
//! one = 32 random bytes    other = key xor one    for each pair of coordinators, halves of their own
//! ```
//! One half is as good as chance; there is no polynomial and nothing to get wrong.

use tern_record::port::Random;
use tern_record::{RealmId, SeatId};

use crate::Refused;
use crate::construct::{unwrap_key, wrap_key};
use crate::key::{SealKey, WrapPublic, WrapSecret};
use crate::label::Label;
use crate::roster::{PairOfShares, Wrapped};

/// Every pair of different people.
pub fn pairs<'a, T>(people: &'a [&'a T]) -> impl Iterator<Item = (&'a T, &'a T)> {
    let with = |at: usize| people.iter().skip(at + 1);
    people.iter().enumerate().flat_map(move |(at, one)| with(at).map(move |other| (*one, *other)))
}

/// Halves a key for two coordinators. `ad` says where the halves belong.
pub fn halve(
    realm: RealmId,
    label: Label,
    ad: &[u8],
    key: &SealKey,
    one: &(SeatId, WrapPublic),
    other: &(SeatId, WrapPublic),
    random: &mut dyn Random,
) -> Result<PairOfShares, Refused> {
    let first = SealKey::make_random(random);
    let second = join(key, &first);
    let mut wrap = |to: &(SeatId, WrapPublic), half: &SealKey| -> Result<Wrapped, Refused> {
        let ad = [ad, to.0.as_bytes()].concat();
        Ok(Wrapped { seat: to.0, bytes: wrap_key(&to.1, label, realm, &ad, half, random)? })
    };
    Ok(PairOfShares { one: wrap(one, &first)?, other: wrap(other, &second)? })
}

/// Opens the half that is wrapped to one's own seat.
pub fn open_half(
    realm: RealmId,
    label: Label,
    ad: &[u8],
    seat: SeatId,
    secret: &WrapSecret,
    wrapped: &[u8],
) -> Result<SealKey, Refused> {
    unwrap_key(secret, label, realm, &[ad, seat.as_bytes()].concat(), wrapped)
}

/// Puts two halves together.
pub fn join(one: &SealKey, other: &SealKey) -> SealKey {
    SealKey::filled(|whole| {
        for (to, (one, other)) in whole.iter_mut().zip(one.as_bytes().iter().zip(other.as_bytes())) {
            *to = one ^ other;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemRandom;

    #[test]
    fn two_halves_make_the_key_and_each_opens_for_its_own_seat_and_place_alone() {
        let random = &mut SystemRandom::default();
        let realm = RealmId::new([1; 32]);
        let people: Vec<(SeatId, WrapSecret)> =
            (1..=3).map(|n| (SeatId::new([n; 16]), WrapSecret::make_random(random))).collect();
        let public: Vec<(SeatId, WrapPublic)> =
            people.iter().map(|(seat, secret)| (*seat, secret.public().unwrap())).collect();
        let public: Vec<&(SeatId, WrapPublic)> = public.iter().collect();
        let key = SealKey::make_random(random);
        assert_eq!(pairs(&public).count(), 3);
        let pair = halve(realm, Label::RootHalf, b"root", &key, public[0], public[2], random).unwrap();
        let open = |who: usize, wrap: &Wrapped, ad: &[u8]| {
            open_half(realm, Label::RootHalf, ad, people[who].0, &people[who].1, &wrap.bytes)
        };
        let one = open(0, &pair.one, b"root").unwrap();
        let other = open(2, &pair.other, b"root").unwrap();
        assert!(join(&one, &other) == key && one != key && other != key);
        assert!(open(1, &pair.one, b"root").is_err() && open(0, &pair.one, b"slot").is_err());
        assert!(open(0, &pair.other, b"root").is_err());
    }
}
