//! A change as people type it: whole, or as much of its beginning as means it alone.

use std::collections::BTreeSet;

use tern_record::IntentId;

use crate::Reply;
use crate::failure::Code;

/// Fewest characters by which a change is named.
const LEAST: usize = 4;
/// Characters of a whole id.
const DIGITS: usize = 64;
/// Characters by which one of several is told, at least.
const TOLD: usize = 8;

/// What was typed, as ids begin; `None` when no id begins so.
fn beginning(typed: &str) -> Option<String> {
    let typed = typed.trim().to_ascii_lowercase();
    let is_one = typed.len() >= LEAST && typed.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_one.then_some(typed)
}

/// The first and the last id that begin as was typed; `None` when none does.
pub(crate) fn range_of(typed: &str) -> Option<(IntentId, IntentId)> {
    let begins = beginning(typed)?;
    let ends_in = |digit: &str| IntentId::from_hex(&format!("{begins}{digit}")).ok();
    let more = DIGITS.checked_sub(begins.len())?;
    ends_in(&"0".repeat(more)).zip(ends_in(&"f".repeat(more)))
}

/// The one of these changes that was meant.
pub(crate) fn change_among(typed: &str, all: impl IntoIterator<Item = IntentId>) -> Reply<IntentId> {
    let begins = beginning(typed).ok_or(Code::UnknownChange)?;
    let found: BTreeSet<IntentId> =
        all.into_iter().filter(|change| change.to_hex().starts_with(&begins)).collect();
    let mut each = found.iter();
    match (each.next(), each.next()) {
        (None, _) => Err(Code::UnknownChange.into()),
        (Some(one), None) => Ok(*one),
        _ => Err(Code::AmbiguousChange(apart(&found)).into()),
    }
}

/// Each by so much of its beginning that it is none of the others.
fn apart(found: &BTreeSet<IntentId>) -> String {
    let whole: Vec<String> = found.iter().map(IntentId::to_hex).collect();
    let are_apart = |length: &usize| {
        let short: BTreeSet<Option<&str>> = whole.iter().map(|id| id.get(..*length)).collect();
        short.len() == whole.len()
    };
    let length = (TOLD..DIGITS).find(are_apart).unwrap_or(DIGITS);
    let short: Vec<&str> = whole.iter().filter_map(|id| id.get(..length)).collect();
    short.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(first: [u8; 5]) -> IntentId {
        let mut bytes = [0; 32];
        bytes[..5].copy_from_slice(&first);
        IntentId::new(bytes)
    }

    #[test]
    fn as_much_as_means_one_alone_is_enough() {
        let all = [change([0xab, 0xcd, 0xef, 0x01, 0x10]), change([0xab, 0xcd, 0xef, 0x01, 0x20])];
        assert_eq!(change_among("ABCDEF011", all), Ok(all[0]));
        assert_eq!(change_among(&all[1].to_hex(), all), Ok(all[1]));
        for nothing in ["", "abc", "abce", "no id", "é"] {
            assert_eq!(change_among(nothing, all), Err(Code::UnknownChange.into()), "{nothing}");
        }
        let both = Code::AmbiguousChange("abcdef011, abcdef012".to_owned());
        assert_eq!(change_among("abcd", all), Err(both.into()), "each is told by what only it begins with");
    }
}
