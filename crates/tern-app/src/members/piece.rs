//! Pieces as people carry them: text for files and messages, pictures for screens.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tern_photo::codes::{Code as Picture, read_codes};
use tern_seal::PieceKind;
use tern_seal::armor::{self, ArmorError};
use tern_seal::parts::{Gathered, split};

use crate::Reply;
use crate::failure::{Code, Failure};
use crate::view::{GatheredView, MomentView, PieceView};

/// More pictures than this nobody holds still for; a file is the way then.
const MOST_PICTURES: usize = 12;
/// Files of one name beside each other.
const MOST_FILES: usize = 1_000;

/// Lists of members, and admissions, which hold one, outgrow pictures in every programme: they go as files from the first
/// day, and no screen offers a camera for them. A half of the root key is no piece of a window.
const fn goes_by_pictures(kind: PieceKind) -> bool {
    match kind {
        PieceKind::Invitation
        | PieceKind::Request
        | PieceKind::Ask
        | PieceKind::Approval
        | PieceKind::Receipt => true,
        PieceKind::Admission | PieceKind::Roster | PieceKind::Half => false,
    }
}

/// A piece as a screen shows it.
pub(crate) fn show(
    kind: PieceKind,
    bytes: &[u8],
    words: Vec<String>,
    expires: Option<MomentView>,
) -> PieceView {
    let name = kind.word().to_lowercase();
    let pictures = split(kind, bytes).unwrap_or_default();
    let codes = if !goes_by_pictures(kind) || pictures.len() > MOST_PICTURES {
        Vec::new()
    } else {
        pictures.iter().filter_map(|part| Some(Picture::make(part).ok()?.to_svg())).collect()
    };
    PieceView { text: armor::write(kind, bytes), kind: name, codes, words, expires }
}

/// Reads the text of a piece of a kind.
pub(crate) fn read(text: &str, kind: PieceKind) -> Reply<Vec<u8>> {
    armor::read(text, kind).map_err(refused)
}

/// Writes a piece beside what the person downloads, over nothing that is there; only pieces are written.
pub(crate) fn save(text: &str, folder: &Path) -> Reply<PathBuf> {
    let mut kinds = PieceKind::ALL.into_iter();
    let kind = kinds.find(|kind| armor::read(text, *kind).is_ok()).ok_or(Code::AnotherPiece)?;
    for number in 1..MOST_FILES {
        let path = folder.join(file(kind, number));
        match File::create_new(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => {
                let written = made.and_then(|mut file| {
                    file.write_all(text.as_bytes())?;
                    file.sync_all()
                });
                return written.map(|()| path).map_err(|_| Code::CannotSave.into());
            }
        }
    }
    Err(Code::CannotSave.into())
}

/// What a file with a piece is called: nothing of who made it.
fn file(kind: PieceKind, number: usize) -> String {
    let name = kind.word().to_lowercase();
    if number == 1 { format!("tern-{name}.txt") } else { format!("tern-{name}-{number}.txt") }
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_that_outgrows_pictures_has_none_however_short_it_is_today() {
        for kind in PieceKind::ALL {
            let shown = show(kind, b"a short one", Vec::new(), None);
            assert_eq!(shown.codes.is_empty(), !goes_by_pictures(kind), "{}", shown.kind);
        }
        assert!(show(PieceKind::Request, &[7; 12_000], Vec::new(), None).codes.is_empty());
    }

    #[test]
    fn a_piece_is_written_over_nothing_and_nothing_but_a_piece_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let text = armor::write(PieceKind::Request, b"what a device asks");
        let first = save(&text, folder.path()).unwrap();
        std::fs::write(&first, "of the worker").unwrap();
        let second = save(&text, folder.path()).unwrap();
        assert_eq!(second.file_name().unwrap(), "tern-request-2.txt");
        assert_eq!(std::fs::read_to_string(&first).unwrap(), "of the worker");
        assert_eq!(
            read(&std::fs::read_to_string(&second).unwrap(), PieceKind::Request).unwrap(),
            b"what a device asks"
        );
        assert_eq!(save("words of a page", folder.path()).unwrap_err().code, Code::AnotherPiece);
        assert_eq!(save(&text, &folder.path().join("gone")).unwrap_err().code, Code::CannotSave);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
