//! For tests: the words of a page that stand in Latin letters, other than what
//! is to be copied as it stands. On a Russian page about Russian texts each of
//! them is a word of ours that somebody forgot to translate.

/// Names that Russian writes in Latin letters too.
const NAMES: &[&str] = &["SHA", "EDTF", "ISO", "UTC", "variorum"];
/// Elements whose words are typed or copied, or are none.
const AS_TYPED: &[&str] = &["code", "pre", "time", "style"];
/// Elements without an end.
const ALONE: &[&str] = &["meta", "br", "wbr", "!DOCTYPE"];
/// Attributes that are read to people.
const SPOKEN: &[&str] = &["aria-label=\"", "data-head=\"", "title=\"", "alt=\"", "placeholder=\""];

/// All such words, with the element in which each stands.
pub(super) fn left_in_latin(page: &str, language: &str) -> Vec<String> {
    let mut out = Vec::new();
    // Elements that are open, and whether their words count.
    let mut open: Vec<(&str, bool)> = Vec::new();
    for piece in page.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        let counted = open.last().is_none_or(|(_, counted)| *counted);
        if tag.starts_with('/') {
            assert_eq!(open.pop().map(|(name, _)| name), Some(name), "closed out of order");
        } else if !ALONE.contains(&name) {
            let other = tag
                .split_once(" lang=\"")
                .is_some_and(|(_, tag)| !tag.starts_with(&format!("{language}\"")));
            open.push((name, counted && !other && !AS_TYPED.contains(&name)));
        }
        if open.last().is_some_and(|(_, counted)| *counted) {
            let spoken =
                SPOKEN.iter().filter_map(|a| Some(tag.split_once(a)?.1.split_once('"')?.0));
            for words in spoken.chain([text]) {
                let words = words.split(|c: char| !c.is_alphabetic() && c != '&' && c != ';');
                let latin = |w: &&str| w.chars().any(|c| c.is_ascii_alphabetic());
                let named =
                    |w: &&str| NAMES.contains(w) || (w.starts_with('&') && w.ends_with(';'));
                out.extend(
                    words.filter(latin).filter(|w| !named(w)).map(|w| format!("<{name}> {w}")),
                );
            }
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    out
}

/// The text in Cyrillic letters: for data that is not to be taken for ours.
pub(super) fn in_cyrillic(text: &str) -> String {
    const LETTERS: &str = "абцдефгхийклмнопярстуввхыз";
    let of = |c: char| {
        let n = usize::from(c.to_ascii_lowercase() as u8 - b'a');
        let letter = LETTERS.chars().nth(n).unwrap_or('ж');
        if c.is_ascii_uppercase() { letter.to_uppercase().next().unwrap_or(letter) } else { letter }
    };
    text.chars().map(|c| if c.is_ascii_alphabetic() { of(c) } else { c }).collect()
}

#[test]
fn a_forgotten_word_is_found_and_what_is_copied_is_not() {
    let page = "<html lang=\"ru\"><body><p aria-label=\"Contents\">Слова &quot;и&quot; Words, SHA-256 \
                <code>show</code><br><b lang=\"en\">Cite <i>as</i></b></p></body></html>";
    assert_eq!(left_in_latin(page, "ru"), ["<p> Contents", "<p> Words"]);
    assert_eq!(in_cyrillic("Ab 1ß"), "Аб 1ß");
}
