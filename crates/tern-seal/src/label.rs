//! Every label there is. What was sealed or signed under one opens under no other.

use crate::key::SealKey;

/// What a seal, signature, wrap or hash is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// Key of a seal.
    Seal,
    /// Commitment of a seal.
    Commit,
    /// Id of a document.
    Document,
    /// Id of an intent.
    Intent,
    /// Id of a realm.
    Realm,
    /// Id of a roster entry.
    RosterEntry,
    /// Signature over a roster entry.
    RosterSignature,
    /// Commitment to an epoch key.
    EpochCommit,
    /// Wrap of an epoch key to a seat.
    EpochWrap,
    /// Names of workers, devices and sites in the roster.
    RosterName,
    /// Id of an envelope.
    Envelope,
    /// Signature over an envelope's header.
    EnvelopeSignature,
    /// Key of one section of an envelope.
    Section,
    /// Hash of one section.
    SectionHash,
    /// Commitment of an envelope to its epoch key.
    EnvelopeCommit,
    /// Key-encryption key of a slot.
    SlotKey,
    /// A slot's sealed master key.
    Slot,
    /// A slot's sealed payload.
    SlotPayload,
    /// Checksum of the slot file.
    SlotFile,
    /// A scope key at rest.
    ScopeKey,
    /// A single secret of a seat at rest.
    Secret,
    /// An intent above core, at rest on this device.
    LocalIntent,
    /// A draft above core.
    Draft,
    /// A blob.
    Blob,
    /// Key of an earlier epoch under a later one's.
    EpochEarlier,
    /// Key of a scope's view file on one device, from an epoch key.
    View,
    /// Secret half of a scope's intake key, from an epoch key.
    Intake,
    /// Wrap of a drop's key to a scope's intake key.
    DropWrap,
    /// Wrap of half a slot's master key to a coordinator.
    SlotHalf,
    /// Wrap of half the root key to a coordinator.
    RootHalf,
    /// Tag of a key of the operating system's keystore.
    Keystore,
    /// Proof that a request knows an invitation's secret.
    Invitation,
    /// Name of a device in a request, under an invitation's secret.
    InvitationName,
    /// Id of a request to be admitted.
    Request,
    /// Signature over an admission.
    AdmissionSignature,
    /// Words that two screens show alike.
    CheckWords,
    /// Id of what a locked device asks coordinators.
    Ask,
    /// Wrap of what a coordinator gives a locked device.
    Approval,
    /// Slot file of a device that travels.
    Travel,
    /// Wrap of a travelling device's key to a coordinator.
    TravelWrap,
    /// Keys of a seat on paper, from its code.
    Sheet,
    /// Id of a seat.
    SeatId,
    /// Id of a site.
    SiteId,
    /// Id of a scope.
    ScopeId,
    /// Signature of whoever works on a device, over a request for another worker of it.
    RequestBeside,
    /// Key of a shared device's vault, for a worker who was admitted there by a request.
    SharedVault,
    /// Hash over all that two holders share.
    SyncDigest,
    /// Signature over what is asked of a holder.
    SyncRequest,
    /// Signature over what a holder answers.
    SyncReply,
    /// Signature over a file of envelopes.
    SyncFile,
    /// Id of a row in the record that it is moved to.
    MovedRow,
    /// Name of a device that wants to be found in a network.
    Nearby,
}

impl Label {
    /// Every label.
    pub const ALL: [Self; 52] = [
        Self::Seal,
        Self::Commit,
        Self::Document,
        Self::Intent,
        Self::Realm,
        Self::RosterEntry,
        Self::RosterSignature,
        Self::EpochCommit,
        Self::EpochWrap,
        Self::RosterName,
        Self::Envelope,
        Self::EnvelopeSignature,
        Self::Section,
        Self::SectionHash,
        Self::EnvelopeCommit,
        Self::SlotKey,
        Self::Slot,
        Self::SlotPayload,
        Self::SlotFile,
        Self::ScopeKey,
        Self::Secret,
        Self::LocalIntent,
        Self::Draft,
        Self::Blob,
        Self::EpochEarlier,
        Self::View,
        Self::Intake,
        Self::DropWrap,
        Self::SlotHalf,
        Self::RootHalf,
        Self::Keystore,
        Self::Invitation,
        Self::InvitationName,
        Self::Request,
        Self::AdmissionSignature,
        Self::CheckWords,
        Self::Ask,
        Self::Approval,
        Self::Travel,
        Self::TravelWrap,
        Self::Sheet,
        Self::SeatId,
        Self::SiteId,
        Self::ScopeId,
        Self::RequestBeside,
        Self::SharedVault,
        Self::SyncDigest,
        Self::SyncRequest,
        Self::SyncReply,
        Self::SyncFile,
        Self::MovedRow,
        Self::Nearby,
    ];

    /// The bytes on the wire.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Seal => "tern/1/seal",
            Self::Commit => "tern/1/commit",
            Self::Document => "tern/1/document",
            Self::Intent => "tern/1/intent",
            Self::Realm => "tern/1/realm",
            Self::RosterEntry => "tern/1/roster-entry",
            Self::RosterSignature => "tern/1/roster-signature",
            Self::EpochCommit => "tern/1/epoch-commit",
            Self::EpochWrap => "tern/1/epoch-wrap",
            Self::RosterName => "tern/1/roster-name",
            Self::Envelope => "tern/1/envelope-id",
            Self::EnvelopeSignature => "tern/1/envelope-signature",
            Self::Section => "tern/1/section-body",
            Self::SectionHash => "tern/1/section-hash",
            Self::EnvelopeCommit => "tern/1/envelope-commit",
            Self::SlotKey => "tern/1/slot-key",
            Self::Slot => "tern/1/slot-master",
            Self::SlotPayload => "tern/1/slot-payload",
            Self::SlotFile => "tern/1/slot-file",
            Self::ScopeKey => "tern/1/scope-key",
            Self::Secret => "tern/1/secret",
            Self::LocalIntent => "tern/1/local-intent",
            Self::Draft => "tern/1/draft",
            Self::Blob => "tern/1/blob",
            Self::EpochEarlier => "tern/1/epoch-earlier",
            Self::View => "tern/1/view",
            Self::Intake => "tern/1/intake",
            Self::DropWrap => "tern/1/drop-wrap",
            Self::SlotHalf => "tern/1/half-of-slot",
            Self::RootHalf => "tern/1/half-of-root",
            Self::Keystore => "tern/1/keystore",
            Self::Invitation => "tern/1/invitation",
            Self::InvitationName => "tern/1/invited-device",
            Self::Request => "tern/1/request",
            Self::AdmissionSignature => "tern/1/admission-signature",
            Self::CheckWords => "tern/1/check-words",
            Self::Ask => "tern/1/ask",
            Self::Approval => "tern/1/approval",
            Self::Travel => "tern/1/travel-slots",
            Self::TravelWrap => "tern/1/key-of-travel",
            Self::Sheet => "tern/1/recovery-sheet",
            Self::SeatId => "tern/1/seat-id",
            Self::SiteId => "tern/1/site-id",
            Self::ScopeId => "tern/1/scope-id",
            Self::RequestBeside => "tern/1/beside-request",
            Self::SharedVault => "tern/1/shared-vault",
            Self::SyncDigest => "tern/1/sync-digest",
            Self::SyncRequest => "tern/1/sync-request",
            Self::SyncReply => "tern/1/sync-reply",
            Self::SyncFile => "tern/1/sync-file",
            Self::MovedRow => "tern/1/moved-row",
            Self::Nearby => "tern/1/nearby",
        }
    }
}

/// Length-prefixed fields, one after another: `u32` big-endian length, then the bytes.
pub(crate) fn joined(label: Label, fields: &[&[u8]]) -> Vec<u8> {
    // Never grown: some fields are secret.
    let bytes = fields.iter().map(|field| field.len() + 4).sum::<usize>() + label.text().len() + 4;
    let mut out = Vec::with_capacity(bytes);
    for field in std::iter::once(&label.text().as_bytes()).chain(fields) {
        let length = u32::try_from(field.len()).unwrap_or(u32::MAX);
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(field);
    }
    out
}

/// 32 bytes derived from a key for one label and context.
pub(crate) fn derive(key: &SealKey, salt: &[u8], label: Label, context: &[&[u8]]) -> SealKey {
    let prk = ring::hkdf::Salt::new(ring::hkdf::HKDF_SHA256, salt).extract(key.as_bytes());
    let info = joined(label, context);
    let info = [info.as_slice()];
    SealKey::filled(|out| {
        if let Ok(okm) = prk.expand(&info, ring::hkdf::HKDF_SHA256) {
            // Filling 32 bytes of HKDF-SHA256 output cannot fail; were it to, the key would be all zeros.
            let filled = okm.fill(out);
            debug_assert!(filled.is_ok());
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_begins_another_and_none_is_double() {
        for a in Label::ALL {
            for b in Label::ALL {
                assert!(a == b || !b.text().starts_with(a.text()), "{a:?} begins {b:?}");
            }
        }
    }
}
