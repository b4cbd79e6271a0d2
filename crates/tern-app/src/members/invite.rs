//! The first piece: what a coordinator shows to a device that is to join.

use tern_record::Role;
use tern_record::cbor::Canonical;
use tern_record::id::hex;
use tern_seal::invite::Invitation;
use tern_seal::{Label, open, seal};
use zeroize::Zeroizing;

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};

/// Hours for which an invitation holds when nobody says otherwise.
pub const HOURS: u32 = 2;
/// The longest, so that an invitation on a slip of paper does not outlive a journey.
const MOST_HOURS: u32 = 14 * 24;

/// What is kept in the place of an invitation that was used.
const USED: &[u8] = b"this invitation was used";

impl App {
    /// Makes an invitation that one device can answer, once.
    pub fn invite(&mut self, hours: u32) -> Reply<Invitation> {
        self.certifies()?;
        if !(1..=MOST_HOURS).contains(&hours) {
            return Err(Code::InviteHours.into());
        }
        let hours = i64::from(hours);
        let expires = self.ports.clock.now_ms().saturating_add(hours * 3_600_000);
        let (realm, practice, seat) = (self.realm, self.practice, self.me.seat);
        let made = self.draw(|random| Invitation::make(realm, practice, seat, expires, random));
        let bytes = Zeroizing::new(made.to_bytes());
        self.keep_invitation(made.id(), &bytes)?;
        Ok(made)
    }

    /// Refuses whoever may not admit, change and remove seats.
    pub(crate) fn certifies(&self) -> Reply<()> {
        let me = self.roster.seats.get(&self.me.seat);
        let may = me.is_some_and(|me| me.known_roles().into_iter().any(Role::certifies));
        if may { Ok(()) } else { Err(Code::NoRight.into()) }
    }

    fn keep_invitation(&mut self, id: [u8; 16], content: &[u8]) -> Reply<()> {
        let (name, sealed) = self.sealed_invitation(id, content);
        let seat = self.me.seat;
        self.vault.write(|tx| tx.put_secret(seat, &name, &sealed)).map_err(Failure::from)
    }

    fn sealed_invitation(&self, id: [u8; 16], content: &[u8]) -> (String, Vec<u8>) {
        let name = place(id);
        let key = &self.payload.keyring;
        let sealed = self.draw(|random| seal(key, Label::Secret, name.as_bytes(), content, random));
        (name, sealed)
    }

    /// What is kept of an invitation once it was used: its place, and that it was.
    pub(crate) fn used_invitation(&self, id: [u8; 16]) -> (String, Vec<u8>) {
        self.sealed_invitation(id, USED)
    }

    /// The invitation of this seat that a request answers.
    pub(crate) fn invitation(&self, id: [u8; 16]) -> Reply<Invitation> {
        let name = place(id);
        let sealed = self.vault.secret(self.me.seat, &name)?.ok_or(Code::OtherInvitation)?;
        let plain = open(&self.payload.keyring, Label::Secret, name.as_bytes(), &sealed);
        let plain = Zeroizing::new(plain.map_err(|_| Code::Damaged)?);
        if plain.as_slice() == USED {
            return Err(Code::InviteUsed.into());
        }
        Ok(Invitation::parse(&plain).map_err(|_| Code::Damaged)?)
    }
}

/// Where the secrets table has an invitation.
fn place(id: [u8; 16]) -> String {
    format!("invitation {}", hex(&id))
}
