//! Stories: children written in a shorthand, for demonstrations and tests. They go through the same forms and the same
//! rules as what people type; a file is loaded whole or not at all. Practice programmes only.

mod answers;
mod shape;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tern_record::{Cause, EntityId, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::audit::Event;
use crate::edit::refusal;
use crate::failure::{Code, Failure};
use shape::Story;

impl App {
    /// `import stories`: every child of the file, or none.
    pub fn import_stories(&mut self, yaml: &str) -> Reply<Value> {
        if !self.practice {
            return Err(Code::PracticeOnly.into());
        }
        let stories = read(yaml)?;
        if stories.is_empty() {
            return Err(Failure::about(Code::BadStory, ["it holds no story".to_owned()]));
        }
        if let Some(at) = stories.iter().position(|story| named(&story.story).is_none()) {
            return Err(Failure::about(
                Code::BadStory,
                [format!("story {} of it has no plain name", at + 1)],
            ));
        }
        let mut new: Vec<(RecordId, Vec<(Path, Scalar)>)> = Vec::new();
        let mut events = Vec::new();
        let mut records: BTreeMap<&'static str, usize> = BTreeMap::new();
        let mut told = std::collections::BTreeSet::new();
        for story in &stories {
            if !told.insert(story.story.as_str()) {
                return Err(Failure::about(Code::BadStory, [format!("{}, twice in this file", story.story)]));
            }
            self.check_new(&story.story)?;
            let child = self.draw(RecordId::make_random);
            let answers = answers::of(story, &self.schema, &self.named("country"), &self.named("site"));
            let answers = answers
                .map_err(|wrong| Failure::about(Code::BadStory, [format!("{}, {wrong}", story.story)]))?;
            answers::count(story, &mut records);
            let puts = self.story_puts(story, &answers)?;
            self.rules_of_story(story, child, &puts)?;
            new.push((child, puts));
            events.extend(story.blocked_attempts.iter().map(|attempt| {
                let parts = [&attempt.at, &attempt.action, &attempt.to, &attempt.country, &attempt.why];
                let said: Vec<&str> = parts.into_iter().filter_map(Option::as_deref).collect();
                self.event(Event::Blocked(child, &said.join(", ")))
            }));
            if let Some(twin) = &story.duplicate {
                let twin = answers::of_duplicate(story, twin, &short::long_text(child.as_bytes()));
                *records.entry("duplicate").or_default() += 1;
                let id = self.draw(RecordId::make_random);
                new.push((id, self.story_puts(story, &twin)?));
            }
        }
        let children = new.len();
        self.put_new(new, Cause::Imported, events)?;
        Ok(json!({ "children": children, "records": records }))
    }

    /// A story that is here already would be here twice.
    fn check_new(&self, story: &str) -> Reply<()> {
        match self.resolve(story) {
            Ok(_) => Err(Failure::about(Code::BadStory, [format!("{story}, this story is here already")])),
            Err(failure) if failure.code == Code::Ambiguous => {
                Err(Failure::about(Code::BadStory, [format!("{story}, this story is here already")]))
            }
            Err(_) => Ok(()),
        }
    }

    fn rules_of_story(&mut self, story: &Story, child: RecordId, puts: &[(Path, Scalar)]) -> Reply<()> {
        let record = self.open_record(child)?;
        self.keep_rules(&record, puts, tern_record::rule::Voices::File).map_err(|failure| {
            match failure.code {
                Code::Rule(rule) => {
                    let path = failure.paths.first().and_then(|path| Path::new(path).ok());
                    let path = path.map_or_else(String::new, |path| path.form_key());
                    Failure::about(Code::BadStory, [format!("{}, {path}: {rule}", story.story)])
                }
                _ => failure,
            }
        })
    }

    fn story_puts(&self, story: &Story, answers: &Value) -> Reply<Vec<(Path, Scalar)>> {
        let today = self.ports.today();
        let mut ids = || self.ports.draw(EntityId::make_random);
        let registration = self.schema.register_answers(answers, today, &mut ids).map_err(|refused| {
            let failure = refusal(refused);
            Failure::about(
                Code::BadStory,
                [format!("{}, {}: {}", story.story, failure.paths.join(", "), failure.code.name())],
            )
        })?;
        // What is a remark beside a form is a mistake in a file.
        let wrong =
            registration.remarks.iter().find(|remark| tern_form::check::IMPOSSIBLE.contains(&remark.code));
        match wrong {
            Some(remark) => {
                let path =
                    Path::new(&remark.path).map_or_else(|_| remark.path.clone(), |path| path.form_key());
                Err(Failure::about(Code::BadStory, [format!("{}, {path}: {}", story.story, remark.code)]))
            }
            None => Ok(self.with_site(registration.puts)),
        }
    }
}

/// The name of a story, when it is one that can be told.
fn named(story: &str) -> Option<&str> {
    let plain = |sign: char| !sign.is_control() && !tern_form::kind::text::hides(sign);
    (!story.trim().is_empty() && story.chars().count() <= 100 && story.chars().all(plain)).then_some(story)
}

/// Reads the file; what is wrong is told with story, line and key.
fn read(yaml: &str) -> Reply<Vec<Story>> {
    serde_saphyr::from_str(yaml).map_err(|error| {
        let line = error.location().map_or(0, |location| location.line());
        let line = usize::try_from(line).unwrap_or(0);
        let above = yaml.lines().take(line).filter_map(|line| line.trim().strip_prefix("- story:"));
        let story = above.last().map(str::trim).and_then(named).unwrap_or("?").to_owned();
        let what = error.without_snippet().to_string();
        // Only what the shorthand itself is made of is repeated: keys, never values.
        let key = what
            .split('`')
            .nth(1)
            .filter(|_| what.contains("unknown field"))
            .map(|key| format!(", unknown key {key}"));
        Failure::about(Code::BadStory, [format!("{story}, line {line}{}", key.unwrap_or_default())])
    })
}
