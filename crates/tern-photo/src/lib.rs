#![doc = include_str!("../README.md")]

pub mod codes;
mod encode;
mod read;

use image::{DynamicImage, GrayImage, RgbImage};

pub use read::{MAX_INPUT, MAX_PIXELS, MAX_SIDE};

/// Most bytes of a photo.
pub const MAX_PHOTO: usize = 100 * 1024;
/// Most bytes of a thumbnail.
pub const MAX_THUMBNAIL: usize = 4 * 1024;
/// Longest side of a photo in pixels.
pub const PHOTO_SIDE: u32 = 1280;
/// Side of a thumbnail in pixels.
pub const THUMBNAIL_SIDE: u32 = 128;

/// Why bytes made no photo. Names no file and nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// Not JPEG, PNG or WebP, whatever the name says.
    #[error("not a picture of a known kind")]
    NotAPicture,
    /// More bytes or pixels than may be decoded safely.
    #[error("more bytes or pixels than can be opened safely")]
    TooLarge,
    /// A picture of a known kind that is cut short or broken.
    #[error("the picture is cut short or damaged")]
    Damaged,
}

/// A JPEG without metadata.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub bytes: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// A photo and the small picture for lists.
#[derive(Clone, PartialEq, Eq)]
pub struct Prepared {
    /// At most [`MAX_PHOTO`] bytes and [`PHOTO_SIDE`] pixels.
    pub photo: Picture,
    /// At most [`MAX_THUMBNAIL`] bytes and [`THUMBNAIL_SIDE`] pixels.
    pub thumbnail: Picture,
}

/// Makes a photo and its thumbnail from the bytes of a file.
pub fn prepare(bytes: &[u8]) -> Result<Prepared, PhotoError> {
    let picture = read::read(bytes)?;
    let photo = encode::fit(&flatten(&picture), PHOTO_SIDE, MAX_PHOTO)?;
    let thumbnail = encode::fit(&flatten(&square(&picture)), THUMBNAIL_SIDE, MAX_THUMBNAIL)?;
    Ok(Prepared { photo, thumbnail })
}

/// The middle square: a face is seldom at the edge.
fn square(picture: &DynamicImage) -> DynamicImage {
    let side = picture.width().min(picture.height());
    picture.crop_imm((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)
}

/// Lays transparent pixels on white.
fn flatten(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (to, from) in flat.pixels_mut().zip(picture.to_rgba8().pixels()) {
        let [red, green, blue, alpha] = from.0;
        to.0 = [red, green, blue].map(|part| over_white(part, alpha));
    }
    flat
}

/// As [`flatten`], without colours.
fn flatten_grey(picture: &DynamicImage) -> GrayImage {
    if picture.color().has_alpha() {
        image::imageops::grayscale(&flatten(picture))
    } else {
        picture.to_luma8()
    }
}

fn over_white(part: u8, alpha: u8) -> u8 {
    let mixed = (u32::from(part) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests;
