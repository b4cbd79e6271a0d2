//! Being told to stop: by Ctrl-C, or by whatever looks after services.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::runtime::Builder;

/// Becomes true when this program is told to stop. From the moment this gives back, the program ends when it likes, and
/// not at once.
pub fn told_to_stop() -> io::Result<Arc<AtomicBool>> {
    let told = Arc::new(AtomicBool::new(false));
    let runtime = Builder::new_current_thread().enable_all().build()?;
    // Listened for before the thread begins: whoever is told between the two would end at once.
    let signal = {
        let _inside = runtime.enter();
        signal()?
    };
    let tell = Arc::clone(&told);
    std::thread::Builder::new().name("tern-told".to_owned()).spawn(move || {
        runtime.block_on(signal);
        tell.store(true, Ordering::Relaxed);
    })?;
    Ok(told)
}

#[cfg(unix)]
fn signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut end, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = end.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(windows)]
fn signal() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
