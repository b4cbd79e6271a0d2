//! Best interests: assessments, determinations, and whether the child was heard (CRC article 12; UNHCR Best
//! Interests Procedure 2021).

use jiff::civil::Date;

use super::{Life, Row, code, day};

/// Why an assessment does not count as one in which the child was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeardGap {
    /// It does not say whether the child was heard.
    NotSaid,
    /// The child was not heard, and for a reason that can be mended.
    NotHeard,
}

impl Life {
    /// The first day on which an assessment was completed or a determination decided.
    pub fn first_assessed(&self) -> Option<Date> {
        self.assessments().filter_map(|(_, done)| done).min()
    }

    /// An assessment was begun: its day, while none is completed.
    pub fn assessment_opened(&self) -> Option<Date> {
        let open = |list| self.rows(list).filter_map(|(_, row)| day(row, "opened_on")).min();
        open("bia").or_else(|| open("bid"))
    }

    /// An assessment completed, or a determination decided, on or before a day.
    pub fn assessed_by(&self, on: Date) -> bool {
        self.assessments().any(|(_, done)| done.is_some_and(|done| done <= on))
    }

    /// A determination decided on or before a day.
    pub fn determined_by(&self, on: Date) -> bool {
        self.rows("bid").filter_map(|(_, row)| day(row, "decided_on")).any(|decided| decided <= on)
    }

    /// The latest assessment, when the child has to be heard again.
    pub fn heard_gap(&self) -> Option<(Date, HeardGap)> {
        let (row, done) =
            self.assessments().filter_map(|(row, done)| Some((row, done?))).max_by_key(|a| a.1)?;
        match code(row, "child_heard") {
            Some("heard" | "heard_through_other" | "observed_only" | "declined") => None,
            Some("not_heard") => Some((done, HeardGap::NotHeard)),
            _ => Some((done, HeardGap::NotSaid)),
        }
    }

    fn assessments(&self) -> impl Iterator<Item = (&Row, Option<Date>)> {
        let bia = self.rows("bia").map(|(_, row)| (row, day(row, "completed_on")));
        bia.chain(self.rows("bid").map(|(_, row)| (row, day(row, "decided_on"))))
    }
}
