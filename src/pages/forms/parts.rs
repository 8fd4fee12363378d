//! What forms are made of: a field with its label, hint and trouble, and the
//! summary of all troubles above it.

use maud::{Markup, html};

use super::trouble::FieldTrouble;
use crate::pages::language::Language;

/// How a field is filled in.
pub(super) enum Input<'a> {
    /// One line, with the browser's own sort of field.
    Line { sort: &'static str, autocomplete: &'static str },
    /// Several lines.
    Lines(u8),
    /// One of several: value and word.
    Choice(Vec<(String, String)>),
    /// One of several, as buttons beside each other: value and word.
    Buttons(&'a [(String, String)]),
}

/// A field of a form.
pub(super) struct Field<'a> {
    /// Its name in the form.
    pub name: &'static str,
    /// Set behind the name to make the id, where a page has several forms.
    pub suffix: &'a str,
    pub label: &'a str,
    pub hint: Option<&'a str>,
    pub value: &'a str,
    pub required: bool,
    /// Language of what stands in it.
    pub lang: Option<&'a str>,
    pub input: Input<'a>,
}

impl<'a> Field<'a> {
    pub fn line(name: &'static str, label: &'a str, value: &'a str) -> Self {
        let input = Input::Line { sort: "text", autocomplete: "off" };
        Self { name, suffix: "", label, hint: None, value, required: false, lang: None, input }
    }

    pub fn lines(name: &'static str, label: &'a str, value: &'a str, rows: u8) -> Self {
        Self { input: Input::Lines(rows), ..Self::line(name, label, value) }
    }

    pub fn choice(
        name: &'static str,
        label: &'a str,
        value: &'a str,
        choices: Vec<(String, String)>,
    ) -> Self {
        Self { input: Input::Choice(choices), ..Self::line(name, label, value) }
    }

    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    pub fn suffix(self, suffix: &'a str) -> Self {
        Self { suffix, ..self }
    }

    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    fn id(&self) -> String {
        format!("{}{}", self.name, self.suffix)
    }

    /// The field with everything that belongs to it.
    pub fn show(&self, say: Language, troubles: &[FieldTrouble]) -> Markup {
        let id = self.id();
        let trouble = troubles.iter().find(|t| t.field == self.name);
        let described = described(&id, self.hint.is_some(), trouble.is_some());
        let invalid = trouble.map(|_| "true");
        let hint =
            html! { @if let Some(h) = self.hint { p.hint id=(format!("{id}-hint")) { (h) } } };
        let wrong = wrong(say, &id, trouble);
        if let Input::Buttons(choices) = &self.input {
            return html! {
                fieldset.buttons id=(id) tabindex="-1" aria-describedby=[described] {
                    legend { (self.label) @if self.required { (must(say)) } }
                    (hint) (wrong)
                    @for (n, (value, word)) in choices.iter().enumerate() {
                        @let this = format!("{id}-{n}");
                        span.option {
                            input type="radio" name=(self.name) id=(this) value=(value) checked[*value == self.value] required[self.required];
                            " " label for=(this) { (word) }
                        }
                        " "
                    }
                }
            };
        }
        html! {
            div.field {
                label for=(id) { (self.label) @if self.required { (must(say)) } }
                (hint) (wrong)
                @match &self.input {
                    Input::Line { sort, autocomplete } => {
                        input type=(sort) name=(self.name) id=(id) value=(self.value) autocomplete=(autocomplete)
                            lang=[self.lang] dir="auto" required[self.required] aria-invalid=[invalid] aria-describedby=[described];
                    },
                    Input::Lines(rows) => {
                        // A line end right after the tag is not part of the text.
                        textarea name=(self.name) id=(id) rows=(rows) lang=[self.lang] dir="auto"
                            required[self.required] aria-invalid=[invalid] aria-describedby=[described] { "\n" (self.value) }
                    },
                    Input::Choice(choices) => {
                        select name=(self.name) id=(id) required[self.required] aria-invalid=[invalid] aria-describedby=[described] {
                            @for (value, word) in choices {
                                option value=(value) selected[*value == self.value] { (word) }
                            }
                        }
                    },
                    Input::Buttons(_) => {},
                }
            }
        }
    }
}

/// A box to tick.
pub(super) fn tick(name: &str, id: &str, label: &str, hint: Option<&str>, on: bool) -> Markup {
    let described = hint.map(|_| format!("{id}-hint"));
    html! {
        div.field {
            span.option {
                input type="checkbox" name=(name) id=(id) value="yes" checked[on] aria-describedby=[described];
                " " label for=(id) { (label) }
            }
            @if let Some(h) = hint { p.hint id=(format!("{id}-hint")) { (h) } }
        }
    }
}

/// A field that the form carries along.
pub(super) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// What is wrong, above the form, each with a way to its field; `suffix` is
/// that of the fields' ids.
pub(super) fn summary(say: Language, troubles: &[FieldTrouble], suffix: &str) -> Markup {
    html! {
        @if !troubles.is_empty() {
            div.troubles id="troubles" role="alert" tabindex="-1" {
                h2 { (say.errors_counted(troubles.len())) }
                ul { @for t in troubles { li {
                    @if t.field == "form" { (t.told(say)) } @else { a href=(format!("#{}{suffix}", t.field)) { (t.told(say)) } }
                } } }
            }
        }
    }
}

/// Trouble beside its field.
pub(super) fn wrong(say: Language, id: &str, trouble: Option<&FieldTrouble>) -> Markup {
    html! { @if let Some(t) = trouble {
        p.wrong id=(format!("{id}-wrong")) { span aria-hidden="true" { "⚠ " } (t.told(say)) }
    } }
}

/// The ids of what describes a field.
pub(super) fn described(id: &str, hint: bool, wrong: bool) -> Option<String> {
    let ids = [(hint, "hint"), (wrong, "wrong")];
    let ids: Vec<String> =
        ids.into_iter().filter(|(on, _)| *on).map(|(_, end)| format!("{id}-{end}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn must(say: Language) -> Markup {
    html! { " " span.must { "(" (say.required()) ")" } }
}

/// Closed words as choices, after a first one that chooses nothing.
pub(super) fn words<T: ToString>(
    say: Language,
    nothing: &str,
    all: impl IntoIterator<Item = T>,
) -> Vec<(String, String)> {
    let mut out = vec![(String::new(), nothing.to_string())];
    out.extend(all.into_iter().map(|w| {
        let word = w.to_string();
        let shown = say.word(&word).to_string();
        (word, shown)
    }));
    out
}
