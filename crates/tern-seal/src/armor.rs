//! A piece as text, for a file, a message or a mail.
//!
//! ```text
//! TERN REQUEST
//! base64 (RFC 4648 section 4, no padding), 64 characters a line
//! = checksum (8 bytes, base64)
//! ```
//! Who reads is tolerant of what mail and messengers do: other line ends, quotes, blanks, words before and after, lines
//! run together. The checksum finds what was lost; it proves nothing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::limits::MAX_ADMISSION;
use crate::piece::{PieceKind, checksum};

const LINE: usize = 64;
const CHECKSUM: usize = 11;
/// Longest text that is looked at: the longest piece, its line ends, and as much again around it.
const MAX_TEXT: usize = 3 * MAX_ADMISSION;

/// Why a text gave no piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArmorError {
    /// No piece in it.
    #[error("nothing of Tern in this text")]
    Nothing,
    /// A piece, but another than was wanted.
    #[error("another piece than was wanted")]
    Other(PieceKind),
    /// A piece of a kind that a newer version knows.
    #[error("a kind of piece that this version does not know")]
    Newer,
    /// The end is missing.
    #[error("cut short")]
    CutShort,
    /// Changed on the way.
    #[error("changed on the way")]
    Damaged,
    /// Longer than any piece.
    #[error("longer than any piece")]
    TooLong,
}

/// Writes a piece as text.
pub fn write(kind: PieceKind, bytes: &[u8]) -> String {
    let body = STANDARD_NO_PAD.encode(bytes);
    let mut text = format!("TERN {}\n", kind.word());
    let mut rest = body.as_str();
    while let Some((line, after)) =
        rest.split_at_checked(LINE.min(rest.len())).filter(|(line, _)| !line.is_empty())
    {
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str("= ");
    text.push_str(&STANDARD_NO_PAD.encode(checksum(kind, bytes)));
    text.push('\n');
    text
}

/// Reads the piece that was wanted.
pub fn read(text: &str, wanted: PieceKind) -> Result<Vec<u8>, ArmorError> {
    let (found, bytes) = find(text)?;
    if found == wanted { Ok(bytes) } else { Err(ArmorError::Other(found)) }
}

/// Reads the first piece of a text, whatever it is.
pub fn find(text: &str) -> Result<(PieceKind, Vec<u8>), ArmorError> {
    if text.len() > MAX_TEXT {
        return Err(ArmorError::TooLong);
    }
    let (kind, rest) = after_head(text)?;
    let kept = rest.chars().filter(|c| !is_blank(*c));
    let (mut body, mut check, mut at_end) = (String::new(), String::new(), false);
    for c in kept {
        match c {
            '=' if !at_end => at_end = true,
            c if at_end && check.len() < CHECKSUM => check.push(c),
            _ if at_end => break,
            c => body.push(c),
        }
        if body.len() > kind.most().saturating_mul(2) {
            return Err(ArmorError::TooLong);
        }
    }
    if check.len() < CHECKSUM {
        return Err(ArmorError::CutShort);
    }
    let decode = |text: &str| STANDARD_NO_PAD.decode(text).map_err(|_| ArmorError::Damaged);
    let (bytes, check) = (decode(&body)?, decode(&check)?);
    if bytes.len() > kind.most() {
        return Err(ArmorError::TooLong);
    }
    if check == checksum(kind, &bytes) { Ok((kind, bytes)) } else { Err(ArmorError::Damaged) }
}

/// The first kind that is named after the word TERN, and what follows it.
fn after_head(text: &str) -> Result<(PieceKind, &str), ArmorError> {
    let mut unknown = false;
    let mut rest = text;
    while let Some((word, after)) = next_word(rest) {
        rest = after;
        if word != "TERN" {
            continue;
        }
        let Some((word, after)) = next_word(rest) else { break };
        match PieceKind::ALL.into_iter().find(|kind| kind.word() == word) {
            Some(kind) => return Ok((kind, after)),
            // In capitals and alone on its line: a head, but of nothing that is known here.
            None => unknown |= is_head(word, after),
        }
    }
    Err(if unknown { ArmorError::Newer } else { ArmorError::Nothing })
}

fn is_head(word: &str, after: &str) -> bool {
    let line = after.lines().next().unwrap_or_default();
    word.bytes().all(|byte| byte.is_ascii_uppercase()) && line.trim().is_empty()
}

fn next_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(is_blank);
    let end = text.find(is_blank).unwrap_or(text.len());
    text.split_at_checked(end).filter(|(word, _)| !word.is_empty())
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '>' | '|' | '\u{200b}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: PieceKind = PieceKind::Request;

    fn bytes(length: usize) -> Vec<u8> {
        (0..length).map(|at| (at * 7 % 251) as u8).collect()
    }

    #[test]
    fn what_is_written_reads_back_at_every_length() {
        for length in [0, 1, 2, 3, 47, 48, 49, 1400] {
            let text = write(KIND, &bytes(length));
            assert!(text.lines().all(|line| line.len() <= LINE) && text.starts_with("TERN REQUEST\n"));
            assert_eq!(read(&text, KIND), Ok(bytes(length)), "{length}");
        }
    }

    #[test]
    fn what_mail_and_messengers_do_does_not_matter() {
        let text = write(KIND, &bytes(300));
        let quoted: String = text.lines().map(|line| format!("> > {line}\r\n")).collect();
        let around = format!("Dear TERN team,\n\nTERN is here\n{text}\n-- \nLeila = registrar");
        for changed in [
            text.replace('\n', "\r\n"),
            text.replace('\n', "\n\n"),
            text.replace('\n', " "),
            text.trim_end().to_owned(),
            format!("\u{feff}{}", text.replace(' ', "\u{a0}")),
            quoted,
            around,
        ] {
            assert!(read(&changed, KIND) == Ok(bytes(300)), "{changed}");
        }
    }

    #[test]
    fn what_does_not_read_says_why() {
        let text = write(KIND, &bytes(300));
        assert_eq!(read(&text, PieceKind::Admission), Err(ArmorError::Other(KIND)));
        assert_eq!(find("hello TERN"), Err(ArmorError::Nothing));
        assert_eq!(find("TERN PARCEL\nabc\n= abcdefghijk"), Err(ArmorError::Newer));
        assert_eq!(find("The TERN programme began"), Err(ArmorError::Nothing));
        let (cut, _) = text.split_at(text.len() - 5);
        assert_eq!(find(cut), Err(ArmorError::CutShort));
        assert_eq!(find(&text.replacen('A', "B", 1)), Err(ArmorError::Damaged));
        assert_eq!(find(&text.replacen('A', "é", 1)), Err(ArmorError::Damaged));
        assert_eq!(find(&text.replace("REQUEST", "ASK")), Err(ArmorError::Damaged), "the head counts");
        assert_eq!(find(&"x".repeat(MAX_TEXT + 1)), Err(ArmorError::TooLong));
        let long = format!("TERN REQUEST\n{}", "A".repeat(KIND.most() * 2 + 1));
        assert_eq!(find(&long), Err(ArmorError::TooLong));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,400}") {
            assert!(find(&text).is_err());
            assert!(find(&format!("TERN ASK\n{text}")).is_err());
        }
    }
}
