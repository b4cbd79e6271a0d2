//! What was left over at the end of an exchange, in words, with the way out.

use serde_json::json;
use tern_sync::Outcome;

use crate::held::REVIEW_FULL;
use crate::text::Text;

/// As much of a worker who is out lies at the hub as may: [`hub-late`](../../../../docs/hub.md).
const LATE: &str = "hub-late";
/// The seat, or everybody, has as much at the hub as may.
const FULL: [&str; 2] = ["hub-quota", "hub-full"];

/// What was not taken on either side of a line.
pub(crate) fn left_over(text: &Text, outcome: &Outcome, is_hub: bool) -> Vec<String> {
    let there = |is: &dyn Fn(&str) -> bool| outcome.not_taken.iter().filter(|(_, code)| is(code)).count();
    let (full, late) = (there(&|code| FULL.contains(&code)), there(&is_late));
    let late_here = outcome.refused_here.iter().filter(|(_, code)| code == REVIEW_FULL).count();
    let photos = if is_hub { "line-photos-not-taken-hub" } else { "line-photos-not-taken" };
    let say = |key: &str, count: usize| (count > 0).then(|| text.say(key, &json!({ "count": count })));
    [
        outcome.was_rolled_back.then(|| text.word("line-fell-back")),
        say("line-no-room", full),
        say("line-late-there", late),
        say("line-not-taken", outcome.not_taken.len() - full - late),
        say("line-refused-here", outcome.refused_here.len() - late_here),
        say("line-late-here", late_here),
        say(photos, outcome.blobs_not_taken.len()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Why the last work of a worker who is out is not whole at the hub.
pub(crate) fn last_work_left_over<'a>(text: &Text, mut codes: impl Iterator<Item = &'a str>) -> String {
    text.word(if codes.any(is_late) { "last-work-late" } else { "last-work-not-whole" })
}

fn is_late(code: &str) -> bool {
    code == LATE
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tern_form::Schema;
    use tern_record::EnvelopeId;

    use super::*;

    #[test]
    fn each_reason_has_words_and_a_way_out_of_its_own() {
        let text = Text::new(Arc::new(Schema::embedded().unwrap()), "en");
        let not_taken = ["hub-quota", "hub-late", "chain-gap"];
        let not_taken = not_taken.map(|code| (EnvelopeId::new([0; 32]), code.to_owned())).to_vec();
        let told = left_over(&text, &Outcome { not_taken, ..Outcome::default() }, true);
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(
            told[0].contains("no room") && told[1].contains("taken out") && told[1].contains("by a file")
        );
        let last = |codes: &[&str]| last_work_left_over(&text, codes.iter().copied());
        assert_ne!(last(&["hub-late"]), last(&["hub-quota"]));
        assert!(last(&["hub-late"]).contains("file"));
    }
}
