//! Ids as people read them aloud: Crockford base 32, and a check character that catches a slip.
//!
//! The *long text* of an id is its 128 bits in 26 characters. The *short id* is the first 7 of them
//! (35 bits) and a Luhn-mod-32 check character, shown `7K2M-4QX9`. A longer prefix of the long text
//! also names a record. <https://www.crockford.com/base32.html>

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters of a short id without its hyphen: seven and the check.
pub const SHORT_CHARS: usize = 8;

/// Characters of a long id.
pub const LONG_CHARS: usize = 26;

/// What a person typed to name a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// The first 7 characters, check character already found right.
    Short(String),
    /// Nine to 26 characters of the long text.
    Prefix(String),
}

/// Why typed text names no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotANumber {
    /// The last character does not fit the others: one is mistyped.
    #[error("one character of the number is wrong")]
    Check,
    /// Not the shape of a number at all.
    #[error("not a record number")]
    Shape,
}

/// The 26 characters of an id. The last carries three bits.
pub fn long_text(id: &[u8; 16]) -> String {
    let bits = u128::from_be_bytes(*id);
    let mut text = String::with_capacity(LONG_CHARS);
    for place in 0..LONG_CHARS {
        // The 128 bits are followed by two zero bits to fill the last character.
        let shift = 123_i32 - 5 * i32::try_from(place).unwrap_or(0);
        let value = if shift >= 0 { bits >> shift } else { bits << -shift };
        text.push(character((value & 31) as u8));
    }
    text
}

/// Reads the 26 characters back; `None` for anything else.
pub fn from_long_text(text: &str) -> Option<[u8; 16]> {
    let clean = clean(text)?;
    if clean.len() != LONG_CHARS {
        return None;
    }
    let mut bits: u128 = 0;
    for (place, c) in clean.bytes().enumerate() {
        let value = u128::from(value(c)?);
        if place == LONG_CHARS - 1 {
            if value & 3 != 0 {
                return None;
            }
            bits = (bits << 3) | (value >> 2);
        } else {
            bits = (bits << 5) | value;
        }
    }
    Some(bits.to_be_bytes())
}

/// The short id as shown: `7K2M-4QX9`.
pub fn short_text(id: &[u8; 16]) -> String {
    let seven: String = long_text(id).chars().take(SHORT_CHARS - 1).collect();
    let check = check_character(&seven);
    let (left, right) = seven.split_at_checked(4).unwrap_or((&seven, ""));
    format!("{left}-{right}{check}")
}

/// Reads what a person typed: case, hyphens, spaces and the look-alikes O, I and L are forgiven.
pub fn read(text: &str) -> Result<Typed, NotANumber> {
    let clean = clean(text).ok_or(NotANumber::Shape)?;
    match clean.len() {
        SHORT_CHARS => {
            let (seven, check) = clean.split_at_checked(SHORT_CHARS - 1).ok_or(NotANumber::Shape)?;
            if check.starts_with(check_character(seven)) {
                Ok(Typed::Short(seven.to_owned()))
            } else {
                Err(NotANumber::Check)
            }
        }
        length if length > SHORT_CHARS && length <= LONG_CHARS => Ok(Typed::Prefix(clean)),
        _ => Err(NotANumber::Shape),
    }
}

/// The smallest and the largest id whose long text begins so.
pub fn range_of(prefix: &str) -> Option<([u8; 16], [u8; 16])> {
    let clean = clean(prefix)?;
    if clean.is_empty() || clean.len() > LONG_CHARS {
        return None;
    }
    let mut low: u128 = 0;
    let mut filled = 0_u32;
    for c in clean.bytes() {
        let value = u128::from(value(c)?);
        let room = 128 - filled;
        let take = room.min(5);
        low |= (value >> (5 - take)) << (room - take);
        filled += take;
    }
    let rest = if filled >= 128 { 0 } else { u128::MAX >> filled };
    Some((low.to_be_bytes(), (low | rest).to_be_bytes()))
}

/// Luhn mod N over the 32 characters: catches every single slip and most swaps of neighbours.
fn check_character(text: &str) -> char {
    let mut sum = 0_u32;
    for (place, c) in text.bytes().rev().enumerate() {
        let factor = if place % 2 == 0 { 2 } else { 1 };
        let product = u32::from(value(c).unwrap_or(0)) * factor;
        sum += product / 32 + product % 32;
    }
    character(((32 - sum % 32) % 32) as u8)
}

fn clean(text: &str) -> Option<String> {
    text.chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| match c.to_ascii_uppercase() {
            'O' => Some('0'),
            'I' | 'L' => Some('1'),
            c if c.is_ascii() && ALPHABET.contains(&(c as u8)) => Some(c),
            _ => None,
        })
        .collect()
}

fn character(value: u8) -> char {
    ALPHABET.get(usize::from(value & 31)).map_or('0', |b| char::from(*b))
}

fn value(c: u8) -> Option<u8> {
    ALPHABET.iter().position(|a| *a == c).and_then(|at| u8::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn long_text_goes_both_ways(id: [u8; 16]) {
            prop_assert_eq!(from_long_text(&long_text(&id)), Some(id));
        }

        #[test]
        fn a_short_id_reads_back_and_lies_in_its_range(id: [u8; 16]) {
            let Ok(Typed::Short(seven)) = read(&short_text(&id).to_lowercase()) else { panic!("short") };
            let (low, high) = range_of(&seven).unwrap();
            prop_assert!(low <= id && id <= high);
        }

        #[test]
        fn every_single_slip_is_caught(id: [u8; 16], place in 0_usize..8, other in 0_usize..32) {
            let short = short_text(&id).replace('-', "");
            let mut slipped: Vec<u8> = short.bytes().collect();
            let new = ALPHABET[other];
            prop_assume!(slipped[place] != new);
            slipped[place] = new;
            prop_assert_eq!(read(std::str::from_utf8(&slipped).unwrap()), Err(NotANumber::Check));
        }

        #[test]
        fn a_full_prefix_names_one_id(id: [u8; 16]) {
            prop_assert_eq!(range_of(&long_text(&id)), Some((id, id)));
        }
    }

    #[test]
    fn look_alikes_are_forgiven() {
        let id = [0; 16];
        assert_eq!(read("oooo-ooo0"), read(&short_text(&id)));
        assert_eq!(read("child"), Err(NotANumber::Shape));
        assert_eq!(read("سميرا"), Err(NotANumber::Shape));
    }
}
