//! Pieces as people carry them: text for files and messages, pictures for screens.

use tern_photo::codes::{Code as Picture, read_codes};
use tern_seal::PieceKind;
use tern_seal::armor::{self, ArmorError};
use tern_seal::parts::{Gathered, split};

use crate::Reply;
use crate::failure::{Code, Failure};
use crate::view::{GatheredView, MomentView, PieceView};

/// More pictures than this nobody holds still for; a file is the way then.
const MOST_PICTURES: usize = 12;

/// A piece as a screen shows it.
pub(crate) fn show(
    kind: PieceKind,
    bytes: &[u8],
    words: Vec<String>,
    expires: Option<MomentView>,
) -> PieceView {
    let name = kind.word().to_lowercase();
    let pictures = split(kind, bytes).unwrap_or_default();
    let codes = if pictures.len() > MOST_PICTURES {
        Vec::new()
    } else {
        pictures.iter().filter_map(|part| Some(Picture::make(part).ok()?.to_svg())).collect()
    };
    PieceView {
        text: armor::write(kind, bytes),
        file: format!("tern-{name}.txt"),
        kind: name,
        codes,
        words,
        expires,
    }
}

/// Reads the text of a piece of a kind.
pub(crate) fn read(text: &str, kind: PieceKind) -> Reply<Vec<u8>> {
    armor::read(text, kind).map_err(refused)
}

/// Reads the codes of pictures, each the bytes of a file; tells how many of how many there are, and the text once all are.
pub(crate) fn gather(pictures: &[Vec<u8>]) -> Reply<GatheredView> {
    let mut gathered = Gathered::default();
    let mut seen = false;
    for picture in pictures {
        for part in read_codes(picture).map_err(crate::photo::picture)? {
            seen = true;
            gathered.add(&part).map_err(|_| Code::AnotherPiece)?;
        }
    }
    if !seen {
        return Err(Code::NoPicture.into());
    }
    let (have, of) = gathered.progress();
    let whole = gathered.whole().map_err(|_| Code::PieceDamaged)?;
    Ok(GatheredView {
        have: u32::try_from(have).unwrap_or(u32::MAX),
        of: u32::try_from(of).unwrap_or(u32::MAX),
        text: whole.map(|(kind, bytes)| armor::write(kind, &bytes)),
    })
}

fn refused(error: ArmorError) -> Failure {
    match error {
        ArmorError::Nothing | ArmorError::Other(_) => Code::AnotherPiece,
        ArmorError::Newer => Code::NewerFormat,
        ArmorError::CutShort | ArmorError::Damaged | ArmorError::TooLong => Code::PieceDamaged,
    }
    .into()
}
