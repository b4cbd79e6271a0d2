//! Starts the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    // WebKitGTK lets anybody steer the page who sets this; only test builds may.
    #[cfg(not(feature = "e2e"))]
    {
        // SAFETY: nothing else runs yet.
        #[expect(unsafe_code, reason = "the only way to take a variable out of the environment")]
        unsafe {
            std::env::remove_var("TAURI_WEBVIEW_AUTOMATION");
        }
    }
    std::process::exit(tern_window::run());
}
