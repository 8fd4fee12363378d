use super::finding::{found, said};
use crate::examine::OddityCode::MixedScript as CODE;

/// Enough words around to tell the script of a text.
const ENGLISH: &str = "The harbour was quiet in the morning and the gulls slept on the roofs ";
const RUSSIAN: &str = "Утром в гавани было тихо и чайки спали на крышах старых домов у самой воды ";

#[test]
fn strange_letters_are_named() {
    let text = format!("{ENGLISH}until he na\u{457}vely de\u{441}lined to go.");
    let o = found(&text, CODE);
    assert_eq!(o.len(), 2);
    assert_eq!(o[0].text, "The word holds a Cyrillic letter among Latin ones: ї (U+0457).");
    assert_eq!(&text[o[1].span.clone()], "de\u{441}lined");
    let text = format!("{RUSSIAN}и вo\u{434}a, и ска\u{3bb}a.");
    assert!(found(&text, CODE)[0].text.contains("Latin letters among Cyrillic ones: o"), "{text}");
    // Greek capitals that look Latin.
    let text = format!("{ENGLISH}near \u{391}thens.");
    assert!(found(&text, CODE)[0].text.contains("Greek letter among Latin ones: Α (U+0391)"));
}

#[test]
fn whole_words_that_only_look_right_are_found() {
    let text = format!("{ENGLISH}said \u{412}. Olsen of the \u{415}\u{421} office.");
    assert_eq!(said(&text, CODE), ["\u{412}", "\u{415}\u{421}"]);
    let text = format!("{ENGLISH}Между тем the boat left.");
    assert_eq!(said(&text, CODE), ["Между тем"]);
}

#[test]
fn words_that_are_meant_are_not() {
    for text in [
        format!("{ENGLISH}(in Russian: гавань) and “Правда”, he said: море"),
        format!("{ENGLISH}at 5 μm, α-rays and Δt, naïve Elçibay Jiří Großmann"),
        format!("{RUSSIAN}где NATO и iPhone'ом, IT-компания, USB-кабель и SMSка"),
        format!("{ENGLISH}{RUSSIAN}{RUSSIAN}{ENGLISH}"),
        format!("{RUSSIAN}{ENGLISH}"),
    ] {
        assert_eq!(said(&text, CODE), Vec::<String>::new(), "{text}");
    }
}
