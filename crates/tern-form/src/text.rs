//! Words for people, in Fluent, one source for every part of Tern.

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::schema::SchemaError;
use crate::source::Files;

/// The language that has every message.
pub const FALLBACK: &str = "en";

/// The texts of all languages, from `schema/locales/<language>/*.ftl`.
pub struct Texts(BTreeMap<String, Language>);

struct Language {
    bundle: FluentBundle<FluentResource>,
    source: String,
}

impl Texts {
    pub(crate) fn parse(files: &Files) -> Result<Self, SchemaError> {
        let mut all: BTreeMap<String, Language> = BTreeMap::new();
        for (file, text) in files.below("locales/", ".ftl") {
            let Some(lang) = file.split('/').nth(1) else { continue };
            let wrong = |why: String| SchemaError::at(file, "text", why);
            let resource = FluentResource::try_new(text.to_owned())
                .map_err(|(_, errors)| wrong(errors.first().map_or(String::new(), ToString::to_string)))?;
            if !all.contains_key(lang) {
                let id: LanguageIdentifier = lang.parse().map_err(|_| wrong("not a language".into()))?;
                let mut bundle = FluentBundle::new_concurrent(vec![id]);
                // Names are set apart by the interface; marks inside text would reach files and terminals.
                bundle.set_use_isolating(false);
                all.insert(lang.to_owned(), Language { bundle, source: String::new() });
            }
            if let Some(language) = all.get_mut(lang) {
                let twice = |errors: Vec<fluent_bundle::FluentError>| {
                    wrong(errors.first().map_or(String::new(), ToString::to_string))
                };
                language.bundle.add_resource(resource).map_err(twice)?;
                language.source.push_str(text);
                language.source.push('\n');
            }
        }
        Ok(Self(all))
    }

    /// The languages there are, by BCP 47 tag.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// All texts of a language as Fluent source, for the interface.
    pub fn fluent_source(&self, lang: &str) -> Option<&str> {
        self.0.get(lang).map(|language| language.source.as_str())
    }

    /// True when the language itself has the message.
    pub fn has(&self, lang: &str, id: &str) -> bool {
        self.0.get(lang).is_some_and(|language| language.bundle.get_message(id).is_some())
    }

    /// Words of a message without arguments, in the language or in English. An attribute is `id.attribute`.
    pub fn find(&self, lang: &str, id: &str) -> Option<String> {
        self.find_with(lang, id, None)
    }

    /// Words of a message, in the language, else in English, else the last part of its id in words.
    pub fn text(&self, lang: &str, id: &str, args: &[(&str, &str)]) -> String {
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            // Only what is spelled as a number is one: "007" stays as it is.
            let number = value.parse::<i64>().ok().filter(|number| number.to_string() == *value);
            fluent.set(*name, number.map_or_else(|| FluentValue::from(*value), FluentValue::from));
        }
        self.find_with(lang, id, Some(&fluent)).unwrap_or_else(|| from_id(id))
    }

    fn find_with(&self, lang: &str, id: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        [lang, FALLBACK].iter().find_map(|lang| self.0.get(*lang)?.say(id, args))
    }
}

impl Language {
    fn say(&self, id: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let (id, attribute) = id.split_once('.').map_or((id, None), |(id, a)| (id, Some(a)));
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        Some(self.bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned())
    }
}

/// `field-child-favourite_food` without a message: "Favourite food".
fn from_id(id: &str) -> String {
    let words = id.rsplit('-').next().unwrap_or(id).replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
