//! The window: one door between the interface and the core. Authority is checked behind the door.
#![allow(clippy::unreachable, reason = "the command macro of Tauri writes it")]

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use tauri::{Builder, Runtime, State, WindowEvent};
use tern_app::view::FailureView;
use tern_app::{Cost, Desk, Ports, Schema};

/// The desk that every command works at.
struct Shared(Arc<Desk>);

/// Runs one command of the core. Work happens off the window's thread.
#[tauri::command]
async fn core(desk: State<'_, Shared>, command: String, args: Value) -> Result<Value, FailureView> {
    let desk = Arc::clone(&desk.0);
    let (told, answer) = (Arc::clone(&desk), move || tern_app::call::call(&desk, &command, &args));
    match tauri::async_runtime::spawn_blocking(answer).await {
        Ok(reply) => reply,
        Err(_) => Err(told.refuse(&tern_app::Failure::from(tern_app::Code::Internal("thread")))),
    }
}

/// State, command and what happens when the window closes: the work is sealed and the keys are dropped.
fn wire<R: Runtime>(builder: Builder<R>, desk: Arc<Desk>) -> Builder<R> {
    let leaving = Arc::clone(&desk);
    builder.manage(Shared(desk)).invoke_handler(tauri::generate_handler![core]).on_window_event(
        move |_, event| {
            if matches!(event, WindowEvent::Destroyed) {
                // A refusal leaves the work on the disk; it is sealed at the next unlock.
                let _ = leaving.lock();
            }
        },
    )
}

/// The data folder: `TERN_HOME`, or the platform's place for application data.
fn home() -> Option<PathBuf> {
    std::env::var_os("TERN_HOME").map(PathBuf::from).or_else(tern_app::default_home)
}

/// Opens the window and gives the exit code.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() -> i32 {
    tern_app::guard::keep_memory_here();
    let Ok(schema) = Schema::embedded() else { return 4 };
    let Some(folder) = home() else { return 1 };
    let desk = Arc::new(Desk::new(folder, schema, Ports::with_keystore(), Cost::USUAL));
    let ticking = Arc::clone(&desk);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(std::time::Duration::from_secs(5));
            // The tick inside covers and locks even when the page does not ask.
            let _ = ticking.status();
        }
    });
    match wire(Builder::default(), desk).run(tauri::generate_context!()) {
        Ok(()) => 0,
        Err(_) => 1,
    }
}
