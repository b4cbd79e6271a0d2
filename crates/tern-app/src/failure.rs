//! Why a use case refused: a code to branch on, a sentence to read, ways out. Never a child's data.

use serde_json::json;
use tern_store::StoreError;

use crate::text::Text;
use crate::view::FailureView;

/// Stable codes. A variant exists because a screen or a script acts on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// No vault in the folder.
    NoHome,
    /// A new vault needs an empty folder.
    NotEmpty,
    /// Another process has the vault.
    InUse,
    /// The words opened nothing.
    WrongPassphrase,
    /// The rescue code opened nothing.
    WrongRescue,
    /// A slip in the rescue code, found by its check characters.
    RescueSlip,
    /// The keystore of the operating system has another key than the slot asks for.
    KeystoreChanged,
    /// Somebody would come back, and nobody said whether they are to.
    BackOrOut,
    /// The seat was removed from the roster.
    SeatRemoved,
    /// What let the seat in does not count any more; nobody took it out.
    AdmissionFell,
    /// Entries of a roster that do not decode.
    NotARoster,
    /// A piece or an entry of another realm.
    OtherProgramme,
    /// An invitation past its time.
    InviteExpired,
    /// An invitation that a request was admitted with.
    InviteUsed,
    /// A request whose invitation is not known here, or whose proof does not fit.
    OtherInvitation,
    /// An admission that answers another request.
    OtherDevice,
    /// An admission past its time.
    AdmissionExpired,
    /// A piece, or a picture, of another kind.
    AnotherPiece,
    /// A piece whose checksum or shape does not fit.
    PieceDamaged,
    /// A receipt by somebody of whom this device has not heard.
    WriterUnknown,
    /// Check words typed that differ.
    CheckWords,
    /// Entries depend on entries that did not come.
    RosterGap,
    /// More entries than a device keeps, or an admission carries.
    RosterFull,
    /// A certificate by somebody without the right.
    NotCertified,
    /// An admission on a device that has joined.
    AlreadyJoined,
    /// A home that made a request and has no admission yet.
    NotJoinedYet,
    /// A seat that is not in the roster, or that several fit.
    UnknownSeat,
    /// A site that is not in the roster.
    UnknownSite,
    /// No country has this code.
    UnknownCountry,
    /// A site of the same name.
    SiteThere,
    /// A role that the list does not have.
    UnknownRole,
    /// The last coordinator cannot be removed or lose the role.
    LastCoordinator,
    /// Recovery without two coordinators.
    CoordinatorsNeeded,
    /// A recovery sheet that is not the newest that counts.
    NoSheet,
    /// Two recovery sheets count, and nobody said which is on paper.
    SheetWaits,
    /// The pages of this sheet were tried: it is on paper.
    SheetOnPaper,
    /// A held envelope that is not there.
    UnknownEntry,
    /// A held envelope that no decision makes count.
    NotToDecide,
    /// Nothing of a worker who is out is only on the device.
    NothingToHandOver,
    /// The device that this worker is at, where another one is meant.
    OwnDevice,
    /// A device in travel mode.
    Travelling,
    /// One approval where two are needed.
    NeedsAnother,
    /// A worker, device or site without a name.
    MemberName,
    /// A coordinator without a half, or halves that do not belong.
    NotHeld,
    /// New halves of the root key for those who hold them already, or for fewer than three.
    HalvesAreRight,
    /// The check characters of a page of a recovery sheet do not fit.
    PageSlip,
    /// Typed text of another length or alphabet.
    NotAPage,
    /// The same page twice, pages of different sheets, or of an earlier one.
    OtherSheet,
    /// A picture without a readable code.
    NoPicture,
    /// An approval where nothing was asked.
    NothingAsked,
    /// A device that left no keys behind.
    NotTravelling,
    /// Hours for which no invitation holds.
    InviteHours,
    /// A reason that the list `removal_reason` does not have.
    RemovalReason,
    /// No work for a site that does not count any more, or none that this worker may put elsewhere.
    NothingStranded,
    /// More slots than a device has.
    DeviceFull,
    /// A draft with parts that are sealed for its own worker.
    OnlyItsWorker,
    /// Too many wrong tries; seconds to wait.
    Wait(u32),
    /// The slot that these words open is damaged.
    DamagedSlot,
    /// Files of the vault are damaged.
    Damaged,
    /// Written by a newer version.
    NewerFormat,
    /// No room on the disk.
    DiskFull,
    /// No keys: unlock first.
    Locked,
    /// Words typed back are not the ones drawn.
    WordsDiffer,
    /// An own passphrase is too short.
    WordsShort,
    /// Groups of the rescue code typed back are not the ones drawn.
    RescueDiffers,
    /// Needed answers are open.
    AnswersNeeded,
    /// No such child here.
    UnknownChild,
    /// The check character of a number does not fit.
    NumberSlip,
    /// A prefix fits several records.
    Ambiguous,
    /// A prefix fits several changes: so much of each as tells them apart.
    AmbiguousChange(String),
    /// No such draft.
    UnknownDraft,
    /// A draft of another worker.
    DraftOfAnother,
    /// A field that the form does not have.
    UnknownField,
    /// Lines of another shape than a travel document has.
    MrzShape,
    /// Letters that no travel document has.
    MrzLetters,
    /// There is no such kind of record.
    UnknownKind,
    /// No such record here that is no child's.
    UnknownThing,
    /// A record cannot begin without one of these answers.
    AnswerNeeded,
    /// A record that may be about a person is not handed on as text.
    NotAsText,
    /// A row that the record does not have.
    UnknownRow,
    /// No such arrival, batch or household here.
    UnknownList,
    /// An arrival or a batch needs a name.
    NameOfList,
    /// A count of none, or of more than fit.
    HeadCount,
    /// A line of the list, by its number, has this wristband already.
    WristbandTwice(i64),
    /// A paper form of this number was typed already.
    NumberTwice,
    /// Every form of a bundle was typed already.
    BundleFull,
    /// Nobody named is in a household that could be left.
    NotInHousehold,
    /// A copy for the caregiver is not made now.
    NotForCaregiver,
    /// A value of another shape than its field, or one that cannot be true.
    WrongValue,
    /// A refusal of the form, by its own code.
    Form(String),
    /// Restricted answers open only with a reason.
    ReasonForReading,
    /// A file of stories makes no sense; the path says which story and where.
    BadStory,
    /// There is no form of this name.
    UnknownForm,
    /// No field or list of codes has this name.
    UnknownCodes,
    /// A receipt that was read before, of a device that holds less by now.
    ReceiptOfBefore,
    /// A folder of forms makes no sense; the path says where.
    BadSchema,
    /// A record is not linked to itself.
    SameRecord,
    /// These are records of different kinds.
    OtherKind,
    /// The other record has an answer there already.
    AnsweredThere,
    /// What was left behind has no place to go to that this device knows.
    WentElsewhere,
    /// The text is not on this device yet.
    NotHere,
    /// Devices differ, and people settle that first.
    SettleFirst,
    /// The record was not begun on that day.
    NotBegunThen,
    /// This is said of one child at a time.
    OneByOne,
    /// The child is accounted for: there is no search.
    AccountedFor,
    /// A reason, a person or words are asked for and are not there.
    ReasonNeeded,
    /// The worker who proposed a change cannot confirm it.
    SecondWorker,
    /// A proposal is proposed, confirmed or withdrawn, and changed in no other way.
    ProposalOnly,
    /// Somebody put something else into a proposal.
    ProposalChanged,
    /// Another proposal of the same answer waits.
    ProposalWaits,
    /// A record that counts for no child now, so that no other is linked to it.
    RecordEnded,
    /// Words need no second worker.
    OneIsEnough,
    /// What was moved is moved back.
    MoveBack,
    /// A file is there already.
    FileThere,
    /// The system lets no file be written there.
    CannotSave,
    /// A place that only the vault writes to.
    InsideVault,
    /// A rule that protects stands in the way.
    Rule(tern_record::rule::Rule),
    /// Claims of a birth date are not settled.
    ClaimsStay,
    /// An answer that is in no dispute.
    NothingToSettle,
    /// Several answers where there is room for one.
    KeepsOne,
    /// A text that is to be read and has not come to this device.
    TextNotHere,
    /// An exchange with a hub, a device or a file.
    Exchange(crate::exchange::trouble::Trouble),
    /// Heads that are not known here.
    BadHeads,
    /// A change that the history does not have.
    UnknownChange,
    /// Photo without consent.
    NoPhotoConsent,
    /// Photo at a border site.
    PhotoBorder,
    /// Bytes that are no picture.
    NotAPicture,
    /// Too many pixels or bytes.
    PictureTooLarge,
    /// A picture cut short.
    PictureDamaged,
    /// Only in practice programmes.
    PracticeOnly,
    /// The seat may not.
    NoRight,
    /// The child is in another worker's care.
    AskSupervisor,
    /// Broken JSON.
    BadJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// A file named on the command line.
    UnreadableFile,
    /// Nothing a person did wrong.
    Internal(&'static str),
}

/// A refusal. Nothing of what was asked has happened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .code.name())]
pub struct Failure {
    /// What to branch on.
    pub code: Code,
    /// The fields it is about.
    pub paths: Vec<String>,
}

impl Code {
    /// This seat is out, for whichever reason: its device shows nothing more.
    pub fn shuts_out(&self) -> bool {
        matches!(self, Self::SeatRemoved | Self::AdmissionFell)
    }

    /// It passes by itself: later may help.
    pub fn passes(&self) -> bool {
        matches!(self, Self::Exchange(trouble) if trouble.passes())
    }

    /// The stable name, `wrong-passphrase`.
    pub fn name(&self) -> &str {
        match self {
            Self::NoHome => "no-home",
            Self::NotEmpty => "not-empty",
            Self::InUse => "in-use",
            Self::WrongPassphrase => "wrong-passphrase",
            Self::WrongRescue => "wrong-rescue",
            Self::RescueSlip => "rescue-slip",
            Self::KeystoreChanged => "keystore-changed",
            Self::BackOrOut => "back-or-out",
            Self::SeatRemoved => "seat-removed",
            Self::AdmissionFell => "admission-fell",
            Self::NotARoster => "not-a-roster",
            Self::OtherProgramme => "other-programme",
            Self::InviteExpired => "invite-expired",
            Self::InviteUsed => "invite-used",
            Self::OtherInvitation => "other-invitation",
            Self::OtherDevice => "other-device",
            Self::AdmissionExpired => "admission-expired",
            Self::AnotherPiece => "another-piece",
            Self::PieceDamaged => "piece-damaged",
            Self::WriterUnknown => "writer-unknown",
            Self::CheckWords => "check-words",
            Self::RosterGap => "roster-gap",
            Self::RosterFull => "roster-full",
            Self::NotCertified => "not-certified",
            Self::AlreadyJoined => "already-joined",
            Self::NotJoinedYet => "not-joined-yet",
            Self::UnknownSeat => "unknown-seat",
            Self::UnknownSite => "unknown-site",
            Self::UnknownCountry => "unknown-country",
            Self::SiteThere => "site-there",
            Self::UnknownRole => "unknown-role",
            Self::LastCoordinator => "last-coordinator",
            Self::CoordinatorsNeeded => "coordinators-needed",
            Self::NoSheet => "no-sheet",
            Self::SheetOnPaper => "sheet-on-paper",
            Self::SheetWaits => "sheet-waits",
            Self::UnknownEntry => "unknown-entry",
            Self::NotToDecide => "not-to-decide",
            Self::NothingToHandOver => "nothing-to-hand-over",
            Self::OwnDevice => "own-device",
            Self::Travelling => "travelling",
            Self::NeedsAnother => "needs-another",
            Self::MemberName => "member-name",
            Self::NotHeld => "not-held",
            Self::HalvesAreRight => "halves-are-right",
            Self::PageSlip => "page-slip",
            Self::NotAPage => "not-a-page",
            Self::OtherSheet => "other-sheet",
            Self::NoPicture => "no-code",
            Self::NothingAsked => "nothing-asked",
            Self::NotTravelling => "not-travelling",
            Self::InviteHours => "invite-hours",
            Self::RemovalReason => "removal-reason",
            Self::NothingStranded => "nothing-stranded",
            Self::DeviceFull => "device-full",
            Self::OnlyItsWorker => "only-its-worker",
            Self::Wait(_) => "wait",
            Self::DamagedSlot => "damaged-slot",
            Self::Damaged => "damaged",
            Self::NewerFormat => "newer-format",
            Self::DiskFull => "disk-full",
            Self::Locked => "locked",
            Self::WordsDiffer => "words-differ",
            Self::WordsShort => "words-short",
            Self::RescueDiffers => "rescue-differs",
            Self::AnswersNeeded => "answers-needed",
            Self::UnknownChild => "unknown-child",
            Self::NumberSlip => "number-slip",
            Self::Ambiguous => "ambiguous",
            Self::AmbiguousChange(_) => "ambiguous-change",
            Self::UnknownDraft => "unknown-draft",
            Self::DraftOfAnother => "draft-of-another",
            Self::UnknownField => "unknown-field",
            Self::MrzShape => "mrz-shape",
            Self::MrzLetters => "mrz-letters",
            Self::UnknownKind => "unknown-kind",
            Self::UnknownThing => "unknown-thing",
            Self::AnswerNeeded => "answer-needed",
            Self::NotAsText => "not-as-text",
            Self::UnknownRow => "unknown-row",
            Self::UnknownList => "unknown-list",
            Self::NameOfList => "name-of-list",
            Self::HeadCount => "head-count",
            Self::WristbandTwice(_) => "wristband-twice",
            Self::NumberTwice => "number-twice",
            Self::BundleFull => "bundle-full",
            Self::NotInHousehold => "not-in-household",
            Self::NotForCaregiver => "not-for-caregiver",
            Self::AccountedFor => "accounted-for",
            Self::WrongValue => "wrong-value",
            Self::Form(code) => code,
            Self::SameRecord => "same-record",
            Self::OtherKind => "other-kind",
            Self::AnsweredThere => "answered-there",
            Self::WentElsewhere => "went-elsewhere",
            Self::NotHere => "not-here",
            Self::SettleFirst => "settle-first",
            Self::ReasonForReading => "reason-for-reading",
            Self::BadStory => "bad-story",
            Self::UnknownForm => "unknown-form",
            Self::UnknownCodes => "unknown-codes",
            Self::ReceiptOfBefore => "receipt-of-before",
            Self::BadSchema => "bad-schema",
            Self::NotBegunThen => "not-begun-then",
            Self::OneByOne => "one-by-one",
            Self::ReasonNeeded => "reason-needed",
            Self::SecondWorker => "second-worker",
            Self::ProposalOnly => "proposal-only",
            Self::ProposalChanged => "proposal-changed",
            Self::ProposalWaits => "proposal-waits",
            Self::RecordEnded => "record-ended",
            Self::OneIsEnough => "one-is-enough",
            Self::MoveBack => "move-back",
            Self::CannotSave => "cannot-save",
            Self::FileThere => "file-there",
            Self::InsideVault => "inside-vault",
            Self::Rule(rule) => rule.code(),
            Self::ClaimsStay => "claims-stay",
            Self::NothingToSettle => "nothing-to-settle",
            Self::KeepsOne => "keeps-one",
            Self::TextNotHere => "text-not-here",
            Self::Exchange(trouble) => trouble.code(),
            Self::BadHeads => "bad-heads",
            Self::UnknownChange => "unknown-change",
            Self::NoPhotoConsent => "no-photo-consent",
            Self::PhotoBorder => "photo-border",
            Self::NotAPicture => "not-a-picture",
            Self::PictureTooLarge => "picture-too-large",
            Self::PictureDamaged => "picture-damaged",
            Self::PracticeOnly => "practice-only",
            Self::NoRight => "no-right",
            Self::AskSupervisor => "ask-supervisor",
            Self::BadJson { .. } => "bad-json",
            Self::UnreadableFile => "unreadable-file",
            Self::Internal(_) => "internal",
        }
    }
}

impl Failure {
    /// A refusal about these fields.
    pub fn about(code: Code, paths: impl IntoIterator<Item = String>) -> Self {
        Self { code, paths: paths.into_iter().collect() }
    }

    /// The refusal in words.
    pub fn view(&self, text: &Text) -> FailureView {
        let path = self.paths.first().cloned().unwrap_or_default();
        let args = match &self.code {
            Code::Wait(seconds) => json!({ "seconds": seconds }),
            Code::AmbiguousChange(changes) => json!({ "changes": changes }),
            Code::WristbandTwice(line) => json!({ "line": line }),
            Code::BadJson { line, column } => json!({ "line": line, "column": column }),
            Code::Internal(detail) => json!({ "detail": detail }),
            _ => json!({ "path": path }),
        };
        let id = format!("failure-{}", self.code.name());
        FailureView {
            code: self.code.name().to_owned(),
            message: text.say(&id, &args),
            hints: text.hint(&id, &args).into_iter().collect(),
            paths: self.paths.clone(),
            wait_s: match self.code {
                Code::Wait(seconds) => Some(seconds),
                _ => None,
            },
        }
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Self { code, paths: Vec::new() }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::InUse => Code::InUse,
            StoreError::NoHome => Code::NoHome,
            StoreError::NotEmpty => Code::NotEmpty,
            StoreError::Damaged => Code::Damaged,
            StoreError::Newer => Code::NewerFormat,
            StoreError::DiskFull => Code::DiskFull,
            StoreError::Undone => Code::Internal("undone"),
            StoreError::Row(_) => Code::Internal("row"),
            StoreError::Sql(_) => Code::Internal("sql"),
            StoreError::Io(_) => Code::Internal("io"),
        }
        .into()
    }
}
