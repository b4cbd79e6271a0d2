//! Plausible fictitious children, drawn from a seed, for practice programmes and benchmarks.
//!
//! The same seed draws the same people and dates on every machine. Each child goes through
//! [`crate::register`] like one that a person typed.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::failure::{Code, Failure};

#[derive(Deserialize)]
struct Names {
    groups: Vec<Group>,
    places: Vec<String>,
}

#[derive(Deserialize)]
struct Group {
    language: String,
    country: String,
    weight: u64,
    girls: Vec<String>,
    boys: Vec<String>,
    families: Vec<String>,
}

/// Nobody is born later: a day drawn in it may not lie in the future, and the same seed gives the same dates.
const LAST_BIRTH_YEAR: u64 = 2025;

/// Draws children one after another.
pub struct Demo {
    names: Names,
    state: u64,
}

impl Demo {
    /// Begins with a seed.
    pub fn seeded(seed: u64) -> Result<Self, Failure> {
        let names = serde_json::from_str(include_str!("demo/names.json"))
            .map_err(|_| Failure::from(Code::Internal("demo-names")))?;
        Ok(Self { names, state: seed })
    }

    /// The answers for the next child, in the shape of `register --answers`.
    pub fn next_child(&mut self) -> Value {
        let group = self.draw_group();
        let girl = self.below(100) < 41;
        let Some(group) = self.names.groups.get(group) else { return Value::Null };
        let (language, country) = (group.language.clone(), group.country.clone());
        let givens = if girl { group.girls.clone() } else { group.boys.clone() };
        let families = group.families.clone();
        let given = self.pick(&givens);
        let family = self.pick(&families);
        let places = self.names.places.clone();
        let mut child = json!({
            "names": [{ "text": format!("{given} {family}"), "lang": language, "source": "child" }],
            "sex": if girl { "F" } else { "M" },
            "languages": [{ "code": language }],
            "where_from": self.pick(&places),
            "nationalities": [country],
            "safe_place_tonight": self.below(100) < 70,
            "health_seen": [self.pick_code(&[("nothing_seen", 78), ("ill_or_injured", 14), ("needs_medicine", 8)])],
            "accompaniment": self.pick_code(
                &[("unaccompanied", 46), ("separated", 24), ("accompanied", 26), ("undetermined", 4)]),
            "consents": [{ "purpose": "case_management",
                "status": self.pick_code(&[("granted", 86), ("refused", 6), ("not_possible", 8)]) }],
        });
        let birth = self.draw_birth();
        if let (Value::Object(child), Value::Object(birth)) = (&mut child, birth) {
            child.extend(birth);
        }
        child
    }

    /// A third know the day, a third the year, the rest an age; a few nothing, a few 1 January.
    fn draw_birth(&mut self) -> Value {
        let years = LAST_BIRTH_YEAR - self.draw_age();
        match self.below(100) {
            0..=34 => {
                let (month, day) = (1 + self.below(12), 1 + self.below(28));
                json!({ "dob": { "date": format!("{years}-{month:02}-{day:02}"), "basis": "child_statement" } })
            }
            35..=44 => json!({ "dob": { "date": format!("{years}-01-01"), "basis": "other_document" } }),
            45..=69 => json!({ "dob": { "year": years, "estimated": true } }),
            70..=95 => {
                let first = format!("{}-03-02", years - 1);
                json!({ "dob": { "earliest": first, "latest": format!("{years}-03-01"), "estimated": true } })
            }
            _ => json!({ "age_unknown": true }),
        }
    }

    /// Older children travel alone more often; babies are there too.
    fn draw_age(&mut self) -> u64 {
        match self.below(100) {
            0..=9 => self.below(4),
            10..=29 => 4 + self.below(6),
            30..=64 => 10 + self.below(5),
            _ => 15 + self.below(2),
        }
    }

    fn draw_group(&mut self) -> usize {
        let total: u64 = self.names.groups.iter().map(|group| group.weight).sum();
        let mut left = self.below(total.max(1));
        self.names
            .groups
            .iter()
            .position(|group| {
                let here = left < group.weight;
                left = left.saturating_sub(group.weight);
                here
            })
            .unwrap_or(0)
    }

    fn pick(&mut self, from: &[String]) -> String {
        let at = usize::try_from(self.below(from.len() as u64)).unwrap_or(0);
        from.get(at).cloned().unwrap_or_default()
    }

    fn pick_code(&mut self, weighed: &[(&'static str, u64)]) -> &'static str {
        let mut left = self.below(weighed.iter().map(|(_, weight)| weight).sum::<u64>().max(1));
        for (code, weight) in weighed {
            if left < *weight {
                return code;
            }
            left -= weight;
        }
        "not_asked"
    }

    /// SplitMix64; its lowest bits are good enough for demo people.
    fn below(&mut self, end: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)).checked_rem(end).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_children() {
        let draw = |seed| {
            let mut demo = Demo::seeded(seed).unwrap();
            (0..50).map(|_| demo.next_child()).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn every_child_can_be_registered_and_is_a_child() {
        let schema = tern_form::Schema::embedded().unwrap();
        let today = jiff::civil::date(2026, 1, 1);
        let mut demo = Demo::seeded(7).unwrap();
        let mut next = 0_u128;
        let mut ids = || {
            next += 1;
            tern_record::EntityId::new(next.to_be_bytes())
        };
        for _ in 0..20_000 {
            let child = demo.next_child();
            let registered = schema.register_answers(&child, today, &mut ids);
            let registered = registered.unwrap_or_else(|refused| panic!("{refused:?}: {child}"));
            assert!(!registered.remarks.iter().any(|remark| remark.code.contains("age")), "{child}");
        }
    }
}
