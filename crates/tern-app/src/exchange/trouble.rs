//! Why an exchange did not happen, or ended early. What came before that stays.

use tern_net::NetError;
use tern_sync::answer::code;
use tern_sync::file::FileError;
use tern_sync::frame::FrameError;
use tern_sync::{AnswerError, ExchangeError};

use crate::app::sealing;
use crate::failure::{Code, Failure};

/// A reason that a person can act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// What came back is no reply of the exchange.
    NotAReply,
    /// It is not signed by the hub or device that was asked.
    OtherPeer,
    /// The other side has not heard of this device.
    NotKnownThere,
    /// The other side says that this device is out, and this one has not heard so.
    OutThere,
    /// The other side did not take the request.
    NotTakenThere,
    /// The other side speaks an older version.
    OlderThere,
    /// The other side speaks a newer version.
    NewerThere,
    /// Not a file of work.
    NotAFile,
    /// A file of a newer version.
    NewerFile,
    /// No seat that is in has the key of an address.
    UnknownDevice,
    /// An address of this device.
    OwnAddress,
    /// A hub was meant, and the key is that of a seat.
    DeviceNotHub,
    /// The place to listen at is taken, or none of this device.
    CannotListen,
    /// There is no network in which anybody could call.
    NoNetwork,
    /// No hub is set.
    NoHub,
    /// One exchange at a time.
    BusyHere,
    /// The line.
    Net(NetError),
}

impl Trouble {
    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAReply => "sync-not-a-reply",
            Self::OtherPeer => "sync-other-peer",
            Self::NotKnownThere => "sync-not-known-there",
            Self::OutThere => "sync-out-there",
            Self::NotTakenThere => "sync-not-taken-there",
            Self::OlderThere => "sync-older-there",
            Self::NewerThere => "sync-newer-there",
            Self::NotAFile => "sync-not-a-file",
            Self::NewerFile => "sync-newer-file",
            Self::UnknownDevice => "sync-unknown-device",
            Self::OwnAddress => "sync-own-address",
            Self::DeviceNotHub => "sync-device-not-hub",
            Self::CannotListen => "sync-cannot-listen",
            Self::NoNetwork => "sync-no-network",
            Self::NoHub => "sync-no-hub",
            Self::BusyHere => "sync-busy-here",
            Self::Net(error) => error.code(),
        }
    }

    /// It passes without anybody here: a network, a hub that has no time or no room. Later may help.
    pub const fn passes(self) -> bool {
        use NetError::{Busy, Cut, Full, Status, Timeout, Unreachable};
        matches!(self, Self::Net(Unreachable | Timeout | Busy | Full | Cut | Status(_)))
    }

    fn of_refusal(said: &str) -> Self {
        match said {
            code::SEAT_UNKNOWN => Self::NotKnownThere,
            code::SEAT_REMOVED => Self::OutThere,
            code::NEWER => Self::OlderThere,
            _ => Self::NotTakenThere,
        }
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Code::Exchange(trouble).into()
    }
}

impl From<ExchangeError<Failure>> for Failure {
    fn from(error: ExchangeError<Failure>) -> Self {
        match error {
            ExchangeError::Shelf(failure) => failure,
            ExchangeError::Reply(FrameError::Newer) => Trouble::NewerThere.into(),
            ExchangeError::Reply(FrameError::Shape) => Trouble::NotAReply.into(),
            ExchangeError::Signature => Trouble::OtherPeer.into(),
            ExchangeError::Refused(said) => Trouble::of_refusal(&said).into(),
            ExchangeError::Key(refused) => sealing(refused),
        }
    }
}

impl From<AnswerError<Failure>> for Failure {
    fn from(error: AnswerError<Failure>) -> Self {
        match error {
            AnswerError::Shelf(failure) => failure,
            AnswerError::Key(refused) => sealing(refused),
        }
    }
}

impl From<FileError<Failure>> for Failure {
    fn from(error: FileError<Failure>) -> Self {
        match error {
            FileError::Shelf(failure) => failure,
            FileError::Io(error) => tern_store::StoreError::from(error).into(),
            FileError::Shape => Trouble::NotAFile.into(),
            FileError::Newer => Trouble::NewerFile.into(),
            FileError::OtherRealm => Code::OtherProgramme.into(),
            FileError::Key(refused) => sealing(refused),
        }
    }
}
