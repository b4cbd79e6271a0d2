//! What one field holds after all devices have spoken. No value is ever dropped.

use crate::id::{DeviceId, IntentId, WorkerId};
use crate::intent::Stamp;
use crate::scalar::Scalar;

/// A value with its witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<T> {
    /// What was said.
    pub value: T,
    /// The change that said it.
    pub change: IntentId,
    /// Who typed it.
    pub by: WorkerId,
    /// On which device.
    pub on: DeviceId,
    /// When, by that device's clock.
    pub at: Stamp,
}

/// What a field holds. A dispute is a value, never an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held<T> {
    /// Nobody has answered, or the answer was cleared.
    Blank,
    /// One answer, or several equal ones (the earliest witness is kept).
    Settled(Said<T>),
    /// Different answers that nobody has settled.
    Disputed {
        /// The one to show meanwhile, always marked. Also first in `all`.
        shown: Said<T>,
        /// Every different answer, the shown one first. At least two.
        all: Vec<Said<T>>,
    },
}

impl<T> Held<T> {
    /// The value to show, disputed or not.
    pub fn shown(&self) -> Option<&T> {
        match self {
            Self::Blank => None,
            Self::Settled(said) | Self::Disputed { shown: said, .. } => Some(&said.value),
        }
    }

    /// True when people must decide.
    pub fn is_disputed(&self) -> bool {
        matches!(self, Self::Disputed { .. })
    }
}

/// How different answers to one field stand beside each other. Data in the form, per field.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum MergeRule {
    /// Every answer stays until a person settles it; the latest stated is shown. There is no last-writer-wins.
    #[default]
    Both,
    /// These codes in this order (and `false`) are shown before any other: a refusal beats a grant.
    DenyWins(Vec<String>),
    /// Codes from worst to mildest, `true` and `false` among them; the worst is shown.
    WorseWins(Vec<String>),
    /// Entries are only added; each stands alone.
    Append,
    /// Membership: `true` is shown before `false`.
    Set,
    /// Every claim stays and none is ever settled: birth dates.
    Claims,
}

impl MergeRule {
    /// The stable name, as forms spell it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::DenyWins(_) => "deny-wins",
            Self::WorseWins(_) => "worse-wins",
            Self::Append => "append",
            Self::Set => "set",
            Self::Claims => "claims",
        }
    }

    /// Gathers the concurrent answers of one path into what the field holds.
    ///
    /// Equal answers are no dispute. Cleared answers (`Null`) count as an answer beside others, so that
    /// clearing a field while somebody else fills it is seen.
    pub fn hold(&self, mut said: Vec<Said<Scalar>>) -> Held<Scalar> {
        said.sort_by(|a, b| (&a.value, a.at.at_ms, a.change).cmp(&(&b.value, b.at.at_ms, b.change)));
        said.dedup_by(|later, earlier| later.value == earlier.value);
        said.sort_by_key(|said| self.before(said));
        let mut all = said.into_iter();
        match (all.next(), all.next()) {
            (None, _) => Held::Blank,
            (Some(only), None) if only.value.is_null() => Held::Blank,
            (Some(only), None) => Held::Settled(only),
            (Some(first), Some(second)) => {
                let all = [first.clone(), second].into_iter().chain(all).collect();
                Held::Disputed { shown: first, all }
            }
        }
    }

    /// Sort key: the rule, then the later stated time, then the id. Smallest is shown.
    fn before(&self, said: &Said<Scalar>) -> (usize, std::cmp::Reverse<i64>, IntentId) {
        (self.rank(&said.value), std::cmp::Reverse(said.at.at_ms), said.change)
    }

    fn rank(&self, value: &Scalar) -> usize {
        match self {
            Self::Both | Self::Append | Self::Claims => usize::from(value.is_null()),
            Self::Set => usize::from(*value != Scalar::Bool(true)),
            Self::DenyWins(deny) => match value {
                Scalar::Bool(false) => 0,
                Scalar::Null => usize::MAX,
                _ => place(deny, value).unwrap_or(usize::MAX - 1),
            },
            Self::WorseWins(worst_first) => place(worst_first, value).unwrap_or(usize::MAX),
        }
    }
}

fn place(codes: &[String], value: &Scalar) -> Option<usize> {
    let code = match value {
        Scalar::Bool(yes) => {
            if *yes {
                "true"
            } else {
                "false"
            }
        }
        value => value.as_text()?,
    };
    codes.iter().position(|c| c == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intent::ClockFlag;

    fn said(value: impl Into<Scalar>, at_ms: i64, id: u8) -> Said<Scalar> {
        Said {
            value: value.into(),
            change: IntentId::new([id; 32]),
            by: WorkerId::new([id; 16]),
            on: DeviceId::new([id; 16]),
            at: Stamp { at_ms, offset_min: 0, clock: ClockFlag::Sure },
        }
    }

    fn shown(rule: &MergeRule, all: Vec<Said<Scalar>>) -> (Option<Scalar>, bool) {
        let held = rule.hold(all);
        (held.shown().cloned(), held.is_disputed())
    }

    #[test]
    fn equal_answers_are_no_dispute() {
        let held = MergeRule::Both.hold(vec![said("F", 2, 2), said("F", 1, 1)]);
        assert_eq!(held, Held::Settled(said("F", 1, 1)));
    }

    #[test]
    fn a_dispute_shows_the_later_time_then_the_smaller_id_and_keeps_all() {
        let Held::Disputed { shown, all } =
            MergeRule::Both.hold(vec![said("F", 1, 1), said("M", 5, 3), said("X", 5, 2)])
        else {
            panic!("disputed")
        };
        assert_eq!(shown.value, "X".into());
        assert_eq!(all.len(), 3);
    }

    #[test]
    fn refusal_beats_a_later_grant_and_stays_marked() {
        let rule = MergeRule::DenyWins(vec!["refused".into(), "withdrawn".into()]);
        assert_eq!(
            shown(&rule, vec![said("granted", 9, 1), said("withdrawn", 1, 2)]),
            (Some("withdrawn".into()), true)
        );
        assert_eq!(shown(&rule, vec![said(true, 9, 1), said(false, 1, 2)]), (Some(false.into()), true));
    }

    #[test]
    fn the_worst_is_shown_whatever_the_time() {
        let rule = MergeRule::WorseWins(vec!["high".into(), "medium".into(), "low".into()]);
        assert_eq!(shown(&rule, vec![said("low", 9, 1), said("high", 1, 2)]).0, Some("high".into()));
    }

    #[test]
    fn clearing_while_another_fills_is_seen_and_the_answer_shown() {
        assert_eq!(
            shown(&MergeRule::Both, vec![said(Scalar::Null, 9, 1), said("F", 1, 2)]),
            (Some("F".into()), true)
        );
        assert_eq!(MergeRule::Both.hold(vec![said(Scalar::Null, 9, 1)]), Held::Blank);
    }
}
