//! A body that is written up to a length and signed, and one that is read and checked.

use tern_record::RealmId;
use tern_record::cbor::Canonical;
use tern_seal::{Label, Refused, SigningKey, VerifyKey, sign, verify};

use crate::frame::{self, Frame, FrameError};
use crate::limits::MAX_BODY;

/// What signing and spelling add to the frames, at most.
const AROUND: usize = 512;

/// A body as it grows.
pub struct Draft {
    bytes: Vec<u8>,
    room: usize,
}

impl Draft {
    /// With room for so many bytes.
    pub fn new(room: usize) -> Self {
        Self { bytes: Vec::new(), room: room.min(MAX_BODY) }
    }

    /// Adds a frame.
    pub fn add(&mut self, frame: &Frame) {
        self.bytes.extend_from_slice(&frame.to_bytes());
    }

    /// Bytes that may still come.
    pub fn left(&self) -> usize {
        self.room.saturating_sub(self.bytes.len() + AROUND)
    }

    /// Adds an envelope if it fits, or if nothing as long stands before it.
    pub fn add_envelope(&mut self, envelope: Vec<u8>, is_first: bool) -> bool {
        let fits = is_first || envelope.len() + 16 <= self.left();
        if fits {
            self.add(&Frame::Envelope(envelope));
        }
        fits
    }

    /// Closes it with a signature over a context and everything in it.
    pub fn signed(
        mut self,
        key: &SigningKey,
        label: Label,
        realm: RealmId,
        context: &[&[u8]],
    ) -> Result<Vec<u8>, Refused> {
        let signature = sign(key, label, realm, &fields(context, &self.bytes))?;
        self.add(&Frame::Signed(signature));
        Ok(self.bytes)
    }
}

/// A body that was read; nobody has checked who signed it.
pub struct Parsed<'a> {
    /// The frames but the signature.
    pub frames: Vec<Frame>,
    signed: &'a [u8],
    signature: [u8; 64],
}

impl<'a> Parsed<'a> {
    /// Reads a body strictly: its last frame signs it.
    pub fn read(body: &'a [u8]) -> Result<Self, FrameError> {
        if body.len() > MAX_BODY + AROUND {
            return Err(FrameError::Shape);
        }
        let mut frames = frame::read(body)?;
        let Some((at, Frame::Signed(signature))) = frames.pop() else { return Err(FrameError::Shape) };
        let frames: Vec<Frame> = frames.into_iter().map(|(_, frame)| frame).collect();
        if frames.iter().any(|frame| matches!(frame, Frame::Signed(_))) {
            return Err(FrameError::Shape);
        }
        Ok(Self { frames, signed: body.get(..at).unwrap_or_default(), signature })
    }

    /// Checks who signed it.
    pub fn check(
        &self,
        key: &VerifyKey,
        label: Label,
        realm: RealmId,
        context: &[&[u8]],
    ) -> Result<(), Refused> {
        verify(key, label, realm, &fields(context, self.signed), &self.signature)
    }
}

fn fields<'a>(context: &[&'a [u8]], body: &'a [u8]) -> Vec<&'a [u8]> {
    context.iter().copied().chain([body]).collect()
}
