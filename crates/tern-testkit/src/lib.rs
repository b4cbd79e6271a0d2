//! For tests alone: seeded randomness, a clock that obeys, worlds of intents, and a naive oracle.

pub mod clock;
pub mod oracle;
pub mod seeded;
pub mod world;

pub use clock::FakeClock;
pub use seeded::Seeded;
