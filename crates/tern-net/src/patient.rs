//! A line that is dropped when nothing comes or goes for a while, and counts what does. Over a slow link a body may take
//! an hour; what counts is that it goes on.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// Bytes over a line, in and out.
#[derive(Debug, Default)]
pub struct Meter {
    pub received: AtomicU64,
    pub sent: AtomicU64,
}

pub struct Patient<T> {
    line: T,
    patience: Duration,
    end: Pin<Box<Sleep>>,
    meter: Arc<Meter>,
}

impl<T> Patient<T> {
    pub fn new(line: T, patience: Duration, meter: Arc<Meter>) -> Self {
        Self { line, patience, end: Box::pin(sleep(patience)), meter }
    }

    /// What came of a try: when it moved something the patience begins anew, when not, it may be at its end.
    fn tried<R>(&mut self, tried: Poll<io::Result<R>>, context: &mut Context<'_>) -> Poll<io::Result<R>> {
        if tried.is_ready() {
            let end = Instant::now() + self.patience;
            self.end.as_mut().reset(end);
            return tried;
        }
        ready!(self.end.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Patient<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        to: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = to.filled().len();
        let tried = Pin::new(&mut self.line).poll_read(context, to);
        self.meter.received.fetch_add((to.filled().len() - before) as u64, Ordering::Relaxed);
        self.tried(tried, context)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Patient<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let tried = Pin::new(&mut self.line).poll_write(context, bytes);
        if let Poll::Ready(Ok(sent)) = &tried {
            self.meter.sent.fetch_add(*sent as u64, Ordering::Relaxed);
        }
        self.tried(tried, context)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let tried = Pin::new(&mut self.line).poll_shutdown(context);
        self.tried(tried, context)
    }
}
