//! Narratives: free text of tiers 3 and 4, the child's own words. Each is sealed apart under a key of its own and the
//! record holds the reference, so that it can be taken off a device without touching the record's chain.

use serde_json::{Value, json};
use tern_form::{BlobRef, Kind};
use tern_record::cbor::Canonical;
use tern_record::{BlobId, Compartment, Path, Scalar};
use tern_seal::SealKey;
use tern_seal::blob::{close_text, open_text};

use crate::Reply;
use crate::app::App;
use crate::record::Record;

/// Puts of a change, by path.
pub(crate) type PathPuts = Vec<(Path, Scalar)>;

/// A sealed attachment whose file is on the disk: its id, where it belongs, its size in bytes.
pub(crate) type Kept = (BlobId, Compartment, usize);

impl App {
    /// Free text that is sealed apart.
    pub(crate) fn is_narrative(&self, path: &Path) -> bool {
        self.schema
            .field_at(path)
            .is_some_and(|field| field.kind == Kind::Note && field.compartment() != Compartment::Core)
    }

    /// Seals the narratives among these puts. A text that stands already keeps its reference, so that saving it
    /// again changes nothing.
    pub(crate) fn seal_narratives(&self, record: &Record, puts: PathPuts) -> Reply<(PathPuts, Vec<Kept>)> {
        let mut sealed = Vec::with_capacity(puts.len());
        let mut kept = Vec::new();
        for (path, value) in puts {
            let value = match value.as_text().filter(|_| self.is_narrative(&path)) {
                Some(text) => match self.standing(record, &path, text) {
                    Some(same) => same,
                    None => self.seal_text(&path, text, &mut kept)?,
                },
                None => value,
            };
            sealed.push((path, value));
        }
        Ok((sealed, kept))
    }

    /// The reference that a path holds now, when it is to this text.
    fn standing(&self, record: &Record, path: &Path, text: &str) -> Option<Scalar> {
        let held = record.folded(&self.schema, path);
        let same = |value: &&Scalar| self.narrative(value).as_deref() == Some(text);
        held.shown().filter(same).cloned()
    }

    fn seal_text(&self, path: &Path, text: &str, kept: &mut Vec<Kept>) -> Reply<Scalar> {
        let closed = self.draw(|random| close_text(text, random));
        self.home.write_blob(closed.id, &closed.bytes)?;
        let compartment = self.schema.compartment(path).unwrap_or(Compartment::Restricted);
        kept.push((closed.id, compartment, closed.bytes.len()));
        let reference = BlobRef {
            blob: closed.id,
            key: *closed.key.as_bytes(),
            media: "text/plain".to_owned(),
            bytes: text.len() as u64,
            width: 0,
            height: 0,
        };
        Ok(Scalar::Bytes(reference.to_bytes()))
    }

    /// The text behind a reference; `None` when this is none, or its file is not here.
    pub(crate) fn narrative(&self, value: &Scalar) -> Option<String> {
        let reference = reference(value)?;
        let sealed = self.home.read_blob(reference.blob).ok()?;
        open_text(reference.blob, &SealKey::new(&reference.key), &sealed).ok()
    }

    /// Files of texts that were moved to another record, where they lie sealed anew.
    pub(crate) fn texts_moved_away(&self, record: &Record) -> Vec<BlobId> {
        let values = record.docs.values().flat_map(tern_doc::Document::moved_away);
        values.filter_map(|value| Some(reference(&value)?.blob)).collect()
    }

    /// A narrative whose text is not on this device.
    pub(crate) fn is_absent(&self, path: &Path, value: &Scalar) -> bool {
        self.is_narrative(path) && value.as_bytes().is_some() && self.narrative(value).is_none()
    }

    /// A value as JSON; of a narrative its text, or `{"absent": true}`.
    pub(crate) fn json_of(&self, path: &Path, value: &Scalar) -> Value {
        match value {
            Scalar::Bytes(_) if self.is_narrative(path) => {
                self.narrative(value).map_or_else(|| json!({ "absent": true }), Value::from)
            }
            value => self.schema.value_to_json(path, value),
        }
    }

    /// A value as people read it; of a narrative its text.
    pub(crate) fn print(&self, path: &Path, value: &Scalar) -> String {
        match value {
            Scalar::Bytes(_) if self.is_narrative(path) => {
                self.narrative(value).unwrap_or_else(|| self.text.word("value-not-here"))
            }
            value => self.schema.print(self.text.language(), path, value),
        }
    }
}

/// The reference in a value.
pub(crate) fn reference(value: &Scalar) -> Option<BlobRef> {
    BlobRef::from_bytes(value.as_bytes()?).ok().filter(|blob| blob.media == "text/plain")
}
