//! What opens a vault: five words of a public list, or the rescue code on paper.

use std::sync::OnceLock;

use tern_record::port::Random;
use tern_record::short;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::key::{SealKey, Secret};
use crate::label::Label;
use crate::slot::{Cost, stretch};

/// Words of a generated passphrase: 64.6 bits.
pub const WORDS: usize = 5;
/// Shortest passphrase of one's own, in characters.
pub const SHORTEST_OWN: usize = 15;
/// Groups of a rescue code.
pub const RESCUE_GROUPS: usize = 7;
const GROUP: usize = 4;

/// The public list of 7,776 words, sorted.
pub fn words() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| include_str!("../words/en.txt").lines().collect())
}

/// Draws five words, each equally likely.
pub fn draw_words(random: &mut dyn Random) -> Vec<String> {
    let list = words();
    let mut drawn = Vec::with_capacity(WORDS);
    while drawn.len() < WORDS {
        let mut bytes = [0; 2];
        random.fill(&mut bytes);
        // 62,208 is the largest multiple of 7,776 in 16 bits: what lies above would favour some words.
        let value = usize::from(u16::from_be_bytes(bytes));
        if value < 62_208
            && let Some(word) = list.get(value % list.len())
        {
            drawn.push((*word).to_owned());
        }
    }
    drawn
}

/// Four words of the list, each by eight bytes: what two screens show alike. They are 51 bits and somebody might try
/// many pieces until one has the same words, so each try costs what a try at a passphrase costs.
pub(crate) fn check_words_of(key: &SealKey) -> [&'static str; 4] {
    let mut chosen = [""; 4];
    let stretched = stretch(key.as_bytes(), Label::CheckWords.text().as_bytes(), Cost::FLOOR);
    let Ok(stretched) = stretched else { return chosen };
    for (to, eight) in chosen.iter_mut().zip(stretched.as_bytes().chunks_exact(8)) {
        let number = eight.iter().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        let at = usize::try_from(number % words().len() as u64).unwrap_or_default();
        *to = words().get(at).copied().unwrap_or_default();
    }
    chosen
}

/// Whether somebody typed these words. Case, hyphens, commas and blanks do not matter; the order does.
pub fn same_words(typed: &str, words: &[&str]) -> bool {
    let letters = |text: &str| {
        let spelled = normalise(text);
        spelled.split(|c: char| !c.is_alphanumeric()).flat_map(str::chars).collect::<String>()
    };
    let wanted = letters(&words.join(" "));
    !wanted.is_empty() && letters(typed) == wanted
}

/// One spelling for what people type: NFKC, lower case, single spaces.
pub fn normalise(typed: &str) -> Zeroizing<String> {
    let folded: Zeroizing<String> = Zeroizing::new(typed.nfkc().flat_map(char::to_lowercase).collect());
    Zeroizing::new(folded.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// True when a passphrase may be used: five words of the list, or at least 15 characters.
pub fn is_long_enough(typed: &str) -> bool {
    let typed = normalise(typed);
    let listed = |word: &str| words().binary_search(&word).is_ok();
    let parts = typed.split(' ').collect::<Vec<_>>();
    (parts.len() >= WORDS && parts.iter().all(|word| listed(word))) || typed.chars().count() >= SHORTEST_OWN
}

/// A rescue code: 128 random bits that are written down once and kept under seal.
///
/// Shown as seven groups of four characters of Crockford base 32; the last two characters are checks, so
/// that a slip is told apart from a wrong code without a costly try.
pub struct RescueCode(Secret<16>);

/// Why typed text is no rescue code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotARescueCode {
    /// The check characters do not fit.
    #[error("one character of the code is wrong")]
    Slip,
    /// Not 28 characters of the alphabet.
    #[error("not a rescue code")]
    Shape,
}

impl RescueCode {
    /// Draws a new one.
    pub fn make_random(random: &mut dyn Random) -> Self {
        Self(Secret::filled(|bytes| random.fill(bytes)))
    }

    /// Reads what was typed; case, hyphens, spaces and look-alikes are forgiven.
    pub fn read(typed: &str) -> Result<Self, NotARescueCode> {
        let clean = clean_code(typed);
        let (code, check) = clean.split_at_checked(short::LONG_CHARS).ok_or(NotARescueCode::Shape)?;
        if check.chars().count() != 2 {
            return Err(NotARescueCode::Shape);
        }
        let bytes = short::from_long_text(code).ok_or(NotARescueCode::Slip)?;
        let read = Self(Secret::copied(&bytes));
        if read.check() == check { Ok(read) } else { Err(NotARescueCode::Slip) }
    }

    /// The groups to show and write down.
    pub fn groups(&self) -> Vec<String> {
        let text = Zeroizing::new(format!("{}{}", short::long_text(self.0.as_bytes()), self.check()));
        grouped(&text)
    }

    /// What the slot is derived from.
    pub fn secret(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Two characters: ten bits of a hash.
    fn check(&self) -> String {
        let hash = crate::sha256(self.0.as_bytes());
        let mut id = [0; 16];
        for (to, from) in id.iter_mut().zip(hash) {
            *to = from;
        }
        short::long_text(&id).chars().take(2).collect()
    }
}

/// A typed code in capitals, without hyphens and blanks, look-alikes put right.
pub(crate) fn clean_code(typed: &str) -> Zeroizing<String> {
    let kept = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let clean = kept.map(|c| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    });
    Zeroizing::new(clean.collect())
}

/// A code in groups of four characters.
pub(crate) fn grouped(code: &str) -> Vec<String> {
    let characters: Vec<char> = code.chars().collect();
    characters.chunks(GROUP).map(|group| group.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemRandom;

    #[test]
    fn the_list_has_every_word_once_and_is_sorted() {
        assert_eq!(words().len(), 7776);
        assert!(words().is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn five_words_are_drawn_and_spelling_does_not_matter() {
        let drawn = draw_words(&mut SystemRandom::default());
        assert_eq!(drawn.len(), WORDS);
        assert!(is_long_enough(&drawn.join(" ")));
        assert!(!is_long_enough("short one"));
        assert!(is_long_enough("the tern flies far north"));
        assert_eq!(normalise("  Otter\tLAMP ｆin "), normalise("otter lamp fin"));
    }

    #[test]
    fn a_rescue_code_reads_back_and_a_slip_is_caught() {
        let mut random = SystemRandom::default();
        let mut caught = 0;
        for _ in 0..200 {
            let code = RescueCode::make_random(&mut random);
            let groups = code.groups();
            assert_eq!(groups.len(), RESCUE_GROUPS);
            let typed = groups.join(" ").to_lowercase();
            assert_eq!(RescueCode::read(&typed).unwrap().secret(), code.secret());
            let other = if typed.starts_with('7') { "8" } else { "7" };
            let slipped = format!("{other}{}", typed.get(1..).unwrap());
            caught += usize::from(RescueCode::read(&slipped).err() == Some(NotARescueCode::Slip));
        }
        assert!(caught >= 195, "{caught} of 200 slips caught");
        assert_eq!(RescueCode::read("hello").err(), Some(NotARescueCode::Shape));
        assert_eq!(RescueCode::read("ééééééééééééééééééééééééééé").err(), Some(NotARescueCode::Shape));
    }
}
