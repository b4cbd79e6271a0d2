//! Where the bytes of a child go, and what the dictionary of sections is trained from.

use std::path::PathBuf;

use tern_record::cbor::Decoder;
use tern_seal::envelope::Envelope;
use tern_seal::epoch::intake_secret;

use crate::devices::Opened;

/// Tag of a sealed section, and the head of its byte string.
const AROUND: usize = 16 + 3;

/// Bytes of all envelopes and attachments of a device.
#[derive(Default)]
struct Bytes {
    envelopes: usize,
    sections: usize,
    heads: usize,
    around: usize,
    ids: usize,
    packed: usize,
    plain: usize,
    attachments: usize,
    attached: usize,
}

/// Counts them and prints them for each child. `TERN_BENCH_SAMPLES` names a folder that then holds the words of every
/// section, for `tools/dictionary.py`.
pub fn tell(opened: &Opened, children: usize) {
    let samples = std::env::var_os("TERN_BENCH_SAMPLES").map(PathBuf::from);
    let mut bytes = Bytes::default();
    for (_, row) in opened.vault.envelopes_after(0, u32::MAX).unwrap() {
        let sealed = sealed_lengths(&row.bytes);
        let envelope = Envelope::parse(&row.bytes).unwrap();
        let place = *envelope.place();
        let verified = envelope.verify(opened.realm, &opened.roster.verify_key(place.seat).unwrap()).unwrap();
        let scope = opened.keys.held().find(|keys| keys.scope == place.scope).unwrap();
        let key = &scope.epochs[&place.epoch];
        let sections = if verified.is_drop() {
            verified.open_drop(opened.realm, &intake_secret(key, place.scope))
        } else {
            verified.open(opened.realm, key)
        };
        bytes.envelopes += 1;
        bytes.heads += row.bytes.len() - sealed.iter().sum::<usize>() - 3 * sealed.len();
        for (section, sealed) in sections.unwrap().iter().zip(sealed) {
            let (ids, words) = section.spelled(opened.realm, place.seat);
            if let Some(folder) = &samples {
                std::fs::write(folder.join(bytes.sections.to_string()), &words).unwrap();
            }
            bytes.sections += 1;
            bytes.around += AROUND;
            bytes.ids += ids;
            bytes.packed += sealed + 3 - AROUND - ids;
            bytes.plain += ids + words.len();
        }
    }
    for file in opened.attachments() {
        bytes.attached += 1;
        bytes.attachments += usize::try_from(file).unwrap();
    }
    bytes.print(children);
}

/// How long each sealed section of an envelope is.
fn sealed_lengths(envelope: &[u8]) -> Vec<usize> {
    let mut from = Decoder::new(envelope);
    from.array().unwrap();
    from.bytes().unwrap();
    from.bytes().unwrap();
    let sections = from.array().unwrap().unwrap();
    (0..sections).map(|_| from.bytes().unwrap().len()).collect()
}

impl Bytes {
    fn print(&self, children: usize) {
        let each = |bytes: usize| bytes as f64 / children as f64;
        println!(
            "{children:>6}  bytes a child: heads and signatures {:.0}, tags {:.0}, ids {:.0}, words packed and padded {:.0}, \
             photos and long texts {:.0}; {:.2} envelopes, {:.2} sections of {:.0} bytes unpacked, {:.2} attachments",
            each(self.heads),
            each(self.around),
            each(self.ids),
            each(self.packed),
            each(self.attachments),
            each(self.envelopes),
            each(self.sections),
            self.plain as f64 / self.sections as f64,
            each(self.attached),
        );
    }
}
