//! Being told to stop: by Ctrl-C, or by whatever looks after services.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::runtime::Builder;

/// Becomes true when this program is told to stop. From then on the program ends when it likes, and not at once.
pub fn told_to_stop() -> io::Result<Arc<AtomicBool>> {
    let told = Arc::new(AtomicBool::new(false));
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let tell = Arc::clone(&told);
    std::thread::Builder::new().name("tern-told".to_owned()).spawn(move || {
        if runtime.block_on(signal()).is_ok() {
            tell.store(true, Ordering::Relaxed);
        }
    })?;
    Ok(told)
}

#[cfg(unix)]
async fn signal() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut end, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = end.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn signal() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
