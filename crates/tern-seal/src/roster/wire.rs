//! Bodies of roster entries as bytes. Drawn in `schema/wire/roster.md`.

use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to};
use tern_record::{DeviceId, EnvelopeId, LogId, ScopeId, SeatId, WorkerId};

use super::body::{
    Body, Cut, Earlier, EpochBegun, EpochKey, Granted, PairOfShares, RootShared, ScopeKind, ScopeOpened,
    SeatCertified, SeatChanged, SeatRemoved, SiteId, WorkAccepted, Wrapped,
};
use crate::key::{VerifyKey, WrapPublic};
use crate::limits::{MAX_CUTS, MAX_EARLIER, MAX_PAIRS, MAX_READERS, MAX_ROLES};

impl Canonical for SeatCertified {
    fn write(&self, to: &mut Writer) {
        to.array(8).bytes(self.seat.as_bytes()).bytes(self.worker.as_bytes()).bytes(self.device.as_bytes());
        to.bytes(self.verify.as_bytes()).bytes(self.wrap.as_bytes());
        write_roles(to, &self.roles);
        write_site(to, self.site.as_ref());
        to.bytes(&self.names);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 8)?;
        let seat = read_seat_id(from)?;
        let worker = WorkerId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let device = DeviceId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let verify = verify_key(from)?;
        let wrap = WrapPublic::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let (roles, site) = (read_roles(from)?, read_site(from)?);
        Ok(Self { seat, worker, device, verify, wrap, roles, site, names: from.bytes()?.to_vec() })
    }
}

impl Canonical for ScopeOpened {
    fn write(&self, to: &mut Writer) {
        to.array(5).bytes(&self.nonce).uint(u64::from(self.kind.number())).bool(self.at_site);
        to.bytes(&self.name).item(&self.first);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 5)?;
        let nonce = fixed(from)?;
        let kind = ScopeKind::from_number(from.u8()?).ok_or(CborError::Shape)?;
        let (at_site, name) = (from.bool()?, from.bytes()?.to_vec());
        Ok(Self { nonce, kind, at_site, name, first: EpochKey::read(from)? })
    }
}

impl Canonical for EpochBegun {
    fn write(&self, to: &mut Writer) {
        to.array(3).bytes(self.scope.as_bytes()).item(&self.key).array(self.earlier.len());
        for earlier in &self.earlier {
            to.array(2).bytes(&earlier.epoch).bytes(&earlier.sealed);
        }
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 3)?;
        let (scope, key) = (scope_of(from)?, EpochKey::read(from)?);
        let mut earlier = Vec::new();
        for _ in 0..array_up_to(from, MAX_EARLIER)? {
            array_of(from, 2)?;
            earlier.push(Earlier { epoch: fixed(from)?, sealed: from.bytes()?.to_vec() });
        }
        Ok(Self { scope, key, earlier })
    }
}

impl Canonical for EpochKey {
    fn write(&self, to: &mut Writer) {
        to.array(3).bytes(&self.commitment).bytes(self.intake.as_bytes());
        write_seats(to, &self.readers);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 3)?;
        let commitment = fixed(from)?;
        let intake = WrapPublic::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        Ok(Self { commitment, intake, readers: read_seats(from)? })
    }
}

impl Canonical for Granted {
    fn write(&self, to: &mut Writer) {
        to.array(3).bytes(self.scope.as_bytes()).bytes(&self.epoch);
        write_seats(to, &self.seats);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 3)?;
        Ok(Self { scope: scope_of(from)?, epoch: fixed(from)?, seats: read_seats(from)? })
    }
}

impl Canonical for SeatChanged {
    fn write(&self, to: &mut Writer) {
        to.array(4).bytes(self.seat.as_bytes());
        write_roles(to, &self.roles);
        write_site(to, self.site.as_ref());
        write_cuts(to, &self.cuts);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 4)?;
        let (seat, roles) = (read_seat_id(from)?, read_roles(from)?);
        Ok(Self { seat, roles, site: read_site(from)?, cuts: read_cuts(from)? })
    }
}

impl Canonical for SeatRemoved {
    fn write(&self, to: &mut Writer) {
        to.array(3).bytes(self.seat.as_bytes()).text(&self.reason);
        write_cuts(to, &self.cuts);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 3)?;
        let (seat, reason) = (read_seat_id(from)?, from.str()?.to_owned());
        Ok(Self { seat, reason, cuts: read_cuts(from)? })
    }
}

impl Canonical for WorkAccepted {
    fn write(&self, to: &mut Writer) {
        to.array(2).bytes(self.seat.as_bytes());
        write_cuts(to, &self.cuts);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 2)?;
        Ok(Self { seat: read_seat_id(from)?, cuts: read_cuts(from)? })
    }
}

impl Canonical for RootShared {
    fn write(&self, to: &mut Writer) {
        to.array(self.pairs.len());
        for pair in &self.pairs {
            pair.write(to);
        }
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        let mut pairs = Vec::new();
        for _ in 0..array_up_to(from, MAX_PAIRS)? {
            pairs.push(PairOfShares::read(from)?);
        }
        Ok(Self { pairs })
    }
}

impl Canonical for PairOfShares {
    fn write(&self, to: &mut Writer) {
        to.array(2).item(&self.one).item(&self.other);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 2)?;
        Ok(Self { one: Wrapped::read(from)?, other: Wrapped::read(from)? })
    }
}

impl Canonical for Wrapped {
    fn write(&self, to: &mut Writer) {
        to.array(2).bytes(self.seat.as_bytes()).bytes(&self.bytes);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 2)?;
        Ok(Self { seat: read_seat_id(from)?, bytes: from.bytes()?.to_vec() })
    }
}

impl Canonical for Cut {
    fn write(&self, to: &mut Writer) {
        to.array(3).bytes(self.log.as_bytes()).uint(self.seq).bytes(self.head.as_bytes());
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 3)?;
        let log = LogId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let seq = from.u64()?;
        Ok(Self { log, seq, head: EnvelopeId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)? })
    }
}

/// A body that is no structure of its own is canonical when it is written again as it was read.
pub(super) fn same_again(
    bytes: &[u8],
    read: impl FnOnce(&mut Decoder<'_>) -> Result<Body, CborError>,
) -> Result<Body, CborError> {
    let read = read(&mut Decoder::new(bytes))?;
    if read.to_body_bytes() == bytes { Ok(read) } else { Err(CborError::NotCanonical) }
}

fn write_roles(to: &mut Writer, roles: &[String]) {
    to.array(roles.len());
    for role in roles {
        to.text(role);
    }
}

fn read_roles(from: &mut Decoder<'_>) -> Result<Vec<String>, CborError> {
    (0..array_up_to(from, MAX_ROLES)?).map(|_| Ok(from.str()?.to_owned())).collect()
}

fn write_site(to: &mut Writer, site: Option<&SiteId>) {
    to.bytes(site.map_or(&[], SiteId::as_slice));
}

fn read_site(from: &mut Decoder<'_>) -> Result<Option<SiteId>, CborError> {
    match from.bytes()? {
        [] => Ok(None),
        site => site.try_into().map(Some).map_err(|_| CborError::Shape),
    }
}

fn write_seats(to: &mut Writer, seats: &[SeatId]) {
    to.array(seats.len());
    for seat in seats {
        to.bytes(seat.as_bytes());
    }
}

fn read_seats(from: &mut Decoder<'_>) -> Result<Vec<SeatId>, CborError> {
    let seats: Vec<SeatId> =
        (0..array_up_to(from, MAX_READERS)?).map(|_| read_seat_id(from)).collect::<Result<_, _>>()?;
    if seats.is_sorted_by(|a, b| a < b) { Ok(seats) } else { Err(CborError::NotCanonical) }
}

fn write_cuts(to: &mut Writer, cuts: &[Cut]) {
    to.array(cuts.len());
    for cut in cuts {
        cut.write(to);
    }
}

fn read_cuts(from: &mut Decoder<'_>) -> Result<Vec<Cut>, CborError> {
    (0..array_up_to(from, MAX_CUTS)?).map(|_| Cut::read(from)).collect()
}

pub(super) fn read_seat_id(from: &mut Decoder<'_>) -> Result<SeatId, CborError> {
    SeatId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)
}

pub(super) fn scope_of(from: &mut Decoder<'_>) -> Result<ScopeId, CborError> {
    ScopeId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)
}

pub(super) fn fixed<const N: usize>(from: &mut Decoder<'_>) -> Result<[u8; N], CborError> {
    from.bytes()?.try_into().map_err(|_| CborError::Shape)
}

pub(super) fn verify_key(from: &mut Decoder<'_>) -> Result<VerifyKey, CborError> {
    VerifyKey::from_slice(from.bytes()?).map_err(|_| CborError::Shape)
}
