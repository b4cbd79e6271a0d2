//! Commands of a device whose app is not open: it asks to be let in, or back in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use tern_form::Schema;
use tern_record::SeatId;
use tern_record::cbor::Canonical as _;
use tern_seal::PieceKind;
use tern_seal::ask::Ask;
use tern_seal::passphrase::{draw_words, is_long_enough};
use tern_seal::slot::Cost;
use tern_store::Home;
use zeroize::Zeroizing;

use crate::Reply;
use crate::failure::Code;
use crate::members::join;
use crate::members::judge::carried_in;
use crate::members::outside::Outside;
use crate::members::recovery::{self, Came};
use crate::members::sheet::{Back, begin_from_sheet};
use crate::ports::Ports;
use crate::unlock::{Secret, unlock};

use super::{read_piece, secrets, write_piece};

/// `device request`: makes keys on a new device and writes what a coordinator is to read.
pub fn device_request(
    folder: &Path,
    invitation: &Path,
    device: &str,
    out: &Path,
    passphrase: Option<&str>,
    ports: &Ports,
) -> Reply<Value> {
    let (secrets, mut told) = secrets(passphrase, ports)?;
    let invitation = read_piece(invitation, PieceKind::Invitation)?;
    let waiting = join::request(folder, &invitation, device, &secrets, Cost::USUAL, ports)?;
    write_piece(out, PieceKind::Request, &waiting.request)?;
    if let Value::Object(told) = &mut told {
        told.insert("check_words".into(), waiting.words.join(" ").into());
    }
    Ok(told)
}

/// `device join`: takes the admission and opens the app.
pub fn device_join(
    folder: &Path,
    admission: &Path,
    passphrase: &str,
    schema: Arc<Schema>,
    ports: Arc<Ports>,
) -> Reply<Value> {
    let home = Arc::new(Home::open(folder)?);
    let mut app = join::join(home, passphrase, &read_piece(admission, PieceKind::Admission)?, schema, ports)?;
    app.begin_session()?;
    let scopes: Vec<String> = app.keys.held().map(|keys| keys.scope.to_hex()).collect();
    let told = json!({ "seat": app.me.seat.to_hex(), "scopes": scopes });
    app.end_session()?;
    Ok(told)
}

/// `worker recover ask`: what a locked device asks of two coordinators.
pub fn recover_ask(folder: &Path, mark: Option<&str>, out: &Path, ports: &Ports) -> Reply<Value> {
    let home = Home::open(folder)?;
    let seat = mark.map(|mark| seat_marked(&home, mark)).transpose()?;
    let ask = recovery::ask_for_words(&home, seat, ports)?;
    asked(&ask, out)
}

fn seat_marked(home: &Home, mark: &str) -> Reply<SeatId> {
    let mark = mark.trim().to_lowercase();
    let seats = recovery::seats_here(home)?;
    let mut fits = seats.into_iter().filter(|seat| seat.to_hex().starts_with(&mark));
    match (fits.next(), fits.next()) {
        (Some(one), None) if !mark.is_empty() => Ok(one),
        _ => Err(Code::UnknownSeat.into()),
    }
}

/// `device return ask`: what a device that has arrived asks of one coordinator.
pub fn return_ask(folder: &Path, out: &Path, ports: &Ports) -> Reply<Value> {
    let home = Home::open(folder)?;
    asked(&recovery::ask_for_keys(&home, ports)?, out)
}

fn asked(ask: &Ask, out: &Path) -> Reply<Value> {
    write_piece(out, PieceKind::Ask, &ask.to_bytes())?;
    Ok(json!({ "check_words": ask.check_words().join(" ") }))
}

/// `worker recover finish` and `device return finish`: takes approvals; new words are given or drawn when it is about
/// words.
pub fn take_approvals(
    folder: &Path,
    approvals: &[PathBuf],
    passphrase: Option<&str>,
    ports: &Ports,
) -> Reply<Value> {
    let home = Home::open(folder)?;
    if recovery::Asking::read(&home)?.is_none() {
        return Err(Code::NothingAsked.into());
    }
    let mut came = Came::NeedsAnother;
    for file in approvals {
        came = recovery::take_approval(&home, &read_piece(file, PieceKind::Approval)?)?;
    }
    match came {
        Came::NeedsAnother => Err(Code::NeedsAnother.into()),
        Came::KeysBack => Ok(json!({ "keys": true })),
        Came::ChooseWords => {
            let drawn = ports.draw(draw_words).join(" ");
            recovery::choose_recovered_words(&home, passphrase.unwrap_or(&drawn), Cost::USUAL, ports)?;
            Ok(match passphrase {
                Some(_) => json!({ "words": true }),
                None => json!({ "passphrase": drawn }),
            })
        }
    }
}

/// `worker rescue`: new words by the rescue code. They are given or drawn.
pub fn rescue(
    folder: &Path,
    code: &str,
    passphrase: Option<&str>,
    schema: Arc<Schema>,
    ports: Arc<Ports>,
) -> Reply<Value> {
    if passphrase.is_some_and(|typed| !is_long_enough(typed)) {
        return Err(Code::WordsShort.into());
    }
    let drawn = Zeroizing::new(ports.draw(draw_words).join(" "));
    let home = Arc::new(Home::open(folder)?);
    let mut app = unlock(home, Secret::Rescue(code), schema, ports)?;
    app.choose_words(passphrase.unwrap_or(&drawn), Cost::USUAL)?;
    app.end_session()?;
    Ok(match passphrase {
        Some(_) => json!({ "words": true }),
        None => json!({ "passphrase": *drawn }),
    })
}

/// `programme recover`: begins again from the pages of a recovery sheet and the signed membership.
pub fn programme_recover(
    folder: &Path,
    roster: &Path,
    back: Back<'_>,
    passphrase: Option<&str>,
    schema: Arc<Schema>,
    ports: Arc<Ports>,
) -> Reply<Value> {
    let (secrets, mut told) = secrets(passphrase, &ports)?;
    let roster = carried_in(&read_piece(roster, PieceKind::Roster)?)?;
    let mut app = begin_from_sheet(folder, roster, back, &secrets, Cost::USUAL, schema, ports)?;
    if let Value::Object(told) = &mut told {
        told.insert("seat".into(), app.me.seat.to_hex().into());
        told.insert("realm".into(), app.realm.to_hex().into());
    }
    app.end_session()?;
    Ok(told)
}

/// The device of a seat that is out, for `roster`.
pub fn outside(folder: &Path, typed: &str, ports: &Arc<Ports>) -> Reply<Outside> {
    Outside::open(Arc::new(Home::open(folder)?), typed, Arc::clone(ports))
}
