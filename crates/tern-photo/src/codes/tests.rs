use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::blur;
use image::{ImageFormat, Rgba, RgbaImage};

use super::*;

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 151 % 256) as u8).collect()
}

/// A code drawn with squares of so many pixels.
fn drawn(code: &Code, square: u32) -> GrayImage {
    let side = code.side() as u32 * square;
    GrayImage::from_fn(side, side, |x, y| {
        let dark = code.is_dark((x / square) as usize, (y / square) as usize);
        Luma([if dark { 0 } else { 255 }])
    })
}

fn png(picture: impl Into<DynamicImage>) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.into().write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

fn jpeg(picture: &GrayImage, quality: u8) -> Vec<u8> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, quality).encode_image(picture).unwrap();
    file
}

/// As a hand-held camera sees a screen: turned, tilted, out of focus, unevenly lit, noisy, among other things.
fn photographed(code: &GrayImage, degrees: f32, tilt: f32, out_of_focus: f32, shade: f32) -> GrayImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (1280_u32, 960_u32);
    let fit = 800.0 / code.width() as f32;
    let mut state = 7_u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as f32 / 255.0 - 0.5
    };
    let lit = GrayImage::from_fn(width, height, |x, y| {
        let (dx, dy) = (x as f32 - 640.0, y as f32 - 480.0);
        let far = 1.0 + tilt * dy / 480.0;
        let (dx, dy) = (dx * far, dy * far);
        let (u, v) = (cos * dx + sin * dy, cos * dy - sin * dx);
        let half = code.width() as f32 / 2.0;
        let (u, v) = (u / fit + half, v / fit + half);
        let inside = |at: f32| at >= 0.0 && at < code.width() as f32;
        let paper = if (x / 90 + y / 70) % 2 == 0 { 90.0 } else { 130.0 };
        let seen = if inside(u) && inside(v) {
            f32::from(code.get_pixel(u as u32, v as u32).0[0]) * 0.75 + 30.0
        } else {
            paper
        };
        let light = 1.0 - shade + shade * (x as f32 / width as f32);
        Luma([(seen * light + noise() * 30.0).clamp(0.0, 255.0) as u8])
    });
    blur(&lit, out_of_focus)
}

#[test]
fn codes_of_every_length_read_back() {
    for length in [1, 17, 120, 450, MAX_CODE] {
        let code = Code::make(&bytes(length)).unwrap();
        assert!(read_codes(&png(drawn(&code, 4))).unwrap() == [bytes(length)], "{length}");
        assert!(read_codes(&jpeg(&drawn(&code, 6), 50)).unwrap() == [bytes(length)], "{length}");
    }
    assert_eq!(Code::make(&bytes(MAX_CODE + 1)).err(), Some(TooLong));
}

#[test]
fn a_photo_of_a_screen_reads_turned_tilted_and_out_of_focus() {
    for (length, degrees, tilt, out_of_focus, shade) in [
        (120, 0.0, 0.0, 3.0, 0.3),
        (120, 13.0, 0.15, 2.0, 0.3),
        (120, 97.0, 0.1, 2.0, 0.3),
        (120, 10.0, 0.0, 2.0, 0.8),
        (MAX_CODE, 0.0, 0.0, 1.5, 0.3),
        (MAX_CODE, 4.0, 0.05, 1.2, 0.3),
        (MAX_CODE, -21.0, 0.0, 1.0, 0.3),
        (MAX_CODE, 8.0, 0.1, 1.5, 0.75),
    ] {
        let code = Code::make(&bytes(length)).unwrap();
        let photo = photographed(&drawn(&code, 8), degrees, tilt, out_of_focus, shade);
        let read = read_codes(&jpeg(&photo, 80)).unwrap();
        assert!(
            read == [bytes(length)],
            "{length} bytes, {degrees} degrees, {tilt}, {out_of_focus}, {shade}"
        );
    }
}

#[test]
fn several_codes_of_one_picture_are_all_read() {
    for (length, apart, square) in [(40, 500, 6), (40, 470, 6), (60, 500, 5), (170, 500, 4)] {
        let codes: Vec<Vec<u8>> = (1..=4).map(|at| bytes(at * length)).collect();
        let mut sheet = GrayImage::from_pixel(1000, 1000, Luma([255]));
        for (at, content) in codes.iter().enumerate() {
            let picture = drawn(&Code::make(content).unwrap(), square);
            let (x, y) = (at as i64 % 2 * apart, at as i64 / 2 * apart);
            image::imageops::replace(&mut sheet, &picture, x, y);
        }
        let mut read = read_codes(&png(sheet)).unwrap();
        read.sort_by_key(Vec::len);
        assert!(read == codes, "{} of 4 codes of {length} bytes and more", read.len());
    }
}

#[test]
fn a_transparent_picture_and_a_small_one_read() {
    let code = Code::make(&bytes(60)).unwrap();
    let grey = drawn(&code, 4);
    let clear = RgbaImage::from_fn(grey.width(), grey.height(), |x, y| {
        Rgba([0, 0, 0, 255 - grey.get_pixel(x, y).0[0]])
    });
    assert_eq!(read_codes(&png(clear)).unwrap(), [bytes(60)]);
    assert_eq!(read_codes(&png(drawn(&code, 2))).unwrap(), [bytes(60)]);
}

#[test]
fn pictures_without_a_code_and_files_that_are_none_are_told_apart() {
    let grey = GrayImage::from_fn(300, 200, |x, y| Luma([(x * y % 256) as u8]));
    assert_eq!(read_codes(&png(grey)), Ok(vec![]));
    assert_eq!(read_codes(&png(GrayImage::new(1, 1))), Ok(vec![]));
    assert_eq!(read_codes(b"TERN REQUEST"), Err(PhotoError::NotAPicture));
    let file = png(drawn(&Code::make(b"x").unwrap(), 4));
    assert_eq!(read_codes(&file[..file.len() / 2]), Err(PhotoError::Damaged));
}

#[test]
fn the_drawing_has_every_dark_square_once_and_a_white_edge() {
    let code = Code::make(&bytes(100)).unwrap();
    let svg = code.to_svg();
    let dark = (0..code.side()).flat_map(|y| (0..code.side()).map(move |x| (x, y)));
    let dark = dark.filter(|(x, y)| code.is_dark(*x, *y)).count();
    let runs = svg.split_once("#000").unwrap().1.split('h').skip(1);
    let drawn: usize = runs.filter_map(|run| run.split('v').next()?.parse::<usize>().ok()).sum();
    assert_eq!(drawn, dark);
    assert!((0..code.side()).all(|at| !code.is_dark(at, 3) && !code.is_dark(3, at)));
    assert!(svg.contains(&format!("viewBox=\"0 0 {0} {0}\"", code.side())));
}

/// Pictures made to trip the reader: codes with squares turned over, and walls of finder patterns.
#[test]
fn a_damaged_or_hostile_picture_never_stops_the_program() {
    let code = drawn(&Code::make(&bytes(200)).unwrap(), 3);
    let mut state = 11_u32;
    for round in 0..60 {
        let mut picture = code.clone();
        for _ in 0..round * 40 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (x, y) = ((state >> 8) % picture.width(), (state >> 20) % picture.height());
            picture.put_pixel(x, y, Luma([(state >> 3) as u8]));
        }
        for read in read_codes(&png(picture)).unwrap() {
            assert_eq!(read, bytes(200), "a code that reads is the code that was drawn");
        }
    }
    let finder = |x: u32, y: u32| {
        let (x, y) = ((x % 48) / 6, (y % 48) / 6);
        let ring = x.abs_diff(3).max(y.abs_diff(3));
        Luma([if x < 7 && y < 7 && ring != 2 { 0 } else { 255 }])
    };
    assert_eq!(read_codes(&png(GrayImage::from_fn(1600, 1600, finder))), Ok(vec![]));
}
