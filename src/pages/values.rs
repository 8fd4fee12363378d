//! What a claim says, in the words of a page.

use crate::audit::question::{ToldValue, ToldValues};
use crate::pages::catalogue::{catalogue, phrases};
use crate::pages::language::Language;
use crate::pages::language::Language::{English, Russian};

catalogue! {
    quote_opens: "“", "«";
    quote_closes: "”", "»";
    yes_word: "yes", "да";
    no_word: "no", "нет";
    no_value: "no value told", "значение не названо";
    or_value: " or ", " или ";
    about_number: "about ", "примерно ";
    left_blank: "left blank", "оставлено пустым";
}

phrases! {
    number_from_to(a, b): "{a} to {b}", "от {a} до {b}";
    number_least(n): "at least {n}", "не менее {n}";
    number_most(n): "at most {n}", "не более {n}";
    number_not_told(unit): "a number not told{unit}", "число не названо{unit}";
}

/// A value, or alternatives.
pub(super) fn values(say: Language, told: &ToldValues) -> String {
    match told.0.is_empty() {
        true => say.no_value().into(),
        false => {
            let each: Vec<String> = told.0.iter().map(|v| one_value(say, v)).collect();
            each.join(say.or_value())
        }
    }
}

fn one_value(say: Language, value: &ToldValue) -> String {
    match value {
        ToldValue::Date(when) => {
            let role = when.role.map(|r| format!(" ({})", say.date_role(r.word())));
            let zone = when.zone.as_ref().map(|z| format!(", {z}"));
            let when = when.to_string();
            format!("{}{}{}", say.word(&when), zone.unwrap_or_default(), role.unwrap_or_default())
        }
        ToldValue::Named(name) => name.clone(),
        ToldValue::Number(n) => {
            let unit = n.unit.as_ref().map(|u| format!(" {u}")).unwrap_or_default();
            let number = match (n.min, n.max) {
                (Some(a), Some(b)) if a == b => a.to_string(),
                (Some(a), Some(b)) => say.number_from_to(a, b),
                (Some(a), None) => say.number_least(a),
                (None, Some(b)) => say.number_most(b),
                (None, None) => return say.number_not_told(unit),
            };
            let about = if n.about { say.about_number() } else { "" };
            format!("{about}{number}{unit}")
        }
        ToldValue::Text(text) => format!("{}{text}{}", say.quote_opens(), say.quote_closes()),
        ToldValue::Yes(true) => say.yes_word().into(),
        ToldValue::Yes(false) => say.no_word().into(),
        ToldValue::Blank => say.left_blank().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::catalogue::said_in_every_language;

    #[test]
    fn every_word_is_said_in_every_language() {
        let marks = ["quote_opens", "quote_closes"];
        said_in_every_language(ALL.iter().chain(PHRASES), &marks);
    }

    /// What a door says without a page is what an English page says.
    #[test]
    fn english_values_are_those_of_the_answer() {
        let number = |min, max| {
            ToldValue::Number(crate::model::Amount { min, max, unit: None, about: true })
        };
        let all = [
            ToldValue::Named("A".into()),
            ToldValue::Text("b".into()),
            ToldValue::Yes(true),
            ToldValue::Yes(false),
            ToldValue::Blank,
            ToldValue::Date(crate::model::When::typed("1994-05-09")),
            ToldValue::Date(crate::model::When::default()),
            number(Some(1), Some(1)),
            number(Some(1), Some(2)),
            number(Some(1), None),
            number(None, Some(2)),
            number(None, None),
        ];
        let told = ToldValues(all.into());
        assert_eq!(values(English, &told), told.to_string());
        assert_eq!(values(English, &ToldValues(Vec::new())), "no value told");
    }
}
