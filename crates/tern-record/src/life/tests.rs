//! Lives as tests write them: `path = value` lines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
