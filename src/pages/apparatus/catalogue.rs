//! The words of an apparatus, in every language.

use crate::desk::RowKind;
use crate::pages::catalogue::{catalogue, counted, phrases};
use crate::pages::language::Language;
use crate::pages::language::Language::{English, Russian};

counted! {
    collated_texts: "texts" "texts", "текста" "текстов" "текстов";
    words_of_text: "words" "words", "слово" "слова" "слов";
    differ_in_places: "places" "places", "месте" "местах" "местах";
}

catalogue! {
    collation_by_words: "Collation by words", "Сличение по словам";
    collation_how: "Words are compared, not their layout: broken words, straight and curly quotation marks, and running heads count as the same. The order of the texts decides nothing. ", "Сравниваются слова, а не их вид на бумаге: переносы, форма кавычек и колонтитулы различием не считаются. Порядок текстов ничего не решает. ";
    no_base: "No text is the base: “omission” only says that fewer texts lack the words than have them, “addition” that more do.", "Ни один текст не взят за основу: «пропуск» говорит лишь, что без этих слов меньше текстов, чем с ними, «добавление» — что больше.";
    of_the_base: "Omissions and additions are those of the base’s words.", "Пропуски и добавления отсчитаны от слов основы.";
    is_the_base: ", the base", ", основа";
    same_words_in_each: "No textual difference: all have the same words.", "Текстовых различий нет: во всех одни и те же слова.";
    one_difference: "They differ in one place.", "Различаются в одном месте.";
    differences_by_kind: "Differences: ", "Различия: ";
    lines_are_of: ". Line numbers, and the words around each place, are those of ", ". Номера строк и слова вокруг каждого места — по тексту ";
    moved_words_here: "moved", "перенесено";
    nothing_stands_here: "nothing here", "здесь ничего";
    stands_at: " (stands at ", " (стоит в месте ";
}

phrases! {
    collation_of(texts): "Collation of {texts}", "Сличение {texts}";
    they_differ_in(places): "They differ in {places}.", "Различаются в {places}.";
    kinds_left_out(n): "; the {n} of spelling or punctuation are not shown", "; различия в написании и знаках ({n}) не показаны";
    at_line(n): "line {n}", "строка {n}";
}

impl Language {
    /// A kind of difference as readers see it.
    pub(super) fn kind_of_row(self, kind: RowKind) -> &'static str {
        let (english, russian) = match kind {
            RowKind::Equal => (kind.name(), "совпадение"),
            RowKind::Layout => (kind.name(), "вид"),
            RowKind::Punctuation => (kind.name(), "знаки"),
            RowKind::Spelling => (kind.name(), "написание"),
            RowKind::Addition => (kind.name(), "добавление"),
            RowKind::Omission => (kind.name(), "пропуск"),
            RowKind::Word => ("other words", "другие слова"),
            RowKind::Transposition => ("transposed", "перестановка"),
        };
        match self {
            English => english,
            Russian => russian,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::catalogue::said_in_every_language;

    #[test]
    fn every_word_is_said_in_every_language() {
        said_in_every_language(ALL.iter().chain(PHRASES), &[]);
    }
}
