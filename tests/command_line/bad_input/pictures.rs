//! Files that are no pictures, or pretend to be huge.

use std::fs;

use serde_json::json;

use super::one_child;

/// A PNG that says how large it is and holds next to nothing.
fn png(width: u32, height: u32) -> Vec<u8> {
    let chunk = |kind: &[u8], data: &[u8]| {
        let body = [kind, data].concat();
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], &body, &crc(&body).to_be_bytes()].concat()
    };
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let nothing = [0x78, 0x01, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01];
    let parts = [chunk(b"IHDR", &header), chunk(b"IDAT", &nothing), chunk(b"IEND", b"")];
    [b"\x89PNG\r\n\x1a\n".to_vec(), parts.concat()].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

pub(super) fn jpeg() -> Vec<u8> {
    let mut jpeg = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8, y as u8, 90]))
        .write_to(&mut jpeg, image::ImageFormat::Jpeg)
        .unwrap();
    jpeg.into_inner()
}

#[test]
fn files_that_are_no_pictures_or_pretend_to_be_huge_are_refused_unopened() {
    let (tern, id) = one_child();
    let mut batch = tern.batch();
    let before = batch.ok(&["show", &id]);
    let files = fs::read_dir(tern.home().join("blobs")).unwrap().count();
    let mut refuse = |name: &str, bytes: &[u8], code: &str| {
        let file = tern.bring(name, bytes);
        let refusal = batch.refused(&["photo", "add", &id, &file], code).to_string();
        assert!(!refusal.contains("Quillonova"), "{refusal}");
    };
    refuse("Quillonova.png", &png(30_000, 30_000), "picture-too-large");
    refuse("Quillonova.png", &png(u32::MAX, 1), "picture-too-large");
    refuse("Quillonova.png", &png(64, 64), "picture-damaged");
    refuse("Quillonova.jpg", b"Zunamira Quillonova, born in Velmar\n", "not-a-picture");
    refuse("Quillonova.jpg", b"", "not-a-picture");
    refuse("Quillonova.jpg", &[0xff, 0xd8, 0xff, 0xe0], "picture-damaged");
    let whole = jpeg();
    refuse("Quillonova.jpg", &whole[..whole.len() / 3], "picture-damaged");
    let huge = tern.bring("Quillonova.raw", b"");
    fs::File::options().write(true).open(&huge).unwrap().set_len(3 << 30).unwrap();
    batch.refused(&["photo", "add", &id, &huge], "picture-too-large");
    batch.refused(&["photo", "add", &id, "/nowhere/Quillonova.jpg"], "unreadable-file");
    assert_eq!(batch.ok(&["show", &id]), before);
    assert_eq!(fs::read_dir(tern.home().join("blobs")).unwrap().count(), files, "nothing was left behind");
    let good = tern.bring("good.jpg", whole);
    assert_eq!(batch.ok(&["photo", "add", &id, &good])["width"], 64);
    let refused = json!({ "names": ["Bela Tarrin"], "sex": "M", "age": 9, "accompaniment": "separated" });
    let other = tern.bring("other.json", refused.to_string());
    let other = batch.ok(&["register", "--answers", &other])["id"].as_str().unwrap().to_owned();
    batch.refused(&["photo", "add", &other, &good], "no-photo-consent");
}
