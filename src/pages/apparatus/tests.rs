use super::apparatus;
use crate::desk::{Side, collation};

fn page(texts: &[(&str, &str)]) -> String {
    let side = |(name, text): &(&str, &str)| Side::plain(name, text.as_bytes().to_vec()).unwrap();
    apparatus(&collation(texts.iter().map(side).collect(), None).unwrap())
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
