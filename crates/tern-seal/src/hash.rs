//! Names that are hashes: of documents and intents.

use ring::digest;
use tern_record::cbor::Canonical;
use tern_record::{Compartment, DocId, EntityId, Intent, IntentId, RealmId, RecordId, SeatId};

use crate::label::{Label, joined};

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    let hash = digest::digest(&digest::SHA256, bytes);
    for (to, from) in out.iter_mut().zip(hash.as_ref()) {
        *to = *from;
    }
    out
}

/// SHA-256 over a label and length-prefixed fields.
pub fn content_hash(label: Label, fields: &[&[u8]]) -> [u8; 32] {
    sha256(&joined(label, fields))
}

/// The document of one compartment of a record: the first 16 bytes of a hash that only the realm shares.
pub fn doc_id(realm: RealmId, record: RecordId, compartment: Compartment) -> DocId {
    let hash = content_hash(Label::Document, &[realm.as_bytes(), record.as_bytes(), &[compartment.code()]]);
    DocId::from_slice(hash.first_chunk::<16>().map_or(&[0; 16], |first| first)).unwrap_or(DocId::new([0; 16]))
}

/// What a row is called in the record that it is moved to, and nobody else can tell from its old name.
pub fn moved_row_id(realm: RealmId, list: &str, row: &str) -> EntityId {
    let hash = content_hash(Label::MovedRow, &[realm.as_bytes(), list.as_bytes(), row.as_bytes()]);
    EntityId::new(*hash.first_chunk::<16>().unwrap_or(&[0; 16]))
}

/// What identifies an intent: where it was put, by which seat, and its canonical bytes with full deps.
pub fn intent_id(realm: RealmId, doc: DocId, seat: SeatId, intent: &Intent) -> IntentId {
    let bytes = intent.to_bytes();
    IntentId::new(content_hash(Label::Intent, &[realm.as_bytes(), doc.as_bytes(), seat.as_bytes(), &bytes]))
}
