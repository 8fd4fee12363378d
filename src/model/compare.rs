//! How the values of two claims stand to each other, computed (law 10). Of
//! what sort a difference is, a person says in an assessment.
//!
//! | values | equal | less precise | differs |
//! |---|---|---|---|
//! | dates | same days or instant | one holds the other | they share no day, or only some |
//! | places | same place | one lies in the other | else |
//! | agents | same ones | - | else |
//! | numbers | same bounds | one's bounds hold the other's, same unit | else; other units: not comparable |
//! | words | same but for case, spaces, punctuation | - | else |
//! | yes or no, records, blank | same | - | else |
//!
//! Values of two sorts are not comparable. Where a text leaves alternatives
//! open, it is less precise than one that decides for one of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Amount, Claim, Value, When};
use crate::dates::{self, DateRelation, Side};

/// How two values, or the claims that give them, stand to each other.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// They say the same.
    Equal,
    /// The first says the same with less precision.
    FirstLessPrecise,
    /// The second says the same with less precision.
    SecondLessPrecise,
    /// They cannot both be so.
    Differs,
    /// What they say cannot be compared by computing.
    NotComparable,
}

use Comparison::{Differs, Equal, FirstLessPrecise, NotComparable, SecondLessPrecise};

impl Comparison {
    /// The same the other way round.
    #[must_use]
    pub fn swapped(self) -> Self {
        match self {
            FirstLessPrecise => SecondLessPrecise,
            SecondLessPrecise => FirstLessPrecise,
            same => same,
        }
    }

    /// Whether both can be so.
    pub fn agrees(self) -> bool {
        matches!(self, Equal | FirstLessPrecise | SecondLessPrecise)
    }

    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Equal => "equal",
            FirstLessPrecise | SecondLessPrecise => "less precise",
            Differs => "differs",
            NotComparable => "not comparable",
        }
    }
}

/// Tells whether the first place lies in the second.
pub type Within<'a> =
    &'a dyn Fn(&crate::digest::Id<super::Place>, &crate::digest::Id<super::Place>) -> bool;

/// Compares two claims on one question, stances included.
pub fn compare_claims(a: &Claim, b: &Claim, within: Within<'_>) -> Comparison {
    let (a_for, b_for) = (told(a), told(b));
    match (a_for, b_for) {
        (Some((true, x)), Some((true, y))) => compare_alternatives(&x, &y, within),
        // Two denials leave everything else open.
        (Some((false, x)), Some((false, y))) if x == y => Equal,
        (Some((false, x)), Some((true, y))) | (Some((true, y)), Some((false, x))) => {
            match compare_alternatives(&x, &y, within) {
                Equal | FirstLessPrecise => Differs,
                _ => NotComparable,
            }
        }
        _ => NotComparable,
    }
}

/// Whether a claim is for or against its values; to deny a yes is to say no.
fn told(claim: &Claim) -> Option<(bool, Vec<Value>)> {
    if claim.values.is_empty() {
        return None;
    }
    if claim.stance.is_for() {
        return Some((true, claim.values.clone()));
    }
    if !claim.stance.is_against() {
        return None;
    }
    match claim.values[..] {
        [Value::Yes(yes)] => Some((true, vec![Value::Yes(!yes)])),
        _ => Some((false, claim.values.clone())),
    }
}

/// Compares two lists of alternatives.
pub fn compare_alternatives(a: &[Value], b: &[Value], within: Within<'_>) -> Comparison {
    if let ([x], [y]) = (a, b) {
        return compare(x, y, within);
    }
    let fits = |x: &Value, list: &[Value]| list.iter().any(|y| compare(x, y, within).agrees());
    let (a_in_b, b_in_a) = (a.iter().all(|x| fits(x, b)), b.iter().all(|y| fits(y, a)));
    match (a_in_b, b_in_a) {
        (true, true) if a.len() == b.len() => Equal,
        (true, _) if a.len() <= b.len() => SecondLessPrecise,
        (_, true) => FirstLessPrecise,
        (true, false) => SecondLessPrecise,
        (false, false) if a.iter().any(|x| fits(x, b)) => NotComparable,
        (false, false) => {
            let sorts = |x: &Value, y: &Value| compare(x, y, within) == NotComparable;
            if a.iter().all(|x| b.iter().all(|y| sorts(x, y))) { NotComparable } else { Differs }
        }
    }
}

/// Compares two values.
pub fn compare(a: &Value, b: &Value, within: Within<'_>) -> Comparison {
    let same = |equal: bool| if equal { Equal } else { Differs };
    match (a, b) {
        (Value::Date(a), Value::Date(b)) => compare_dates(a, b),
        (Value::Where(a), Value::Where(b)) => match a == b {
            true => Equal,
            false if within(a, b) => SecondLessPrecise,
            false if within(b, a) => FirstLessPrecise,
            false => Differs,
        },
        (Value::Agents(a), Value::Agents(b)) => {
            let all = |x: &[_], y: &[_]| x.iter().all(|id| y.contains(id));
            same(all(a, b) && all(b, a))
        }
        (Value::Number(a), Value::Number(b)) => compare_amounts(a, b),
        (Value::Text(a), Value::Text(b)) => same(folded(a) == folded(b)),
        (Value::Yes(a), Value::Yes(b)) => same(a == b),
        (Value::Ref(a), Value::Ref(b)) => same(a == b),
        (Value::Blank, Value::Blank) => Equal,
        (Value::Blank, Value::Date(_)) | (Value::Date(_), Value::Blank) => Differs,
        _ => NotComparable,
    }
}

fn compare_dates(a: &When, b: &When) -> Comparison {
    if a.blank || b.blank {
        return if a.blank && b.blank { Equal } else { Differs };
    }
    match (&a.edtf, &b.edtf) {
        (Some(x), Some(y)) => match dates::compare(x, y).relation {
            DateRelation::Equal => Equal,
            DateRelation::LessPrecise(Side::A) => FirstLessPrecise,
            DateRelation::LessPrecise(Side::B) => SecondLessPrecise,
            DateRelation::Overlap | DateRelation::Differs => Differs,
            DateRelation::NotComparable => NotComparable,
        },
        _ => match (&a.told, &b.told) {
            (Some(x), Some(y)) if folded(x) == folded(y) => Equal,
            _ => NotComparable,
        },
    }
}

fn compare_amounts(a: &Amount, b: &Amount) -> Comparison {
    if a.unit.as_deref().map(folded) != b.unit.as_deref().map(folded) {
        return NotComparable;
    }
    let bounds = |x: &Amount| (x.min.unwrap_or(i64::MIN), x.max.unwrap_or(i64::MAX));
    let ((a0, a1), (b0, b1)) = (bounds(a), bounds(b));
    if (a0, a1) == (b0, b1) {
        return match (a.about, b.about) {
            (true, false) => FirstLessPrecise,
            (false, true) => SecondLessPrecise,
            _ => Equal,
        };
    }
    if a0 <= b0 && b1 <= a1 {
        FirstLessPrecise
    } else if b0 <= a0 && a1 <= b1 {
        SecondLessPrecise
    } else {
        Differs
    }
}

/// Case, spaces and punctuation do not count.
fn folded(s: &str) -> String {
    let words = s.split_whitespace().map(|w| {
        w.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    });
    words.filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::{Digest, Id};

    fn date(edtf: &str) -> Value {
        Value::Date(When { edtf: Some(edtf.parse().unwrap()), ..When::default() })
    }

    fn number(min: i64, max: i64) -> Value {
        Value::Number(Amount { min: Some(min), max: Some(max), unit: None, about: false })
    }

    fn nowhere() -> Within<'static> {
        &|_, _| false
    }

    #[test]
    fn a_less_precise_value_is_no_contradiction() {
        let all = [
            (date("1994-05"), date("1994-05-12"), FirstLessPrecise),
            (date("1994-05-09"), date("1994-05-12"), Differs),
            (number(50, 56), number(56, 56), FirstLessPrecise),
            (number(60, 60), number(50, 56), Differs),
            (Value::Text("The  Seized.".into()), Value::Text("the seized".into()), Equal),
            (Value::Yes(true), Value::Yes(false), Differs),
            (Value::Yes(true), date("1994"), NotComparable),
            (Value::Blank, date("1994"), Differs),
        ];
        for (a, b, expected) in all {
            assert_eq!(compare(&a, &b, nowhere()), expected, "{a:?} {b:?}");
            assert_eq!(compare(&b, &a, nowhere()), expected.swapped(), "{b:?} {a:?}");
        }
    }

    #[test]
    fn alternatives_that_a_text_leaves_open_are_less_precise() {
        let either = [number(50, 50), number(56, 56)];
        assert_eq!(compare_alternatives(&either, &[number(56, 56)], nowhere()), FirstLessPrecise);
        assert_eq!(compare_alternatives(&[number(60, 60)], &either, nowhere()), Differs);
        assert_eq!(compare_alternatives(&either, &either, nowhere()), Equal);
    }

    #[test]
    fn a_place_within_another_is_more_precise() {
        let id = |n: u8| Id::new(Digest::from_bytes([n; 32]));
        let (town, land) = (Value::Where(id(1)), Value::Where(id(2)));
        let within: Within<'_> = &|a, b| (*a, *b) == (id(1), id(2));
        assert_eq!(compare(&town, &land, within), SecondLessPrecise);
        assert_eq!(compare(&land, &town, within), FirstLessPrecise);
    }
}
