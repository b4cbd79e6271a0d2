//! The house keeps its own rules.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

mod docs;
mod tidy;
