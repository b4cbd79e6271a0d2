//! When a field is shown: a small tree, never code in a string.

use tern_record::Scalar;

/// A condition over other fields of the same row, or of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The field holds one of these codes; `true` and `false` for yes and no.
    Is {
        /// Id of the other field.
        field: String,
        /// Codes.
        codes: Vec<String>,
    },
    /// All hold.
    All(Vec<Condition>),
    /// One holds.
    Any(Vec<Condition>),
    /// The other does not hold. An unanswered field holds no code, so its opposite does.
    Not(Box<Condition>),
}

impl Condition {
    /// Whether it holds; `answer` finds what a field of the same row or record holds.
    pub fn holds(&self, answer: &dyn Fn(&str) -> Option<Scalar>) -> bool {
        match self {
            Self::Is { field, codes } => {
                let held = match answer(field) {
                    Some(Scalar::Text(code)) => code,
                    Some(Scalar::Bool(bool)) => bool.to_string(),
                    _ => return false,
                };
                codes.contains(&held)
            }
            Self::All(all) => all.iter().all(|c| c.holds(answer)),
            Self::Any(any) => any.iter().any(|c| c.holds(answer)),
            Self::Not(not) => !not.holds(answer),
        }
    }

    /// The ids of the fields it reads.
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Self::Is { field, .. } => vec![field],
            Self::All(all) | Self::Any(all) => all.iter().flat_map(Self::fields).collect(),
            Self::Not(not) => not.fields(),
        }
    }

    /// The same as "all of these fields hold one of these codes", when it can be said that way.
    /// `codes_of` gives every code of a field, to say the opposite of some of them.
    pub fn conjunction(&self, codes_of: &dyn Fn(&str) -> Vec<String>) -> Option<Vec<(String, Vec<String>)>> {
        match self {
            Self::Is { field, codes } => Some(vec![(field.clone(), codes.clone())]),
            Self::All(all) => {
                let parts: Option<Vec<_>> = all.iter().map(|c| c.conjunction(codes_of)).collect();
                Some(parts?.into_iter().flatten().collect())
            }
            Self::Any(_) => None,
            Self::Not(not) => match not.as_ref() {
                Self::Is { field, codes } => {
                    let mut others = codes_of(field);
                    others.retain(|code| !codes.contains(code));
                    Some(vec![(field.clone(), others)])
                }
                _ => None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(field: &str, code: &str) -> Condition {
        Condition::Is { field: field.into(), codes: vec![code.into()] }
    }

    #[test]
    fn trees_hold_over_codes_and_yes_or_no() {
        let answer = |field: &str| match field {
            "sex" => Some(Scalar::from("F")),
            "safe" => Some(Scalar::Bool(false)),
            _ => None,
        };
        assert!(is("sex", "F").holds(&answer) && is("safe", "false").holds(&answer));
        assert!(!Condition::All(vec![is("sex", "F"), is("safe", "true")]).holds(&answer));
        assert!(Condition::Any(vec![is("sex", "M"), is("safe", "false")]).holds(&answer));
        assert!(Condition::Not(Box::new(is("blank", "x"))).holds(&answer));
    }

    #[test]
    fn the_opposite_is_every_other_code() {
        let not = Condition::Not(Box::new(is("sex", "F")));
        let codes = |_: &str| vec!["F".to_owned(), "M".to_owned()];
        assert_eq!(not.conjunction(&codes), Some(vec![("sex".into(), vec!["M".into()])]));
        assert_eq!(Condition::Any(vec![is("sex", "F")]).conjunction(&codes), None);
    }
}
