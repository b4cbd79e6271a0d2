use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

const RED: Rgb<u8> = Rgb([220, 20, 20]);
const BLUE: Rgb<u8> = Rgb([20, 20, 220]);

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Red above, blue below, taller than wide.
fn upright() -> RgbImage {
    RgbImage::from_fn(80, 120, |_, y| if y < 60 { RED } else { BLUE })
}

/// A JPEG with an EXIF segment that holds an orientation and a marker text.
fn with_exif(jpeg: &[u8], orientation: u8, marker: &[u8]) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    tiff.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend_from_slice(&[0x01, 0x0e, 0, 2]);
    tiff.extend_from_slice(&(marker.len() as u32).to_be_bytes());
    tiff.extend_from_slice(&38_u32.to_be_bytes());
    tiff.extend_from_slice(&[0, 0, 0, 0]);
    tiff.extend_from_slice(marker);
    let mut segment = b"Exif\0\0".to_vec();
    segment.extend_from_slice(&tiff);
    let mut out = jpeg[..2].to_vec();
    out.extend_from_slice(&[0xff, 0xe1]);
    out.extend_from_slice(&(segment.len() as u16 + 2).to_be_bytes());
    out.extend_from_slice(&segment);
    out.extend_from_slice(&jpeg[2..]);
    out
}

fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 7_u32;
    RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
    })
}

fn near(a: &Rgb<u8>, b: &Rgb<u8>) -> bool {
    a.0.iter().zip(b.0).all(|(a, b)| a.abs_diff(b) < 60)
}

#[test]
fn every_orientation_comes_out_the_right_way_up_and_no_metadata_survives() {
    let upright = DynamicImage::from(upright());
    let stored = [
        (1, upright.clone()),
        (2, upright.fliph()),
        (3, upright.rotate180()),
        (4, upright.flipv()),
        (5, upright.rotate270().flipv()),
        (6, upright.rotate270()),
        (7, upright.rotate90().flipv()),
        (8, upright.rotate90()),
    ];
    for (orientation, picture) in stored {
        let file = with_exif(&encoded(&picture, ImageFormat::Jpeg), orientation, b"PLACE-MARKER-4711\0");
        let made = prepare(&file).unwrap();
        assert_eq!((made.photo.width, made.photo.height), (80, 120), "orientation {orientation}");
        let seen = image::load_from_memory(&made.photo.bytes).unwrap().to_rgb8();
        assert!(near(seen.get_pixel(40, 10), &RED), "orientation {orientation}");
        assert!(near(seen.get_pixel(40, 110), &BLUE), "orientation {orientation}");
        for bytes in [&made.photo.bytes, &made.thumbnail.bytes] {
            assert!(!bytes.windows(4).any(|window| window == b"Exif"));
            assert!(!bytes.windows(12).any(|window| window == b"PLACE-MARKER"));
        }
    }
}

#[test]
fn noise_that_hardly_compresses_still_fits() {
    let made = prepare(&encoded(&noise(2400, 1800).into(), ImageFormat::Png)).unwrap();
    assert!(made.photo.bytes.len() <= MAX_PHOTO && made.photo.width.max(made.photo.height) <= PHOTO_SIDE);
    assert!(made.thumbnail.bytes.len() <= MAX_THUMBNAIL);
}

#[test]
fn small_and_narrow_pictures_stay_pictures() {
    for (width, height) in [(1, 1), (3000, 2), (2, 3000)] {
        let made = prepare(&encoded(&noise(width, height).into(), ImageFormat::Png)).unwrap();
        assert!(made.photo.width >= 1 && made.photo.height >= 1);
    }
}

#[test]
fn transparent_pixels_lie_on_white() {
    let clear = RgbaImage::from_pixel(20, 20, Rgba([0, 0, 0, 0]));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let made = prepare(&encoded(&clear.clone().into(), format)).unwrap();
        let seen = image::load_from_memory(&made.photo.bytes).unwrap().to_rgb8();
        assert!(near(seen.get_pixel(10, 10), &Rgb([255, 255, 255])));
    }
}

/// The first 33 bytes of a PNG, which say its size; nothing follows.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut whole = encoded(&noise(1, 1).into(), ImageFormat::Png);
    whole[16..20].copy_from_slice(&width.to_be_bytes());
    whole[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = crc32(&whole[12..29]);
    whole[29..33].copy_from_slice(&crc.to_be_bytes());
    whole
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

#[test]
fn a_bomb_is_refused_by_its_header() {
    assert_eq!(prepare(&png_header(30_000, 30_000)).err(), Some(PhotoError::TooLarge));
    assert_eq!(prepare(&png_header(19_000, 19_000)).err(), Some(PhotoError::TooLarge));
    assert_eq!(prepare(&vec![0; MAX_INPUT + 1]).err(), Some(PhotoError::TooLarge));
}

#[test]
fn text_and_other_kinds_are_no_pictures_and_a_cut_one_is_damaged() {
    assert_eq!(prepare(b"this is a text named .jpg").err(), Some(PhotoError::NotAPicture));
    assert_eq!(prepare(b"").err(), Some(PhotoError::NotAPicture));
    assert_eq!(prepare(b"GIF89a\x01\0\x01\0\0\0\0").err(), Some(PhotoError::NotAPicture));
    let whole = encoded(&noise(200, 200).into(), ImageFormat::Png);
    assert_eq!(prepare(&whole[..whole.len() / 2]).err(), Some(PhotoError::Damaged));
}

#[test]
fn mutated_files_never_panic() {
    let mut state = 1_u64;
    let mut draw = move |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % end
    };
    let mut refused = 0;
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(&noise(24, 24).into(), format);
        for _ in 0..400 {
            let mut bytes = whole.clone();
            for _ in 0..=draw(6) {
                let at = draw(bytes.len());
                bytes[at] = draw(256) as u8;
            }
            bytes.truncate(1 + draw(whole.len()));
            refused += usize::from(prepare(&bytes).is_err());
        }
    }
    assert!(refused > 100, "mutations must matter: {refused}");
}
