//! From pixels to a JPEG that fits: lower the quality first, then the size.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{ExtendedColorType, RgbImage};

use crate::{PhotoError, Picture};

/// Qualities tried at each size, best first.
const QUALITIES: [u8; 5] = [82, 72, 60, 48, 36];

/// Encodes within a longest side and a number of bytes.
pub fn fit(picture: &RgbImage, side: u32, most: usize) -> Result<Picture, PhotoError> {
    let mut small = shrink(picture, side);
    loop {
        for quality in QUALITIES {
            let bytes = jpeg(&small, quality)?;
            if bytes.len() <= most {
                return Ok(Picture { bytes, width: small.width(), height: small.height() });
            }
        }
        let longest = small.width().max(small.height());
        if longest <= 8 {
            return Err(PhotoError::TooLarge);
        }
        small = shrink(&small, longest * 3 / 4);
    }
}

fn shrink(picture: &RgbImage, side: u32) -> RgbImage {
    let longest = picture.width().max(picture.height());
    if longest <= side {
        return picture.clone();
    }
    let scaled = |length: u32| {
        let scaled = u64::from(length) * u64::from(side) / u64::from(longest.max(1));
        u32::try_from(scaled).unwrap_or(side).max(1)
    };
    imageops::resize(picture, scaled(picture.width()), scaled(picture.height()), FilterType::CatmullRom)
}

fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, PhotoError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .map_err(|_| PhotoError::Damaged)?;
    Ok(bytes)
}
