//! What a claim says, and what persons say of differences, in the words of a page.
//! In English they are the sentences of the answer.

use crate::audit::question::{Assessed, ToldValue, ToldValues};
use crate::pages::language::Language;

/// A value, or alternatives.
pub(super) fn values(say: Language, told: &ToldValues) -> String {
    match (say, told.0.is_empty()) {
        (Language::English, _) => told.to_string(),
        (Language::Russian, true) => "значение не названо".into(),
        (Language::Russian, false) => told.0.iter().map(russian).collect::<Vec<_>>().join(" или "),
    }
}

/// Of what sort a person holds a difference to be.
pub(super) fn assessed(say: Language, a: &Assessed) -> String {
    format!("{} ({}): {}", say.finding(&a.finding), a.by, a.reason)
}

fn russian(value: &ToldValue) -> String {
    let say = Language::Russian;
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
                (Some(a), Some(b)) => format!("от {a} до {b}"),
                (Some(a), None) => format!("не менее {a}"),
                (None, Some(b)) => format!("не более {b}"),
                (None, None) => return format!("число не названо{unit}"),
            };
            let about = if n.about { "примерно " } else { "" };
            format!("{about}{number}{unit}")
        }
        ToldValue::Text(text) => format!("«{text}»"),
        ToldValue::Yes(true) => "да".into(),
        ToldValue::Yes(false) => "нет".into(),
        ToldValue::Blank => "оставлено пустым".into(),
    }
}
