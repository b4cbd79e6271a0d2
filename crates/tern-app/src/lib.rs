//! Use cases, and the views that the interface and the command line get.

pub mod view;
