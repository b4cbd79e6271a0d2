//! Stories across crates. Nothing is here but tests.
