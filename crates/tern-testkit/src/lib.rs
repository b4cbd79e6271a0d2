//! For tests alone: seeded randomness, a clock that obeys, worlds of intents, a naive oracle, golden bytes.

pub mod clock;
pub mod golden;
pub mod oracle;
pub mod seeded;
pub mod world;

pub use clock::FakeClock;
pub use golden::{golden, hex};
pub use seeded::Seeded;
