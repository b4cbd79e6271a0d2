//! One document's intents inside an envelope.

use tern_record::{Compartment, Intent, RealmId, RecordId, SeatId};

use super::EnvelopeError;
use super::pack::{Packer, Unpacker};
use super::spelling::{read, spell};

/// Intents of one compartment of one record, oldest first, all by the envelope's seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The record.
    pub record: RecordId,
    /// The compartment.
    pub compartment: Compartment,
    /// The intents.
    pub intents: Vec<Intent>,
}

impl Section {
    pub(super) fn to_packed(
        &self,
        realm: RealmId,
        seat: SeatId,
        packer: &mut Packer,
    ) -> Result<Vec<u8>, EnvelopeError> {
        packer.pack(&spell(self, realm, seat))
    }

    /// How many bytes its ids take, and its words as they are before they are packed.
    pub fn spelled(&self, realm: RealmId, seat: SeatId) -> (usize, Vec<u8>) {
        let spelled = spell(self, realm, seat);
        (spelled.ids.len(), spelled.words)
    }

    /// Reads strictly: what is not spelled in the one way is refused.
    pub(super) fn from_packed(
        padded: &[u8],
        realm: RealmId,
        seat: SeatId,
        unpacker: &mut Unpacker,
    ) -> Result<Self, EnvelopeError> {
        let spelled = unpacker.unpack(padded)?;
        let section = read(&spelled, realm, seat).map_err(|_| EnvelopeError::Section)?;
        if spell(&section, realm, seat) == spelled { Ok(section) } else { Err(EnvelopeError::Section) }
    }
}
