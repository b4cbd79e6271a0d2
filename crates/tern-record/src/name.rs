//! Names as people really have them: any script, any number of parts, no first and last.

use std::fmt;

use crate::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to, text_or_null};

/// Most parts of one name.
pub const MAX_PARTS: u64 = 32;

/// One name of a person, replaced whole.
///
/// ```text
/// name = [1, text, script, lang, use, parts, source]      script..source: text or null
/// parts = [[kind, text], ...]                             in the order said
/// ```
/// `Debug` prints dots: a child's name is in no log.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Name {
    /// Exactly as typed.
    pub text: String,
    /// ISO 15924, as detected or chosen.
    pub script: Option<String>,
    /// BCP 47, when somebody said it. Never guessed.
    pub lang: Option<String>,
    /// Code of list `name_use`.
    pub usage: Option<String>,
    /// Parts by kind, when somebody told them apart. None is mandatory.
    pub parts: Vec<NamePart>,
    /// Who said it: child, caregiver, document, register, worker.
    pub source: Option<String>,
}

/// A part of a name that somebody told apart.
#[derive(Clone, PartialEq, Eq)]
pub struct NamePart {
    /// given, father, grandfather, family, nickname …
    pub kind: String,
    /// As typed.
    pub text: String,
}

impl Name {
    /// A name of which only the text is known.
    pub fn from_text(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Name(…)")
    }
}

impl fmt::Debug for NamePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NamePart(…)")
    }
}

impl Canonical for Name {
    fn write(&self, to: &mut Writer) {
        to.array(7).uint(1).text(&self.text);
        to.text_or_null(self.script.as_deref()).text_or_null(self.lang.as_deref());
        to.text_or_null(self.usage.as_deref()).array(self.parts.len());
        for part in &self.parts {
            to.array(2).text(&part.kind).text(&part.text);
        }
        to.text_or_null(self.source.as_deref());
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 7)?;
        if from.u8()? != 1 {
            return Err(CborError::Shape);
        }
        let text = from.str()?.to_owned();
        let (script, lang, usage) = (text_or_null(from)?, text_or_null(from)?, text_or_null(from)?);
        let mut parts = Vec::new();
        for _ in 0..array_up_to(from, MAX_PARTS)? {
            array_of(from, 2)?;
            parts.push(NamePart { kind: from.str()?.to_owned(), text: from.str()?.to_owned() });
        }
        Ok(Self { text, script, lang, usage, parts, source: text_or_null(from)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_both_ways_and_never_prints() {
        let name = Name {
            text: "سميرا حيدری".into(),
            script: Some("Arab".into()),
            parts: vec![NamePart { kind: "given".into(), text: "سميرا".into() }],
            ..Name::default()
        };
        assert_eq!(Name::from_bytes(&name.to_bytes()), Ok(name.clone()));
        assert!(!format!("{name:?}").contains('س'));
    }
}
