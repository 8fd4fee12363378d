//! How the words of pages are declared, in every language at once: a word
//! without a translation does not compile. And the words that several kinds of
//! page share.

use super::language::Language;
use super::language::Language::{English, Russian};

/// Words and sentences: name, English, Russian.
macro_rules! catalogue {
    ($($name:ident: $english:literal, $russian:literal;)*) => {
        impl Language {
            $(pub(in crate::pages) fn $name(self) -> &'static str {
                match self { English => $english, Russian => $russian }
            })*
        }

        #[cfg(test)]
        const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $english, $russian)),*];
    };
}

/// Numbers of things: one and more in English; one, few and many in Russian.
macro_rules! counted {
    ($($name:ident: $one:literal $more:literal, $r1:literal $r2:literal $r5:literal;)*) => {
        impl Language {
            $(pub(in crate::pages) fn $name(self, n: usize) -> String {
                self.count(n, [$one, $more], [$r1, $r2, $r5])
            })*
        }
    };
}

/// Sentences with something in them, by name in braces.
macro_rules! phrases {
    ($($name:ident($($part:ident),+): $english:literal, $russian:literal;)*) => {
        impl Language {
            $(pub(in crate::pages) fn $name(self, $($part: impl std::fmt::Display),+) -> String {
                match self { English => format!($english), Russian => format!($russian) }
            })*
        }

        #[cfg(test)]
        const PHRASES: &[(&str, &str, &str)] = &[$((stringify!($name), $english, $russian)),*];
    };
}

pub(in crate::pages) use {catalogue, counted, phrases};

catalogue! {
    contents: "Contents", "Содержание";
    log: "Log", "Журнал";
    shows: "Shows", "Показывает";
    does_not_show: "Does not show", "Не показывает";
    root: "root", "корень";
    cite: "Cite", "Ссылка";
    received: "Received", "Получено";
    all_replies: "Replies", "Отклики";
    note_label: "Note", "Примечание";
    holding: "Holding", "Хранение";
    assessed: "Assessed", "Оценено";
}

/// Fails where a word of a catalogue is not said in every language; those named
/// are said there with other words, or are no words.
#[cfg(test)]
pub(in crate::pages) fn said_in_every_language<'a>(
    words: impl IntoIterator<Item = &'a (&'a str, &'a str, &'a str)>,
    but_for: &[&str],
) {
    for (name, english, russian) in words {
        assert!(!english.trim().is_empty(), "{name}");
        let cyrillic = russian.chars().any(|c| ('а'..='я').contains(&c));
        assert!(cyrillic || but_for.contains(name), "{name}: {russian}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_said_in_every_language() {
        said_in_every_language(ALL, &[]);
    }
}
