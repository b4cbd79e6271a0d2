//! Pieces as files: written whole or not at all, read as text or as a picture.

use std::fs::{File, symlink_metadata};
use std::io::Read as _;
use std::path::Path;

use tern_seal::PieceKind;
use tern_store::StoreError;
use tern_store::files::write_whole;

use crate::Reply;
use crate::failure::Code;
use crate::members::piece;

/// Longest file that is read as a piece.
const MOST_PIECE: u64 = 16 * 1024 * 1024;

/// Writes a piece as text, whole or not at all.
pub(crate) fn write_piece(path: &Path, kind: PieceKind, bytes: &[u8]) -> Reply<()> {
    // An earlier piece of the same kind makes room for the new one; whatever else lies there is somebody's.
    let is_free = match symlink_metadata(path) {
        Err(_) => true,
        Ok(_) => read_piece(path, kind).is_ok(),
    };
    if !is_free {
        return Err(Code::FileThere.into());
    }
    let text = tern_seal::armor::write(kind, bytes);
    Ok(write_whole(path, text.as_bytes()).map_err(StoreError::from)?)
}

/// Reads a file that somebody brought: text, or a picture with the codes of the whole piece.
pub(in crate::members) fn read_piece(path: &Path, kind: PieceKind) -> Reply<Vec<u8>> {
    let file = File::open(path).map_err(|_| Code::UnreadableFile)?;
    let mut bytes = Vec::new();
    file.take(MOST_PIECE + 1).read_to_end(&mut bytes).map_err(|_| Code::UnreadableFile)?;
    if bytes.len() as u64 > MOST_PIECE {
        return Err(Code::PieceDamaged.into());
    }
    match String::from_utf8(bytes) {
        Ok(text) => piece::read(&text, kind),
        // A file of work is no picture either.
        Err(other) => {
            let found = piece::gather(&[other.into_bytes()]).map_err(|refused| match refused.code {
                Code::NotAPicture => Code::AnotherPiece.into(),
                _ => refused,
            })?;
            piece::read(&found.text.ok_or(Code::PieceDamaged)?, kind)
        }
    }
}
