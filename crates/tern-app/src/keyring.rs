//! The keys that an unlocked seat holds, and the one place where intents and drafts are sealed and opened.

use std::collections::BTreeMap;

use tern_record::port::Random;
use tern_record::{Compartment, DocId, DraftId, IntentId, ScopeId};
use tern_seal::{Label, SealKey};
use tern_store::db::RawKey;
use tern_store::intent::Body;

use crate::failure::{Code, Failure};

/// Which key an epoch of a scope has.
type Epoch = [u8; 16];

/// One scope as this seat knows it.
pub struct ScopeKeys {
    /// The scope.
    pub scope: ScopeId,
    /// Keys by epoch.
    pub epochs: BTreeMap<Epoch, SealKey>,
    /// The epoch to write under.
    pub current: Epoch,
    /// Key of the view file; only above core.
    pub view: Option<RawKey>,
}

/// All of them.
pub struct Keyring {
    /// Names of workers, devices and sites.
    pub realm: ScopeKeys,
    /// The scope of each compartment at this site; absent when the seat may not read it.
    pub compartments: BTreeMap<Compartment, ScopeKeys>,
}

impl Keyring {
    /// The scope that a compartment's work travels in.
    pub fn scope(&self, compartment: Compartment) -> Result<&ScopeKeys, Failure> {
        self.compartments.get(&compartment).ok_or_else(|| Code::NoRight.into())
    }

    /// Seals an intent's bytes above core; core stays plain inside the encrypted file.
    pub fn close_intent(
        &self,
        compartment: Compartment,
        doc: DocId,
        intent: IntentId,
        bytes: Vec<u8>,
        random: &mut dyn Random,
    ) -> Result<Body, Failure> {
        self.close(
            compartment,
            Label::LocalIntent,
            &[doc.as_bytes().as_slice(), intent.as_bytes()].concat(),
            bytes,
            random,
        )
    }

    /// Opens an intent's bytes.
    pub fn open_intent(
        &self,
        compartment: Compartment,
        doc: DocId,
        intent: IntentId,
        body: &Body,
    ) -> Result<Vec<u8>, Failure> {
        self.open(
            compartment,
            Label::LocalIntent,
            &[doc.as_bytes().as_slice(), intent.as_bytes()].concat(),
            body,
        )
    }

    /// Seals the answers of a draft's compartment.
    pub fn close_draft(
        &self,
        compartment: Compartment,
        draft: DraftId,
        bytes: Vec<u8>,
        random: &mut dyn Random,
    ) -> Result<Body, Failure> {
        self.close(compartment, Label::Draft, draft.as_bytes(), bytes, random)
    }

    /// Opens the answers of a draft's compartment.
    pub fn open_draft(
        &self,
        compartment: Compartment,
        draft: DraftId,
        body: &Body,
    ) -> Result<Vec<u8>, Failure> {
        self.open(compartment, Label::Draft, draft.as_bytes(), body)
    }

    fn close(
        &self,
        compartment: Compartment,
        label: Label,
        ad: &[u8],
        bytes: Vec<u8>,
        random: &mut dyn Random,
    ) -> Result<Body, Failure> {
        if compartment == Compartment::Core {
            return Ok(Body::Plain(bytes));
        }
        let keys = self.scope(compartment)?;
        let key = keys.epochs.get(&keys.current).ok_or(Code::Internal("epoch"))?;
        Ok(Body::Sealed { epoch: keys.current, bytes: tern_seal::seal(key, label, ad, &bytes, random) })
    }

    fn open(
        &self,
        compartment: Compartment,
        label: Label,
        ad: &[u8],
        body: &Body,
    ) -> Result<Vec<u8>, Failure> {
        match body {
            Body::Plain(bytes) => Ok(bytes.clone()),
            Body::Sealed { epoch, bytes } => {
                let key = self.scope(compartment)?.epochs.get(epoch).ok_or(Code::NoRight)?;
                tern_seal::open(key, label, ad, bytes).map_err(|_| Code::Damaged.into())
            }
        }
    }
}
