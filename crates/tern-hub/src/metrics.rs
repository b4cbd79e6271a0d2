//! Numbers in the text format of Prometheus.

use std::fmt::Write as _;

use tern_net::Traffic;

use crate::hub::Hub;
use crate::store::Store;

/// The page.
pub fn text<S: Store>(hub: &Hub<S>, traffic: &Traffic) -> String {
    let (total, refusals) = hub.tallies();
    let counts = traffic.counts();
    let mut page = Page::default();
    page.one("up", "gauge", "1 when the store can be read", u64::from(total.is_some()));
    let total = total.unwrap_or_default();
    page.one("envelopes", "gauge", "Envelopes that are kept", total.envelopes);
    page.one("envelope_bytes", "gauge", "Bytes of envelopes", total.bytes);
    page.one("logs", "gauge", "Logs of which something is kept", total.logs);
    page.one("blobs", "gauge", "Attachments that are kept whole", total.blobs);
    page.one("blob_bytes", "gauge", "Bytes of attachments", total.blob_bytes);
    page.one("requests_answered_total", "counter", "Requests that were answered", counts.answered);
    page.one("requests_failed_total", "counter", "Requests that found the store unable", counts.failed);
    page.one("requests_bad_total", "counter", "Requests that were none", counts.refused);
    page.one("turned_away_total", "counter", "Callers beyond the limits of one address", counts.turned_away);
    page.one("received_bytes_total", "counter", "Bytes of requests", counts.received);
    page.one("sent_bytes_total", "counter", "Bytes of replies", counts.sent);
    page.head("answer_seconds_total", "counter", "Seconds spent on answers");
    page.line("answer_seconds_total", &format!("{}.{:03}", counts.millis / 1000, counts.millis % 1000));
    page.head("refusals_total", "counter", "What was not taken, by reason");
    for (code, times) in refusals {
        page.line(&format!("refusals_total{{code=\"{code}\"}}"), &times.to_string());
    }
    page.0
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP tern_hub_{name} {help}.\n# TYPE tern_hub_{name} {kind}");
    }

    fn line(&mut self, name: &str, value: &str) {
        let _ = writeln!(self.0, "tern_hub_{name} {value}");
    }

    fn one(&mut self, name: &str, kind: &str, help: &str, value: u64) {
        self.head(name, kind, help);
        self.line(name, &value.to_string());
    }
}
