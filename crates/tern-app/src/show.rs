//! Small views that many screens share: moments, lines of children, remarks.

use jiff::civil::Date;
use tern_form::Remark;
use tern_record::fuzzy::from_days;
use tern_record::{ClockFlag, RecordId, Stamp, short};
use tern_store::child::ChildRow;

use crate::app::App;
use crate::view::{AgeView, ChildLineView, MomentView, RemarkView};

/// A moment for a screen.
pub fn moment(stamp: Stamp) -> MomentView {
    MomentView { at_ms: stamp.at_ms, offset_min: stamp.offset_min, unsure: stamp.clock == ClockFlag::Unsure }
}

/// A moment out of a table.
pub(crate) fn stored(at: (i64, i16), unsure: bool) -> MomentView {
    MomentView { at_ms: at.0, offset_min: at.1, unsure }
}

/// Initials of the first two words.
pub fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}

/// Age on a day, from what lists keep of a birth date.
pub fn age(child: &ChildRow, today: Date) -> Option<AgeView> {
    let (_, _, middle) = child.born?;
    let born = from_days(middle)?;
    let years =
        today.year() - born.year() - i16::from((today.month(), today.day()) < (born.month(), born.day()));
    Some(AgeView { years, estimated: child.estimated })
}

impl App {
    /// A child as lists show it; the name stays out of discreet lists.
    pub(crate) fn line(&self, record: RecordId, child: &ChildRow) -> ChildLineView {
        self.line_as(record, child, self.settings().discreet)
    }

    /// A child in a long list: whether it is discreet was asked once.
    pub(crate) fn line_as(&self, record: RecordId, child: &ChildRow, discreet: bool) -> ChildLineView {
        let line = ChildLineView {
            id: short::long_text(record.as_bytes()),
            short_id: short::short_text(record.as_bytes()),
            name: (!discreet && !child.name.is_empty()).then(|| child.name.clone()),
            names: if discreet { Vec::new() } else { child.names.iter().skip(1).cloned().collect() },
            initials: if discreet { String::new() } else { initials(&child.name) },
            sex: (!child.sex.is_empty()).then(|| child.sex.clone()),
            age: age(child, self.ports.today()),
            band: None,
            changed: stored(child.changed, child.unsure),
        };
        self.seen_line(record, child, line)
    }

    /// Remarks in words.
    pub(crate) fn remark_views(&self, remarks: Vec<Remark>) -> Vec<RemarkView> {
        remarks
            .into_iter()
            .map(|remark| RemarkView {
                text: self.text.word(&format!("remark-{}", remark.code)),
                code: remark.code.to_owned(),
                path: remark.path,
            })
            .collect()
    }
}
