//! Builds the window's context, and keeps our SQLite to ourselves.

fn main() {
    // Without this the program would export sqlite3_* and WebKitGTK could bind to our SQLCipher.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo:rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    }
    tauri_build::build();
}
