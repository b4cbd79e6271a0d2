//! Forms, code lists and texts as data. What is asked, under which key it lies, how answers of several
//! devices stand beside each other and what everything is called stands in `schema/`, not in code.
//!
//! [`Schema`] is where to start: it finds the [`Field`] behind a path, reads JSON into the one
//! [`tern_record::Scalar`] that a field holds, writes it back as JSON or as text for people, and
//! registers a child from a JSON object. Only the impossible is refused ([`Refusal`]); everything
//! else is saved and comes back as a [`Remark`].

pub mod check;
pub mod condition;
pub mod derive;
mod doubt;
pub mod field;
pub mod kind;
pub mod list;
pub mod refusal;
pub mod register;
pub mod schema;
pub mod text;

mod order;
mod parse;
mod source;

pub use check::Remark;
pub use condition::Condition;
pub use field::{Field, Form, Group, Item, List, Search, Target};
pub use kind::Kind;
pub use kind::blob::BlobRef;
pub use kind::language::LanguageEntry;
pub use list::{Code, CodeList};
pub use refusal::{Refusal, RefusalCode};
pub use register::Registration;
pub use schema::{Schema, SchemaError};
