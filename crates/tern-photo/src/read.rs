//! From bytes to pixels, with the limits read from the header first.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::PhotoError;

/// Most bytes of an original.
pub const MAX_INPUT: usize = 32 * 1024 * 1024;
/// Most pixels of an original.
pub const MAX_PIXELS: u64 = 64_000_000;
/// Longest side of an original.
pub const MAX_SIDE: u32 = 20_000;
/// Most memory that a decoder may take.
const MAX_MEMORY: u64 = 512 * 1024 * 1024;

/// Decodes an original and turns it the way up that its camera noted.
pub fn read(bytes: &[u8]) -> Result<DynamicImage, PhotoError> {
    if bytes.len() > MAX_INPUT {
        return Err(PhotoError::TooLarge);
    }
    let format = image::guess_format(bytes).map_err(|_| PhotoError::NotAPicture)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(PhotoError::NotAPicture);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(|error| refuse(&error))?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PhotoError::TooLarge);
    }
    if width == 0 || height == 0 {
        return Err(PhotoError::Damaged);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| refuse(&error))?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    limits
}

fn refuse(error: &ImageError) -> PhotoError {
    match error {
        ImageError::Limits(_) => PhotoError::TooLarge,
        _ => PhotoError::Damaged,
    }
}
