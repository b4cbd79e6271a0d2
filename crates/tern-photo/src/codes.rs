//! QR codes (ISO/IEC 18004): made for a screen, read from a picture.

use std::panic::{AssertUnwindSafe, catch_unwind};

use image::imageops::{FilterType, fast_blur, resize};
use image::{DynamicImage, GrayImage, Luma};
use qrcodegen::{QrCode, QrCodeEcc};

use crate::{PhotoError, read};

/// Most bytes of one code. More would need smaller squares than a cheap camera tells apart.
pub const MAX_CODE: usize = 900;
/// White squares around a code.
const QUIET: usize = 4;
/// Longest sides, in pixels, at which a picture is looked at.
const SIDES: [u32; 6] = [1600, 1250, 1000, 800, 640, 500];
/// What is smaller than this is looked at in twice the size too.
const SMALL: u32 = 500;

/// A code as squares.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(QrCode);

/// More bytes than one code takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too long for one code")]
pub struct TooLong;

impl Code {
    /// Makes a code of bytes. A seventh of it may be unreadable: a finger, a scratch, a reflection.
    pub fn make(bytes: &[u8]) -> Result<Self, TooLong> {
        if bytes.len() > MAX_CODE {
            return Err(TooLong);
        }
        QrCode::encode_binary(bytes, QrCodeEcc::Medium).map(Self).map_err(|_| TooLong)
    }

    /// Squares of a side, with the white ones around.
    pub fn side(&self) -> usize {
        self.inner() + 2 * QUIET
    }

    /// Whether a square is dark.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        let place = |at: usize| at.checked_sub(QUIET).and_then(|at| i32::try_from(at).ok());
        place(x).zip(place(y)).is_some_and(|(x, y)| self.0.get_module(x, y))
    }

    /// A picture that grows to whatever size it is given. Black on white in every theme: cameras want it so.
    pub fn to_svg(&self) -> String {
        let side = self.side();
        let mut path = String::new();
        for y in 0..side {
            let mut x = 0;
            while x < side {
                let run = (x..side).take_while(|x| self.is_dark(*x, y)).count();
                if run > 0 {
                    path.push_str(&format!("M{x} {y}h{run}v1h-{run}z"));
                }
                x += run.max(1);
            }
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
        )
    }

    fn inner(&self) -> usize {
        usize::try_from(self.0.size()).unwrap_or(0)
    }
}

/// Reads every code in a picture, each once. An empty list: there is none that can be read.
pub fn read_codes(file: &[u8]) -> Result<Vec<Vec<u8>>, PhotoError> {
    let picture = read::read(file)?;
    let mut found: Vec<Found> = Vec::new();
    for mut look in looks(&picture) {
        for have in &found {
            have.wipe(&mut look);
        }
        for code in codes_in(&look) {
            if found.iter().all(|have| have.bytes != code.bytes) {
                found.push(code);
            }
        }
    }
    Ok(found.into_iter().map(|code| code.bytes).collect())
}

/// A code and where it was, in parts of the picture's width and height.
struct Found {
    bytes: Vec<u8>,
    x: (f32, f32),
    y: (f32, f32),
}

impl Found {
    /// Paints it white, so that the corners of those that are left are not mistaken for its own.
    fn wipe(&self, look: &mut GrayImage) {
        let (width, height) = look.dimensions();
        let range = |(from, to): (f32, f32), side: u32| {
            (from * side as f32) as u32..((to * side as f32).ceil() as u32).min(side)
        };
        for y in range(self.y, height) {
            for x in range(self.x, width) {
                look.put_pixel(x, y, Luma([u8::MAX]));
            }
        }
    }
}

/// The picture in several sizes, and with its light evened out: noise goes when it is made smaller, small squares come
/// out when it is not, and half a code in the shade is as dark as the other half.
fn looks(picture: &DynamicImage) -> Vec<GrayImage> {
    let grey = crate::flatten_grey(picture);
    let longest = grey.width().max(grey.height());
    let scaled = |side: u32| {
        let of = |length: u32| u64::from(length) * u64::from(side) / u64::from(longest.max(1));
        let of = |length: u32| u32::try_from(of(length)).unwrap_or(side).max(1);
        resize(&grey, of(grey.width()), of(grey.height()), FilterType::Triangle)
    };
    let mut looks: Vec<GrayImage> = SIDES.into_iter().filter(|side| *side < longest).map(scaled).collect();
    if looks.len() < SIDES.len() {
        looks.insert(0, grey.clone());
    }
    if longest < SMALL {
        looks.push(scaled(longest * 2));
    }
    let even = looks.first().map(evened);
    looks.extend(even);
    looks
}

/// Each pixel beside what lies around it.
fn evened(grey: &GrayImage) -> GrayImage {
    let around = fast_blur(grey, grey.width().max(grey.height()) as f32 / 24.0);
    let mut even = grey.clone();
    for (pixel, mean) in even.pixels_mut().zip(around.pixels()) {
        let ([value], [mean]) = (pixel.0, mean.0);
        let beside = u32::from(value) * 160 / u32::from(mean.max(1));
        pixel.0 = [u8::try_from(beside).unwrap_or(u8::MAX)];
    }
    even
}

/// The library looks at no more than eight codes and 32 corners, so that its work has an end. Should it stop with a
/// panic at a crooked picture, there is no code that can be read; nothing of ours is half done then.
fn codes_in(grey: &GrayImage) -> Vec<Found> {
    let (width, height) = grey.dimensions();
    let size = |side: u32| usize::try_from(side).unwrap_or(0);
    let look = || {
        let mut reader = quircs::Quirc::default();
        let codes = reader.identify(size(width), size(height), grey.as_raw());
        codes.filter_map(|code| found(&code.ok()?, width as f32, height as f32)).collect()
    };
    catch_unwind(AssertUnwindSafe(look)).unwrap_or_default()
}

fn found(code: &quircs::Code, width: f32, height: f32) -> Option<Found> {
    let bytes = code.decode().ok()?.payload;
    let extent = |at: fn(&quircs::Point) -> i32, side: f32| {
        let places = code.corners.iter().map(|corner| at(corner) as f32 / side);
        places.fold((1.0_f32, 0.0_f32), |(least, most), place| (least.min(place), most.max(place)))
    };
    Some(Found { bytes, x: extent(|corner| corner.x, width), y: extent(|corner| corner.y, height) })
}

#[cfg(test)]
mod tests;
