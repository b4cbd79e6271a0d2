#![doc = include_str!("../README.md")]

pub mod blobs;
pub mod hub;
pub mod log;
pub mod members;
pub mod metrics;
pub mod quota;
pub mod settings;
pub mod shelf;
mod sought;
pub mod sqlite;
pub mod start;
pub mod store;

pub use hub::Hub;
