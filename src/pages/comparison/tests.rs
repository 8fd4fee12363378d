use super::comparison;
use crate::desk::{Side, diff_passages};
use crate::pages::Language;
use crate::pages::left_in_latin::left_in_latin;

fn page(old: &str, new: &str) -> String {
    page_in(Language::English, ("old.txt", old), ("<b>new", new))
}

fn page_in(say: Language, old: (&str, &str), new: (&str, &str)) -> String {
    let side = |(name, text): (&str, &str)| Side::plain(name, text.as_bytes().to_vec()).unwrap();
    let (old, new) = (side(old), side(new));
    let (d, passages) = diff_passages(&old, &new);
    comparison(&d, &passages, say)
}

#[test]
fn what_was_stands_beside_what_is() {
    let page = page("One two three.\n", "One 2 three.\n");
    assert!(page.contains("<del><bdi>two</bdi></del>"), "{page}");
    assert!(page.contains("<ins><bdi>2</bdi></ins>"));
    assert!(page.contains("1 words went out, 1 came in"));
    assert!(page.contains("&lt;b&gt;new") && !page.contains("<b>new"));
}

#[test]
fn hostile_words_are_words() {
    let page = page("a\n", "a <script>alert(1)</script> \u{202e}b\n");
    assert!(!page.contains("<script") && !page.contains('\u{202e}'));
    assert!(page.contains("&lt;script&gt;"));
}

#[test]
fn nothing_is_called_the_same_that_was_not_compared() {
    assert!(page("One.\n", "One.\n").contains("the bytes were compared and are equal"));
    assert!(page("One two\nthree.\n", "One\ntwo three.\n").contains("No textual change"));
}

#[test]
fn a_russian_comparison_has_no_english_word_of_ours() {
    let moved = "Из города выехали на рассвете, пока стояла полная тишина. ";
    let rest = "Старые ворота были открыты настежь, и никто у них не стоял, \
                и ветер гулял по двору, как хотел, до самого вечера. ";
    let (old, new) = (
        format!("{moved}{rest}Собаки «лаяли».\n"),
        format!("{}{moved}Собаки \"лаяли\".\n", rest.replace("ворота", "двери")),
    );
    for (old, new) in [
        (old.as_str(), new.as_str()),
        ("Раз.\n", "Раз.\n"),
        ("Раз «два»\nтри.\n", "Раз\n\"два\" три.\n"),
    ] {
        let page = page_in(Language::Russian, ("старый", old), ("новый", new));
        assert!(page.contains("<html lang=\"ru\">"));
        assert_eq!(left_in_latin(&page, "ru"), Vec::<String>::new());
        let english = page_in(Language::English, ("старый", old), ("новый", new));
        assert!(!left_in_latin(&english, "en").is_empty());
    }
    let page = page_in(Language::Russian, ("старый", &old), ("новый", &new));
    for what in ["слов ушло — ", "было, строка 1", "стояло в другом месте", "(со строки "]
    {
        assert!(page.contains(what), "{what}: {page}");
    }
}
