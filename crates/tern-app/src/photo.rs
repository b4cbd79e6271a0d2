//! A photo of a child: after its own consent, small, silent, sealed.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::ToSpan;
use jiff::civil::Date;
use tern_form::BlobRef;
use tern_photo::{PhotoError, Picture};
use tern_record::cbor::Canonical;
use tern_record::consent::is_agreed_after;
use tern_record::life::{Row, code, day};
use tern_record::{BlobId, Cause, Compartment, Path, RecordId, Scalar};
use tern_seal::SealKey;
use tern_seal::blob::{close_blob, open_blob};

use crate::Reply;
use crate::app::App;
use crate::edit::Along;
use crate::exchange::sweep;
use crate::failure::{Code, Failure};
use crate::record::Record;
use crate::show::moment;
use crate::view::{EditedView, PhotoView};

/// Fields of the child form.
const PHOTO: &str = "photo";
const THUMBNAIL: &str = "photo_thumbnail";

/// What was answered about a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoAnswer {
    /// No photo is asked for at a border.
    Never,
    /// Nobody has asked, or the answer comes later.
    Ask,
    /// No.
    Refused,
    /// Yes.
    Granted,
}

impl PhotoAnswer {
    /// The code that screens branch on.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Ask => "ask",
            Self::Refused => "refused",
            Self::Granted => "granted",
        }
    }
}

impl App {
    /// What stands about a photo: a no beats every yes but one that was said on a later day (D-07, D-08).
    pub(crate) fn photo_answer(&self, record: &Record) -> PhotoAnswer {
        if self.settings().site_kind == "border" {
            return PhotoAnswer::Never;
        }
        let rows = record.rows(&self.schema, "consents");
        let asked = rows.iter().map(|(_, row)| row).filter(|row| code(row, "purpose") == Some("photo"));
        let (noes, others): (Vec<&Row>, Vec<&Row>) = asked.partition(|row| {
            matches!(code(row, "status"), Some("refused" | "withdrawn" | "expired" | "not_possible"))
        });
        let today = self.ports.today();
        let (standing, lapsed): (Vec<&Row>, Vec<&Row>) = others
            .into_iter()
            .filter(|row| code(row, "status") == Some("granted"))
            .partition(|yes| carries_a_photo(yes, today));
        // The child's own no stands, whoever else said yes.
        let dissent = lapsed.iter().any(|row| code(row, "child_assent") == Some("dissent"));
        match standing.into_iter().any(|yes| is_agreed_after(noes.iter().copied(), yes)) {
            true => PhotoAnswer::Granted,
            false if noes.is_empty() && !dissent => PhotoAnswer::Ask,
            false => PhotoAnswer::Refused,
        }
    }

    /// Adds a photo, or takes the place of the one before.
    pub fn add_photo(&mut self, id: &str, bytes: &[u8]) -> Reply<PhotoView> {
        let record = self.resolve(id)?;
        match self.with_record(record, |app, opened| Ok(app.photo_answer(opened)))? {
            PhotoAnswer::Granted => {}
            PhotoAnswer::Never => return Err(Code::PhotoBorder.into()),
            PhotoAnswer::Ask | PhotoAnswer::Refused => return Err(Code::NoPhotoConsent.into()),
        }
        let made = tern_photo::prepare(bytes).map_err(picture)?;
        let (photo, photo_size) = self.store_picture(&made.photo)?;
        let (small, small_size) = self.store_picture(&made.thumbnail)?;
        let puts = vec![put(PHOTO, &photo)?, put(THUMBNAIL, &small)?];
        let blobs = vec![
            (photo.blob, Compartment::Protection, photo_size),
            (small.blob, Compartment::Protection, small_size),
        ];
        let along = Along { blobs, ..Along::default() };
        let done = self.put(record, &[], puts, Cause::Attached, along)?;
        let length = u32::try_from(made.photo.bytes.len()).unwrap_or(u32::MAX);
        Ok(PhotoView {
            blob: photo.blob.to_hex(),
            bytes: length,
            width: photo.width,
            height: photo.height,
            heads: done.heads,
        })
    }

    fn store_picture(&self, picture: &Picture) -> Reply<(BlobRef, usize)> {
        let closed = self.draw(|random| close_blob(&picture.bytes, random));
        self.home.write_blob(closed.id, &closed.bytes)?;
        let reference = BlobRef {
            blob: closed.id,
            key: *closed.key.as_bytes(),
            media: "image/jpeg".to_owned(),
            bytes: picture.bytes.len() as u64,
            width: picture.width,
            height: picture.height,
        };
        Ok((reference, closed.bytes.len()))
    }

    /// The photo as a data URL.
    pub fn photo(&mut self, id: &str) -> Reply<Option<String>> {
        let record = self.resolve(id)?;
        self.with_seen(record, |app, opened| {
            let jpeg = app.picture(opened, PHOTO)?;
            Ok(jpeg.map(|jpeg| data_url(&jpeg)))
        })
    }

    /// Takes the photo out of the record and its bytes off this device.
    pub fn remove_photo(&mut self, id: &str, heads: &[String]) -> Reply<EditedView> {
        let record = self.resolve(id)?;
        let gone = self.with_record(record, |app, opened| Ok(app.pictures_ever(opened)))?;
        let cleared = [PHOTO, THUMBNAIL].iter().filter_map(|key| Path::new(key).ok());
        let puts = cleared.map(|path| (path, Scalar::Null)).collect();
        let put = self.put(record, heads, puts, Cause::Typed, Along { gone, ..Along::default() })?;
        // The reference is gone; bytes that cannot be swept now are swept at the next unlock.
        let _ = sweep(&self.home, &self.vault);
        Ok(EditedView {
            changes: put.changes.iter().map(|id| id.to_hex()).collect(),
            rows: std::collections::BTreeMap::new(),
            heads: put.heads,
            saved: moment(put.stamp),
            remarks: Vec::new(),
        })
    }

    /// Files of every picture that a record ever held.
    fn pictures_ever(&self, record: &Record) -> Vec<BlobId> {
        let Some(document) = record.docs.get(&Compartment::Protection) else { return Vec::new() };
        let paths = [PHOTO, THUMBNAIL].into_iter().filter_map(|key| Path::new(key).ok());
        let values = paths.flat_map(|path| document.ever(&path));
        values.filter_map(|value| Some(BlobRef::from_bytes(value.as_bytes()?).ok()?.blob)).collect()
    }

    /// Files of pictures of a record from which the photo was taken out, here or elsewhere: their bytes leave this device
    /// too. Where somebody else put another at the same time, that one stands and all stay.
    pub(crate) fn pictures_taken_off(&self, record: &Record) -> Vec<BlobId> {
        let stands = |key: &&str| {
            let held = Path::new(key).map(|path| record.folded(&self.schema, &path));
            held.is_ok_and(|held| held.is_disputed() || held.shown().is_some_and(|value| !value.is_null()))
        };
        if [PHOTO, THUMBNAIL].iter().any(stands) { Vec::new() } else { self.pictures_ever(record) }
    }

    /// An answer that is a photo or a long text, or takes a photo out.
    pub(crate) fn is_about_files(&self, path: &Path, value: &Scalar) -> bool {
        [PHOTO, THUMBNAIL].contains(&path.as_str())
            || value.as_bytes().is_some_and(|bytes| BlobRef::from_bytes(bytes).is_ok())
    }

    fn reference(&self, record: &Record, key: &str) -> Option<BlobRef> {
        BlobRef::from_bytes(record.shown(&self.schema, key)?.as_bytes()?).ok()
    }

    fn picture(&self, record: &Record, key: &str) -> Reply<Option<Vec<u8>>> {
        let Some(reference) = self.reference(record, key) else { return Ok(None) };
        let sealed = self.home.read_blob(reference.blob)?;
        let opened = open_blob(reference.blob, &SealKey::new(&reference.key), &sealed);
        Ok(Some(opened.map_err(|_| Code::Damaged)?))
    }

    /// The small picture for a view file; absent when its bytes are not here.
    pub(crate) fn thumbnail_of(&self, record: &Record) -> Option<(BlobId, Vec<u8>)> {
        let reference = self.reference(record, THUMBNAIL)?;
        Some((reference.blob, self.picture(record, THUMBNAIL).ok()??))
    }

    /// Small pictures that came after what speaks of them, into the view file. Of a record that is not derived yet, it comes
    /// with all else.
    pub(crate) fn show_thumbnails(&mut self, came: &BTreeSet<(RecordId, BlobId)>) -> Reply<()> {
        let Some(view) = self.views.get_mut(&Compartment::Protection) else { return Ok(()) };
        let mut pictures = Vec::new();
        for (record, blob) in came {
            let said = view.value(*record, THUMBNAIL)?;
            let reference = said.and_then(|said| BlobRef::from_bytes(said.as_bytes()?).ok());
            if let Some(reference) = reference.filter(|reference| reference.blob == *blob) {
                let sealed = self.home.read_blob(*blob)?;
                let opened = open_blob(*blob, &SealKey::new(&reference.key), &sealed);
                pictures.extend(opened.ok().map(|jpeg| (*record, *blob, jpeg)));
            }
        }
        if pictures.is_empty() { Ok(()) } else { Ok(view.put_thumbnails(&pictures)?) }
    }

    /// The small picture as a data URL, from the view file.
    pub(crate) fn thumbnail(&self, record: RecordId) -> Reply<Option<String>> {
        let Some(view) = self.views.get(&Compartment::Protection) else { return Ok(None) };
        Ok(view.record(record)?.thumbnail.map(|(_, jpeg)| data_url(&jpeg)))
    }
}

/// A yes that did not run out (B.6) and is not against the word of the child (D-09).
fn carries_a_photo(yes: &Row, today: Date) -> bool {
    let given = day(yes, "given_on");
    let end = day(yes, "expires_on").or_else(|| given?.checked_add(12.months()).ok());
    end.is_none_or(|end| end >= today) && code(yes, "child_assent") != Some("dissent")
}

fn put(key: &str, reference: &BlobRef) -> Reply<(Path, Scalar)> {
    let path = Path::new(key).map_err(|_| Code::Internal("path"))?;
    Ok((path, Scalar::Bytes(reference.to_bytes())))
}

fn data_url(jpeg: &[u8]) -> String {
    format!("data:image/jpeg;base64,{}", STANDARD.encode(jpeg))
}

pub(crate) fn picture(error: PhotoError) -> Failure {
    match error {
        PhotoError::NotAPicture => Code::NotAPicture,
        PhotoError::TooLarge => Code::PictureTooLarge,
        PhotoError::Damaged => Code::PictureDamaged,
    }
    .into()
}
