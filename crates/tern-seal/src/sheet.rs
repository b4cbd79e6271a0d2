//! A coordinator's seat on paper, for the day when no coordinator's device is left: two pages, both needed.
//!
//! ```text
//! whole  = 32 random bytes        page one = 32 random bytes        page two = whole xor page one
//! page   = 52 characters of Crockford base 32 | 2 of the sheet | 2 that check the page
//! sheet  = the first two characters of SHA-256(fields("tern/1/recovery-sheet", whole))
//! check  = the first two characters of SHA-256(fields("tern/1/recovery-sheet", page, sheet))
//! keys   = derive(whole, 32 zero bytes, "tern/1/recovery-sheet", realm, "sign") and "wrap"
//! ```
//! One page alone is chance. The pages lie in two places, with two people.

use tern_record::port::Random;
use tern_record::{RealmId, short};
use zeroize::Zeroizing;

use crate::half::join;
use crate::hash::content_hash;
use crate::key::{SealKey, SigningKey, WrapSecret};
use crate::label::{Label, derive};
use crate::passphrase::{clean_code, grouped};

/// Groups of four characters on a page.
pub const PAGE_GROUPS: usize = 14;
const HALF: usize = 2 * short::LONG_CHARS;

/// The keys of a seat as two pages.
pub struct Sheet(SealKey);

/// One page.
#[derive(Clone, PartialEq, Eq)]
pub struct Page {
    half: SealKey,
    /// Two characters that both pages of a sheet show.
    sheet: String,
}

/// Why typed text is no page, or pages are no sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// The check characters do not fit.
    #[error("one character of the page is wrong")]
    Slip,
    /// Not 56 characters of the alphabet.
    #[error("not a page of a recovery sheet")]
    Shape,
    /// The same page twice.
    #[error("the same page twice")]
    SamePage,
    /// Pages of different sheets.
    #[error("pages of different sheets")]
    OtherSheet,
}

impl Sheet {
    /// Draws a new one.
    pub fn make_random(random: &mut dyn Random) -> Self {
        Self(SealKey::make_random(random))
    }

    /// The two pages to print. Other pages each time, that make the same sheet.
    pub fn pages(&self, random: &mut dyn Random) -> [Page; 2] {
        let one = SealKey::make_random(random);
        let other = join(&self.0, &one);
        [one, other].map(|half| Page { half, sheet: self.mark() })
    }

    /// Puts two pages together, in any order.
    pub fn put_together(one: &Page, other: &Page) -> Result<Self, SheetError> {
        if one.half == other.half {
            return Err(SheetError::SamePage);
        }
        let whole = Self(join(&one.half, &other.half));
        let fits = one.sheet == other.sheet && one.sheet == whole.mark();
        if fits { Ok(whole) } else { Err(SheetError::OtherSheet) }
    }

    /// The keys of the seat in a realm.
    pub fn keys(&self, realm: RealmId) -> (SigningKey, WrapSecret) {
        let of = |use_for: &[u8]| derive(&self.0, &[0; 32], Label::Sheet, &[realm.as_bytes(), use_for]);
        (SigningKey::from_seed(of(b"sign").as_bytes()), WrapSecret::from_seed(of(b"wrap").as_bytes()))
    }

    fn mark(&self) -> String {
        two_characters(&[self.0.as_bytes()])
    }
}

impl Page {
    /// Reads what was typed; case, hyphens, spaces and look-alikes are forgiven.
    pub fn read(typed: &str) -> Result<Self, SheetError> {
        let clean = clean_code(typed);
        let (half, marks) = clean.split_at_checked(HALF).ok_or(SheetError::Shape)?;
        let (left, right) = half.split_at_checked(short::LONG_CHARS).ok_or(SheetError::Shape)?;
        let (sheet, check) = marks.split_at_checked(2).ok_or(SheetError::Shape)?;
        if check.chars().count() != 2 {
            return Err(SheetError::Shape);
        }
        let mut bytes = Zeroizing::new([0; 32]);
        for (to, text) in bytes.chunks_exact_mut(16).zip([left, right]) {
            to.copy_from_slice(&short::from_long_text(text).ok_or(SheetError::Slip)?);
        }
        let page = Self { half: SealKey::new(&bytes), sheet: sheet.to_owned() };
        if page.check() == check { Ok(page) } else { Err(SheetError::Slip) }
    }

    /// The groups to print.
    pub fn groups(&self) -> Vec<String> {
        let (left, right) = self.half.as_bytes().split_at(16);
        let text = |half: &[u8]| half.first_chunk::<16>().map(short::long_text).unwrap_or_default();
        grouped(&Zeroizing::new([text(left), text(right), self.sheet.clone(), self.check()].concat()))
    }

    fn check(&self) -> String {
        two_characters(&[self.half.as_bytes(), self.sheet.as_bytes()])
    }
}

/// Ten bits of a hash.
fn two_characters(fields: &[&[u8]]) -> String {
    let hash = content_hash(Label::Sheet, fields);
    hash.first_chunk::<16>().map(short::long_text).unwrap_or_default().chars().take(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemRandom;

    fn typed(page: &Page) -> String {
        page.groups().join("-").to_lowercase()
    }

    #[test]
    fn two_pages_give_the_keys_back_in_either_order() {
        let random = &mut SystemRandom::default();
        let sheet = Sheet::make_random(random);
        let pages = sheet.pages(random);
        assert_eq!(pages[0].groups().len(), PAGE_GROUPS);
        let read: Vec<Page> = pages.iter().map(|page| Page::read(&typed(page)).unwrap()).collect();
        let realm = RealmId::new([1; 32]);
        let (signing, wrap) = sheet.keys(realm);
        for (one, other) in [(0, 1), (1, 0)] {
            let back = Sheet::put_together(&read[one], &read[other]).unwrap();
            assert_eq!(back.keys(realm).0.seed(), signing.seed());
            assert_eq!(back.keys(realm).1.seed(), wrap.seed());
        }
        assert_ne!(signing.seed(), wrap.seed());
        assert_ne!(sheet.keys(RealmId::new([2; 32])).0.seed(), signing.seed());
    }

    #[test]
    fn what_does_not_belong_together_is_told_apart() {
        let random = &mut SystemRandom::default();
        let (one, two) = (Sheet::make_random(random).pages(random), Sheet::make_random(random).pages(random));
        let together = |one: &Page, other: &Page| Sheet::put_together(one, other).map(|_| ());
        assert_eq!(together(&one[0], &one[0]), Err(SheetError::SamePage));
        assert_eq!(together(&one[0], &two[1]), Err(SheetError::OtherSheet));
        assert_eq!(Page::read("hello").err(), Some(SheetError::Shape));
        assert_eq!(Page::read(&"é".repeat(56)).err(), Some(SheetError::Shape));
        assert_eq!(Page::read(&format!("{}0", typed(&one[0]))).err(), Some(SheetError::Shape));
    }

    #[test]
    fn slips_are_caught() {
        let random = &mut SystemRandom::default();
        let mut caught = 0;
        for _ in 0..200 {
            let [page, _] = Sheet::make_random(random).pages(random);
            let text = typed(&page);
            let other = if text.starts_with('7') { "8" } else { "7" };
            let slipped = format!("{other}{}", text.get(1..).unwrap());
            caught += usize::from(Page::read(&slipped).err() == Some(SheetError::Slip));
        }
        assert!(caught >= 195, "{caught} of 200 slips caught");
    }
}
