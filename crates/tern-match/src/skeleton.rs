//! Consonants in one neutral spelling, whatever the script.
//!
//! Classes: q, gh, hard c and g fall to `k`; kh, x and all h to `h`; sh, ch, s, ts to `s`; zh and j to `j`; w to
//! `v`. Vowels, ayn and hamza fall away, doubled consonants count once, and a final h (ة) is not heard. Where
//! a script leaves a choice open, each reading is a skeleton of its own.

use crate::fold::{Script, script_of};

/// Most readings of one word.
const MOST: usize = 6;

/// What a letter can be: alternatives, each a few letters.
type Reading = &'static [&'static str];

/// The skeletons of a folded word; empty when no consonant is left.
pub fn skeletons(word: &str) -> Vec<String> {
    let mut readings = vec![String::new()];
    for step in steps(word) {
        readings = readings
            .iter()
            .flat_map(|so_far| step.iter().map(move |next| format!("{so_far}{next}")))
            .take(MOST * 4)
            .collect();
    }
    let mut found: Vec<String> = readings.iter().map(|reading| settle(reading)).collect();
    found.retain(|skeleton| !skeleton.is_empty());
    found.sort_by_key(String::len);
    found.dedup();
    found.truncate(MOST);
    found
}

/// Latin letters for a folded text, long vowels included: how a name in another script is also found.
pub fn romanise(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match script_of(letter) {
            Script::Arabic => out.push_str(arabic_spoken(letter)),
            Script::Cyrillic => out.push_str(cyrillic_spoken(letter)),
            Script::Ethiopic => out.push_str(&ethiopic_spoken(letter)),
            _ => out.push(letter),
        }
    }
    out
}

fn settle(reading: &str) -> String {
    let mut settled = String::new();
    for letter in reading.chars() {
        if !settled.ends_with(letter) {
            settled.push(letter);
        }
    }
    if settled.len() > 2 && settled.ends_with('h') {
        settled.pop();
    }
    settled
}

fn steps(word: &str) -> Vec<Reading> {
    let letters: Vec<char> = word.chars().collect();
    let mut steps = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let next = letters.get(at + 1).copied();
        let (step, taken) = match script_of(*letter) {
            Script::Latin => latin(*letter, next, at == 0),
            Script::Arabic => (arabic(*letter, at == 0), 1),
            Script::Cyrillic => (cyrillic(*letter), 1),
            Script::Ethiopic => (ethiopic(*letter), 1),
            Script::Other => (&[""][..], 1),
        };
        steps.push(step);
        at += taken;
    }
    steps
}

fn latin(letter: char, next: Option<char>, first: bool) -> (Reading, usize) {
    let pair: Option<Reading> = match (letter, next) {
        ('s' | 'c', Some('h')) => Some(&["s"]),
        ('k', Some('h')) => Some(&["h"]),
        ('g', Some('h')) => Some(&["k"]),
        ('p', Some('h')) => Some(&["f"]),
        ('t', Some('h' | 's')) | ('t', Some('z')) => Some(if next == Some('h') { &["t"] } else { &["s"] }),
        ('d', Some('h')) => Some(&["d", "z"]),
        ('d', Some('j')) | ('z', Some('h')) => Some(&["j"]),
        ('c', Some('z')) => Some(&["s"]),
        _ => None,
    };
    if let Some(pair) = pair {
        return (pair, 2);
    }
    let one: Reading = match letter {
        'b' => &["b"],
        'c' if matches!(next, Some('e' | 'i' | 'y')) => &["s", "k"],
        'c' if first => &["k", ""],
        'c' | 'k' | 'q' => &["k"],
        'g' => &["k", "j"],
        'd' => &["d"],
        'f' => &["f"],
        'h' | 'x' => &["h"],
        'j' => &["j", "y"],
        'l' => &["l"],
        'm' => &["m"],
        'n' => &["n"],
        'p' => &["p"],
        'r' => &["r"],
        's' => &["s"],
        't' => &["t"],
        'v' => &["v"],
        'w' => &["v", ""],
        'y' if first => &["y"],
        'z' => &["z"],
        _ => &[""],
    };
    (one, 1)
}

fn arabic(letter: char, first: bool) -> Reading {
    match letter {
        'ب' => &["b"],
        'پ' => &["p"],
        'ت' | 'ط' => &["t"],
        'ث' => &["s", "t"],
        'س' | 'ص' | 'ش' | 'چ' | 'څ' => &["s"],
        'ج' => &["j", "k"],
        'ژ' | 'ږ' => &["j"],
        'ح' | 'خ' | 'ه' => &["h"],
        'د' => &["d"],
        'ض' | 'ذ' | 'ظ' => &["d", "z"],
        'ر' => &["r"],
        'ز' | 'ځ' => &["z"],
        'غ' | 'ق' | 'ك' | 'گ' => &["k"],
        'ف' => &["f"],
        'ڤ' => &["v"],
        'ل' => &["l"],
        'م' => &["m"],
        'ن' | 'ڼ' => &["n"],
        'و' => &["", "v"],
        'ي' if first => &["y"],
        _ => &[""],
    }
}

fn cyrillic(letter: char) -> Reading {
    match letter {
        'б' => &["b"],
        'в' => &["v"],
        'г' => &["k", "h"],
        'д' => &["d"],
        'ж' => &["j"],
        'з' => &["z"],
        'к' => &["k"],
        'л' => &["l"],
        'м' => &["m"],
        'н' => &["n"],
        'п' => &["p"],
        'р' => &["r"],
        'с' | 'ц' | 'ч' | 'ш' | 'щ' => &["s"],
        'т' => &["t"],
        'ф' => &["f"],
        'х' => &["h"],
        'ю' | 'я' | 'є' | 'ї' => &["", "y"],
        _ => &[""],
    }
}

/// Rows of the Ethiopic block from U+1200, eight syllables each.
const ETHIOPIC: [Reading; 44] = [
    &["h"],
    &["l"],
    &["h"],
    &["m"],
    &["s"],
    &["r"],
    &["s"],
    &["s"],
    &["k"],
    &["k"],
    &["k"],
    &["k"],
    &["b"],
    &["v", "b"],
    &["t"],
    &["s"],
    &["h"],
    &["h"],
    &["n"],
    &["n"],
    &[""],
    &["k"],
    &["k"],
    &["h"],
    &["h"],
    &["v", ""],
    &[""],
    &["z"],
    &["j"],
    &["y", ""],
    &["d"],
    &["d"],
    &["j"],
    &["k"],
    &["k"],
    &["k"],
    &["t"],
    &["s"],
    &["p"],
    &["s"],
    &["s"],
    &["f"],
    &["p"],
    &[""],
];

fn ethiopic(letter: char) -> Reading {
    row_of(letter).and_then(|row| ETHIOPIC.get(row)).copied().unwrap_or(&[""])
}

fn row_of(letter: char) -> Option<usize> {
    let offset = u32::from(letter).checked_sub(0x1200)?;
    usize::try_from(offset / 8).ok()
}

fn arabic_spoken(letter: char) -> &'static str {
    match letter {
        'ا' => "a",
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' => "t",
        'ث' => "th",
        'ج' => "j",
        'چ' => "ch",
        'ح' | 'ه' => "h",
        'خ' => "kh",
        'د' | 'ض' => "d",
        'ذ' => "dh",
        'ر' => "r",
        'ز' | 'ظ' => "z",
        'ژ' => "zh",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'غ' => "gh",
        'ف' => "f",
        'ق' => "q",
        'ك' => "k",
        'گ' => "g",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        'و' => "u",
        'ي' => "i",
        _ => "",
    }
}

fn cyrillic_spoken(letter: char) -> &'static str {
    match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "h",
        'д' => "d",
        'е' => "e",
        'є' => "ie",
        'ж' => "zh",
        'з' => "z",
        'и' => "y",
        'і' | 'й' | 'ї' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ы' => "y",
        'э' => "e",
        'ю' => "iu",
        'я' => "ia",
        _ => "",
    }
}

fn ethiopic_spoken(letter: char) -> String {
    const VOWELS: [&str; 8] = ["e", "u", "i", "a", "e", "", "o", "a"];
    let Some(row) = row_of(letter) else { return String::new() };
    let consonant = ETHIOPIC.get(row).and_then(|reading| reading.first()).copied().unwrap_or("");
    let order = usize::try_from(u32::from(letter) % 8).unwrap_or(0);
    format!("{consonant}{}", VOWELS.get(order).copied().unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    fn share(a: &str, b: &str) -> bool {
        let all = |text: &str| fold(text).iter().map(|word| skeletons(word)).collect::<Vec<_>>();
        let (a, b) = (all(a), all(b));
        a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a.iter().any(|reading| b.contains(reading)))
    }

    #[test]
    fn one_name_in_many_spellings_shares_a_skeleton() {
        let pairs = [
            ("محمد", "Mohamed"),
            ("محمد", "Muhammad"),
            ("محمد", "Maxamed"),
            ("الخطيب", "Al-Khatib"),
            ("الخطيب", "Khatib"),
            ("الشامي", "Shami"),
            ("عبد الرحمن", "Abdul Rahman"),
            ("عبد الرحمن", "Abderrahmane"),
            ("سمیرا حیدری", "Samira Haidari"),
            ("يوسف", "Yousef"),
            ("نوری", "Noori"),
            ("غلام", "Gholam"),
            ("قاسم", "Qasem"),
            ("قاسم", "Ghasem"),
            ("ولی", "Wali"),
            ("ولی", "Vali"),
            ("حسن", "Xasan"),
            ("علي", "Cali"),
            ("فاطمة", "Faadumo"),
            ("Олександр", "Oleksandr"),
            ("Юлія", "Yuliia"),
            ("Ковальчук", "Kovalchuk"),
            ("Ковальчук", "Kowalczuk"),
            ("ሰላም", "Selam"),
            ("ተስፋይ", "Tesfay"),
            ("ገብረመስቀል", "Gebremeskel"),
            ("ገብረመስቀል", "Ghebremeskel"),
            ("ዮናስ", "Yonas"),
        ];
        let missed: Vec<_> = pairs.iter().filter(|(a, b)| !share(a, b)).collect();
        println!(
            "{} of {} pairs share a skeleton; missed: {missed:?}",
            pairs.len() - missed.len(),
            pairs.len()
        );
        // Faadumo turned t into d and lost its vowel order: known, and found by nothing here.
        assert!(missed.iter().all(|(_, latin)| ["Faadumo"].contains(latin)), "{missed:?}");
    }

    #[test]
    fn different_names_differ() {
        for (a, b) in [("محمد", "Ahmad"), ("سميرا", "Karima"), ("Олена", "Ivan"), ("ሰላም", "Tesfay")]
        {
            assert!(!share(a, b), "{a} {b}");
        }
    }
}
