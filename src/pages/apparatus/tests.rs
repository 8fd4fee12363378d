use super::apparatus;
use crate::desk::{Side, collation};
use crate::pages::Language;
use crate::pages::left_in_latin::left_in_latin;

fn page(texts: &[(&str, &str)]) -> String {
    page_in(Language::English, texts, None)
}

fn page_in(say: Language, texts: &[(&str, &str)], base: Option<&str>) -> String {
    let side = |(name, text): &(&str, &str)| Side::plain(name, text.as_bytes().to_vec()).unwrap();
    apparatus(&collation(texts.iter().map(side).collect(), base).unwrap(), say)
}

#[test]
fn readings_stand_with_the_texts_that_have_them() {
    let page = page(&[("a", "The old gate.\n"), ("b", "The old door.\n"), ("c", "The gate.\n")]);
    assert!(page.contains("They differ in one place."), "{page}");
    assert!(
        page.contains("<bdi>old gate.</bdi>") && page.contains("<bdi>old door.</bdi>"),
        "{page}"
    );
    assert!(page.contains("No text is the base"));
}

#[test]
fn hostile_words_and_names_are_words() {
    let page = page(&[("<b>", "a\n"), ("b", "a <script>alert(1)</script> \u{202e}b\n")]);
    assert!(!page.contains("<script") && !page.contains('\u{202e}'));
    assert!(page.contains("&lt;script&gt;") && page.contains("&lt;b&gt;"));
}

#[test]
fn texts_with_the_same_words_say_so() {
    let page = page(&[("a", "One two\nthree.\n"), ("b", "One\ntwo three.\n")]);
    assert!(page.contains("No textual difference") && !page.contains("<section"));
}

#[test]
fn a_russian_apparatus_has_no_english_word_of_ours() {
    let moved = "Из города выехали на рассвете, пока стояла тишина. ";
    let rest = "Старые ворота были открыты настежь, и никто у них не стоял, \
                и ветер гулял по двору, как хотел. ";
    let texts = [
        ("А", format!("{moved}{rest}Да.\n")),
        ("Б", format!("{rest}{moved}Да!\n")),
        ("В", format!("{moved}{}Да.\n", rest.replace("ворота", "двери").replace("настежь, ", ""))),
        ("Г", format!("{moved}{}\n", rest.replace("никто", "нікто"))),
    ];
    let texts: Vec<(&str, &str)> = texts.iter().map(|(n, t)| (*n, t.as_str())).collect();
    let same = [("А", "Раз, два.\n"), ("Б", "Раз,\nдва.\n")];
    for (texts, base) in
        [(&texts[..], None), (&texts[..], Some("Б")), (&texts[..2], None), (&same[..], None)]
    {
        let page = page_in(Language::Russian, texts, base);
        assert!(page.contains("<html lang=\"ru\">"));
        assert_eq!(left_in_latin(&page, "ru"), Vec::<String>::new());
        assert!(!left_in_latin(&page_in(Language::English, texts, base), "en").is_empty());
    }
    let page = page_in(Language::Russian, &texts, None);
    for what in ["Сличение 4 текстов", "Различаются в ", "пропуск", "строка 1"]
    {
        assert!(page.contains(what), "{what}: {page}");
    }
}
