use super::comparison;
use crate::desk::{Side, diff_passages};

fn page(old: &str, new: &str) -> String {
    let side = |name: &str, text: &str| Side::plain(name, text.as_bytes().to_vec()).unwrap();
    let (old, new) = (side("old.txt", old), side("<b>new", new));
    let (d, passages) = diff_passages(&old, &new);
    comparison(&d, &passages)
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
