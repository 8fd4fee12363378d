//! The words of a comparison, in every language.

use crate::pages::catalogue::{catalogue, counted, phrases};
use crate::pages::language::Language;
use crate::pages::language::Language::{English, Russian};

counted! {
    same_words_in_all: "words" "words", "слово" "слова" "слов";
    changes_in_all: "changes" "changes", "изменение" "изменения" "изменений";
    more_places: "more places" "more places", "месте" "местах" "местах";
}

catalogue! {
    comparison_by_words: "Comparison by words", "Сравнение по словам";
    comparison_how: "Words are compared, not their layout: broken words, straight and curly quotation marks, and running heads count as the same. Passages without a change are left out, and long ones shortened (…).", "Сравниваются слова, а не их вид на бумаге: переносы, форма кавычек и колонтитулы различием не считаются. Отрывки без изменений опущены, длинные сокращены (…).";
    identical_bytes: "Identical: the bytes were compared and are equal.", "Тождественны: байты сравнены и равны.";
    marks: "Marks: ", "Пометы: ";
    went_out: "went out", "ушло";
    came_in: "came in", "пришло";
    stood_elsewhere: "stood elsewhere", "стояло в другом месте";
    with_its_line: " (with the line it came from)", " (с номером строки, откуда перенесено)";
}

phrases! {
    only_layout_differs(places): " Only layout or typography differs in {places}.", " Ещё в {places} отличается только вид или набор.";
    no_textual_change(words, layout): "No textual change: the same {words}.{layout}", "Текст не изменился: те же {words}.{layout}";
    moved_words(n): ", {n} stand elsewhere", ", стоит в другом месте — {n}";
    changes_told(changes, out, into): "{changes}: {out} words went out, {into} came in", "{changes}: слов ушло — {out}, пришло — {into}";
    of_words(old, new): "; of {old} and {new} words.", "; всего слов — {old} и {new}.";
    change_numbered(n): "Change {n}", "Изменение {n}";
    was_at_line(n): "was, line {n}", "было, строка {n}";
    is_at_line(n): "is, line {n}", "стало, строка {n}";
    came_from_line(n): "(from line {n}:) ", "(со строки {n}:) ";
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
