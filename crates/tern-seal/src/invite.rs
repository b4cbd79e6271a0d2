//! How a device joins with no network, in three pieces: an invitation, a request, an admission.
//!
//! ```text
//! invitation = [1, realm (32), practice, by (16), secret (16), expires_ms]                coordinator, on a screen
//! request    = [1, realm (32), invitation (16), device (16), verify key (32), wrap key (1216), name, beside, proof (32)]
//!                                                                                         new device, or new worker of one
//! admission  = [1, body bytes, signature (64)]                                            coordinator
//!
//! S          = secret | 16 zero bytes
//! said       = [1, realm, practice, by, expires_ms]           the invitation without its secret
//! invitation = first 16 of SHA-256(fields("tern/1/invitation", secret))
//! name       = seal(derive(S, zeros, "tern/1/invited-device", said), "tern/1/invited-device", invitation | seat, name)
//! beside     = empty, or seat (16) | signature (64) of a worker of that device over invitation | seat asked for
//! proof      = derive(S, zeros, "tern/1/invitation", said, request up to beside)
//! words      = four of the public list, by Argon2id of derive(S, zeros, "tern/1/check-words", said, request)
//! ```
//! Who holds the secret saw the screen. The four words, typed from the new device's screen, show that this request
//! is that device's: somebody who saw the invitation too and answered first has other words.

mod admission;

use tern_record::cbor::{Canonical, CborError, Decoder, Writer};
use tern_record::port::Random;
use tern_record::{DeviceId, RealmId, SeatId};
use zeroize::{Zeroize, ZeroizeOnDrop};

pub use admission::{Admission, AdmissionError};

use crate::Refused;
use crate::construct::{open, same, seal, sign, verify};
use crate::hash::content_hash;
use crate::key::{SealKey, SigningKey, VerifyKey, WrapPublic};
use crate::label::{Label, derive};
use crate::limits::{MAX_NAME, MAX_PIECE};
use crate::passphrase::check_words_of;
use crate::piece::{Unread, fixed, head, parse};
use crate::roster::seat_id;

pub use crate::passphrase::same_words;

/// What a coordinator shows to a device that is to join. Used once.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Invitation {
    /// The programme.
    #[zeroize(skip)]
    pub realm: RealmId,
    /// It is for practice.
    #[zeroize(skip)]
    pub practice: bool,
    /// The coordinator's seat.
    #[zeroize(skip)]
    pub by: SeatId,
    /// Known to whoever saw the invitation.
    secret: [u8; 16],
    /// Nobody is admitted by it after this: milliseconds since 1970, by the coordinator's clock.
    #[zeroize(skip)]
    pub expires_ms: i64,
}

/// What a new device answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The programme.
    pub realm: RealmId,
    /// Names the invitation; tells nothing of its secret.
    pub invitation: [u8; 16],
    /// The new device.
    pub device: DeviceId,
    /// Will check the seat's signatures.
    pub verify: VerifyKey,
    /// Will wrap keys to the seat.
    pub wrap: WrapPublic,
    name: Vec<u8>,
    beside: Option<Beside>,
    proof: [u8; 32],
}

/// Whoever works on the device already says that another worker asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Beside {
    seat: SeatId,
    signature: [u8; 64],
}

/// The public side of a seat that asks to be admitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The new device.
    pub device: DeviceId,
    /// Public half of its signing key.
    pub verify: VerifyKey,
    /// Public half of its wrap key.
    pub wrap: WrapPublic,
}

impl Asking {
    /// The seat that it asks for: it is named by device and keys.
    pub fn seat(&self) -> SeatId {
        seat_id(self.device, &self.verify, &self.wrap)
    }
}

/// What a device is called: 1 to 64 characters, none of which steers text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceName(String);

/// Why an invitation or a request was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InviteError {
    /// The invitation's time is over.
    #[error("the invitation has run out")]
    Expired,
    /// The request answers another invitation.
    #[error("an answer to another invitation")]
    OtherInvitation,
    /// The request is for another programme.
    #[error("for another programme")]
    OtherRealm,
    /// Made without the secret, or changed on the way.
    #[error("changed on the way")]
    Altered,
    /// Of a format that a newer version knows.
    #[error("of a newer format")]
    Newer,
    /// Cut short, or something else.
    #[error("not an invitation or request")]
    Shape,
}

impl Invitation {
    /// Draws a secret of its own.
    pub fn make(
        realm: RealmId,
        practice: bool,
        by: SeatId,
        expires_ms: i64,
        random: &mut dyn Random,
    ) -> Self {
        let mut secret = [0; 16];
        random.fill(&mut secret);
        Self { realm, practice, by, secret, expires_ms }
    }

    /// Reads bytes from a picture or a file, strictly.
    pub fn parse(bytes: &[u8]) -> Result<Self, InviteError> {
        Ok(parse(bytes, MAX_PIECE)?)
    }

    /// Its time is over, by this clock.
    pub const fn is_over(&self, now_ms: i64) -> bool {
        now_ms > self.expires_ms
    }

    /// Names the invitation.
    pub fn id(&self) -> [u8; 16] {
        let hash = content_hash(Label::Invitation, &[&self.secret]);
        hash.first_chunk::<16>().copied().unwrap_or_default()
    }

    fn derive(&self, label: Label, context: &[&[u8]]) -> SealKey {
        let key = SealKey::filled(|padded| {
            for (to, from) in padded.iter_mut().zip(self.secret) {
                *to = from;
            }
        });
        let said = self.said();
        let all: Vec<&[u8]> = std::iter::once(said.as_slice()).chain(context.iter().copied()).collect();
        derive(&key, &[0; 32], label, &all)
    }

    /// The invitation without its secret.
    fn said(&self) -> Vec<u8> {
        let mut to = Writer::default();
        to.array(5).uint(1).bytes(self.realm.as_bytes()).bool(self.practice);
        to.bytes(self.by.as_bytes()).int(self.expires_ms);
        to.into_bytes()
    }
}

impl Request {
    /// Answers an invitation.
    pub fn make(invitation: &Invitation, asking: Asking, name: &DeviceName, random: &mut dyn Random) -> Self {
        let Asking { device, verify, wrap } = asking;
        let (realm, id) = (invitation.realm, invitation.id());
        let mut request = Self {
            realm,
            invitation: id,
            device,
            verify,
            wrap,
            name: Vec::new(),
            beside: None,
            proof: [0; 32],
        };
        let key = invitation.derive(Label::InvitationName, &[]);
        request.name = seal(&key, Label::InvitationName, &request.name_place(), name.0.as_bytes(), random);
        request.proof = *request.prove(invitation).as_bytes();
        request
    }

    /// The same for a further worker of a device, as whoever works on it already says.
    pub fn make_beside(
        invitation: &Invitation,
        asking: Asking,
        name: &DeviceName,
        (seat, key): (SeatId, &SigningKey),
        random: &mut dyn Random,
    ) -> Result<Self, Refused> {
        let mut request = Self::make(invitation, asking, name, random);
        let signature = sign(key, Label::RequestBeside, request.realm, &[&request.name_place()])?;
        request.beside = Some(Beside { seat, signature });
        request.proof = *request.prove(invitation).as_bytes();
        Ok(request)
    }

    /// Who says that another worker of the same device asks; nobody on a device of its own.
    pub fn beside(&self) -> Option<SeatId> {
        self.beside.map(|beside| beside.seat)
    }

    /// It was signed by this key of whoever is said to work beside.
    pub fn is_said_by(&self, key: &VerifyKey) -> bool {
        self.beside.is_some_and(|beside| {
            verify(key, Label::RequestBeside, self.realm, &[&self.name_place()], &beside.signature).is_ok()
        })
    }

    /// Reads bytes from a picture or a file, strictly.
    pub fn parse(bytes: &[u8]) -> Result<Self, InviteError> {
        Ok(parse(bytes, MAX_PIECE)?)
    }

    /// Names the request.
    pub fn id(&self) -> [u8; 32] {
        content_hash(Label::Request, &[&self.to_bytes()])
    }

    /// Checks that it answers this invitation in time, unchanged, and tells what the device is called.
    pub fn check(&self, invitation: &Invitation, now_ms: i64) -> Result<DeviceName, InviteError> {
        if self.realm != invitation.realm {
            return Err(InviteError::OtherRealm);
        }
        if self.invitation != invitation.id() {
            return Err(InviteError::OtherInvitation);
        }
        if !same(self.prove(invitation).as_bytes(), &self.proof) {
            return Err(InviteError::Altered);
        }
        if invitation.is_over(now_ms) {
            return Err(InviteError::Expired);
        }
        let key = invitation.derive(Label::InvitationName, &[]);
        let name = open(&key, Label::InvitationName, &self.name_place(), &self.name);
        let name = String::from_utf8(name.map_err(|_| InviteError::Altered)?);
        DeviceName::new(&name.map_err(|_| InviteError::Altered)?)
    }

    /// The seat that it asks for: it is named by device and keys.
    pub fn seat(&self) -> SeatId {
        seat_id(self.device, &self.verify, &self.wrap)
    }

    fn name_place(&self) -> Vec<u8> {
        [self.invitation.as_slice(), self.seat().as_bytes()].concat()
    }

    fn prove(&self, invitation: &Invitation) -> SealKey {
        let mut to = Writer::default();
        self.write_unproven(&mut to);
        invitation.derive(Label::Invitation, &[&to.into_bytes()])
    }

    fn write_unproven(&self, to: &mut Writer) {
        to.array(9).uint(1).bytes(self.realm.as_bytes()).bytes(&self.invitation);
        to.bytes(self.device.as_bytes())
            .bytes(self.verify.as_bytes())
            .bytes(self.wrap.as_bytes())
            .bytes(&self.name);
        let beside =
            self.beside.map(|beside| [beside.seat.as_bytes().as_slice(), &beside.signature].concat());
        to.bytes(&beside.unwrap_or_default());
    }
}

impl Beside {
    fn read(bytes: &[u8]) -> Result<Option<Self>, CborError> {
        if bytes.is_empty() {
            return Ok(None);
        }
        let (seat, signature) = bytes.split_first_chunk::<16>().ok_or(CborError::Shape)?;
        let signature = signature.try_into().map_err(|_| CborError::Shape)?;
        Ok(Some(Self { seat: SeatId::new(*seat), signature }))
    }
}

/// The four words that both screens show for a request.
pub fn check_words(invitation: &Invitation, request: &Request) -> [&'static str; 4] {
    check_words_of(&invitation.derive(Label::CheckWords, &[&request.to_bytes()]))
}

impl DeviceName {
    /// Takes a name as it is to be shown; blanks around it are dropped.
    pub fn new(name: &str) -> Result<Self, InviteError> {
        let name = name.trim();
        let fits = !name.is_empty() && name.chars().count() <= MAX_NAME && !name.chars().any(steers);
        if fits { Ok(Self(name.to_owned())) } else { Err(InviteError::Shape) }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control characters, line ends, and what turns the direction of text round.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl From<Unread> for InviteError {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Newer => Self::Newer,
            Unread::Shape => Self::Shape,
        }
    }
}

impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Invitation(…)")
    }
}

impl Canonical for Invitation {
    fn write(&self, to: &mut Writer) {
        to.array(6).uint(1).bytes(self.realm.as_bytes()).bool(self.practice).bytes(self.by.as_bytes());
        to.bytes(&self.secret).int(self.expires_ms);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        head(from, 6)?;
        let (realm, practice) = (RealmId::new(fixed(from)?), from.bool()?);
        let (by, secret) = (SeatId::new(fixed(from)?), fixed(from)?);
        Ok(Self { realm, practice, by, secret, expires_ms: from.i64()? })
    }
}

impl Canonical for Request {
    fn write(&self, to: &mut Writer) {
        self.write_unproven(to);
        to.bytes(&self.proof);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        head(from, 9)?;
        let (realm, invitation) = (RealmId::new(fixed(from)?), fixed(from)?);
        let device = DeviceId::new(fixed(from)?);
        let verify = VerifyKey::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let wrap = WrapPublic::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let (name, beside) = (from.bytes()?.to_vec(), Beside::read(from.bytes()?)?);
        Ok(Self { realm, invitation, device, verify, wrap, name, beside, proof: fixed(from)? })
    }
}

#[cfg(test)]
mod tests;
