//! What goes wrong, and how often it did.

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $what:literal),* $(,)?) => {
        /// Something that goes wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fault { $($(#[$doc])* $name),* }

        impl Fault {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// For people.
            pub const fn what(self) -> &'static str {
                match self { $(Self::$name => $what),* }
            }
        }
    };
}

faults! {
    RequestLost = "a request is lost",
    RequestLate = "a request comes late",
    RequestTwice = "a request comes twice",
    RequestOutOfOrder = "an old request comes before a new one",
    RequestCut = "a request is cut",
    RequestFlipped = "a bit of a request is flipped",
    ReplyLost = "a reply is lost",
    ReplyOld = "an old reply comes instead of a new one",
    ReplyTwice = "a reply comes twice",
    ReplyCut = "a reply is cut",
    ReplyFlipped = "a bit of a reply is flipped",
    KilledBegun = "who asks is killed before asking",
    KilledAsked = "who asks is killed after asking",
    KilledHearing = "who asks is killed while taking a reply in",
    KilledHeard = "who asks is killed after a reply, before noting it",
    KilledNoted = "who asks is killed after the exchange",
    KilledAnswering = "who answers is killed while taking a request in",
    KilledAnswered = "who answers is killed after a request, before replying",
    KilledEditing = "a device is killed while saving",
    KilledReading = "a device is killed while reading a stick",
    HubGarbage = "the hub answers garbage",
    HubReplays = "the hub replays a reply to somebody else",
    HubLies = "the hub says that it holds what it does not",
    HubFellBack = "the hub comes back from an old copy",
    StickCut = "a stick is pulled out half way",
    StickFlipped = "a bit of a stick is flipped",
    StickForeign = "a stick holds something else",
    StickOld = "a stick from before is read late",
    Restored = "a device comes back from an old copy, for good",
    Cloned = "a device is copied and both work on",
    Removed = "a seat is removed",
    RoleChanged = "somebody gets another role",
    SiteChanged = "somebody goes to work at another site",
    Transferred = "a child goes to another site",
    FarWritten = "another site writes in a child of this one",
    Withdrawn = "an agreement is taken back while a referral waits",
    Stopped = "a referral is stopped by a no that arrived",
    HandedOver = "a shared tablet changes hands",
    EntryMoved = "an entry is moved to another child",
    WrittenMeanwhile = "somebody writes in an entry that was moved away",
    SameAnswer = "the same is answered twice, apart",
    ClockJumps = "a clock jumps",
}

/// How often each went wrong.
#[derive(Clone)]
pub struct Counts(Vec<u64>);

impl Default for Counts {
    fn default() -> Self {
        Self(vec![0; Fault::ALL.len()])
    }
}

impl Counts {
    /// It did.
    pub fn add(&mut self, fault: Fault) {
        self.0[fault as usize] += 1;
    }

    /// With those of another run.
    pub fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(all, one)| *all += one);
    }

    /// Each with its count.
    pub fn each(&self) -> impl Iterator<Item = (Fault, u64)> {
        Fault::ALL.iter().copied().zip(self.0.iter().copied())
    }
}
