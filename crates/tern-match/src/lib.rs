#![doc = include_str!("../README.md")]

mod fold;
mod query;
mod same;
mod skeleton;

pub use fold::{Script, fold, script_of};
pub use query::{Key, Keys, Lookup, Match, Query, Reason, Strength, keys};
pub use same::{Birth, Fact, FactKind, Facts, Fit, Same, Verdict, may_be_same};
pub use skeleton::{romanise, skeletons};
