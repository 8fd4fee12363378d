//! The languages in which pages speak.

/// A language of the pages' own words; texts keep theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Russian.
    Russian,
}

impl Language {
    /// Every language, in order.
    pub const ALL: [Language; 2] = [Language::English, Language::Russian];

    /// Its tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Russian => "ru",
        }
    }

    /// Its name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Russian => "Русский",
        }
    }

    /// The language with this tag, `en` or `ru-RU`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let first = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|l| l.tag().eq_ignore_ascii_case(first))
    }

    /// What marks words of ours that are English on any page, such as a citation
    /// to be copied; nothing where all of the page is.
    pub(in crate::pages) fn if_english(self) -> Option<&'static str> {
        match self {
            Language::English => None,
            Language::Russian => Some("en"),
        }
    }

    /// `n` things; the forms are one and more in English, and one, few, many
    /// in Russian (CLDR plural rules).
    pub(in crate::pages) fn count(
        self,
        n: usize,
        english: [&str; 2],
        russian: [&str; 3],
    ) -> String {
        let word = match self {
            Language::English => english[usize::from(n != 1)],
            Language::Russian => match (n % 10, n % 100) {
                (1, hundred) if hundred != 11 => russian[0],
                (2..=4, hundred) if !(12..=14).contains(&hundred) => russian[1],
                _ => russian[2],
            },
        };
        format!("{n} {word}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_counts_by_the_last_digits() {
        let replies =
            |n| Language::Russian.count(n, ["reply", "replies"], ["ответ", "ответа", "ответов"]);
        for (n, word) in [
            (1, "ответ"),
            (2, "ответа"),
            (5, "ответов"),
            (11, "ответов"),
            (21, "ответ"),
            (112, "ответов"),
            (1004, "ответа"),
        ] {
            assert_eq!(replies(n), format!("{n} {word}"));
        }
    }
}
