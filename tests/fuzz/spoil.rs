//! Spoiling bytes: a little, a lot, at the ends, and by what stands elsewhere in them.

use tern_record::cbor::Canonical as _;
use tern_record::{EnvelopeId, LogId};
use tern_sync::frame::{self, Frame};
use tern_sync::known::Known;
use tern_testkit::Seeded;

/// Values at which lengths and numbers turn.
const EDGES: [u8; 10] = [0, 1, 0x17, 0x18, 0x3b, 0x5b, 0x7f, 0x80, 0x9b, 0xff];

/// Spoils bytes in one to four places.
pub fn bytes(of: &[u8], random: &mut Seeded) -> Vec<u8> {
    let mut bytes = of.to_vec();
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        match random.below(7) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = EDGES[random.below(EDGES.len())],
            2 => bytes.truncate(at),
            3 => bytes.insert(at, EDGES[random.below(EDGES.len())]),
            4 => drop(bytes.remove(at)),
            5 => {
                let end = (at + 1 + random.below(64)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => {
                let end = (at + 9).min(bytes.len());
                bytes[at..end].fill(0xff);
            }
        }
    }
    bytes
}

/// Spoils what frames say, not how they are written: so that it is read, and believed as far as that goes.
pub fn frames(of: &[u8], random: &mut Seeded) -> Vec<u8> {
    let mut all: Vec<Frame> = frame::read(of).unwrap().into_iter().map(|(_, frame)| frame).collect();
    all.retain(|frame| !matches!(frame, Frame::Signed(_)));
    for _ in 0..=random.below(3) {
        let at = random.below(all.len());
        match random.below(6) {
            0 if at > 0 => drop(all.remove(at)),
            1 => all.push(all[at].clone()),
            2 if all.len() > 2 => {
                let other = 1 + random.below(all.len() - 1);
                all.swap(1, other);
            }
            3 => all.push(strange(random)),
            _ => spoil_one(&mut all[at], random),
        }
    }
    all.iter().flat_map(|frame| frame.to_bytes()).collect()
}

fn spoil_one(frame: &mut Frame, random: &mut Seeded) {
    match frame {
        Frame::Envelope(envelope) => *envelope = bytes(envelope, random),
        Frame::Roster(entries) if !entries.is_empty() => {
            let at = random.below(entries.len());
            entries[at] = bytes(&entries[at], random);
        }
        Frame::Have(logs) => {
            for known in logs {
                for mark in &mut known.tips {
                    mark.seq = mark.seq.wrapping_add(random.next_u64() >> random.below(64));
                }
            }
        }
        Frame::Hello(hello) => hello.digest[0] ^= 1,
        Frame::Heads { heads, rungs } => std::mem::swap(heads, rungs),
        _ => {}
    }
}

/// A frame that nobody honest says here.
fn strange(random: &mut Seeded) -> Frame {
    match random.below(6) {
        0 => Frame::Equal,
        1 => Frame::More,
        2 => Frame::Have(vec![Known::nothing(LogId::make_random(random))]),
        3 => Frame::NotTaken(vec![(EnvelopeId::new([random.below(256) as u8; 32]), "x".into())]),
        4 => Frame::Needs(vec![([random.below(256) as u8; 16], tern_record::SeatId::new([0; 16]))]),
        _ => Frame::Refused("seat-unknown".into()),
    }
}
