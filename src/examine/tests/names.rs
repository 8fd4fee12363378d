use super::finding::{found, said};
use crate::examine::OddityCode::{NameShared, NameVariants};

const TALE: &str = "The pilot Yusuf Alimov came with M. Grachev. President Alimov spoke. The \
    captain Maria Grachyova slept. Later Yusuf Aliimov and Mr Mikhail Grachyov sang; the songs of \
    Yusuf Alimov are known. In Oslo Mikhail Grachev wept.";

#[test]
fn one_name_in_several_spellings() {
    let texts: Vec<String> = found(TALE, NameVariants).into_iter().map(|o| o.text).collect();
    assert_eq!(
        texts,
        [
            "These may be one name: Alimov (3), Aliimov (1).",
            "These may be one name: Grachev (2), Grachyov (1)."
        ]
    );
    let o = &found(TALE, NameVariants)[0];
    assert_eq!(&TALE[o.span.clone()], "Aliimov");
    assert_eq!(&TALE[o.against[0].clone()], "Alimov");
    assert!(o.score > Some(0.9));
    let given = "We met Arkadi Olsen, then S. Olsen, and Arkady Olsen again.";
    assert_eq!(
        found(given, NameVariants)[0].text,
        "These may be one given name: Arkadi Olsen (1), Arkady Olsen (1)."
    );
    let pair = "It was Rasul Gulimov who wrote. The book of Rasul Guliymov is long.";
    assert_eq!(said(pair, NameVariants).len(), 1);
}

#[test]
fn other_names_are_not_one() {
    for text in [
        "There came H. Guliev and H. Aliev, and with them President Petrov and Mr Perov.",
        "There came A. Sadykova and V. Sadykov.",
        "The Northern Light and the Northern Lights shone over New York and New Work.",
    ] {
        assert_eq!(said(text, NameVariants), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn one_surname_of_several_persons() {
    let text = "We met Yakub Memedov and, later, the minister Mamuka Memedov. Y. Memedov spoke; \
        Mr Mamuka Memedov and President Yakub Ibragimovich Memedov did not.";
    let o = found(text, NameShared);
    assert_eq!(o.len(), 1);
    assert_eq!(
        o[0].text,
        "Under one surname stand 2 given names that do not fit: Yakub Memedov (3), Mamuka Memedov \
         (2); several persons, or a slip."
    );
}

#[test]
fn titles_places_initials_and_patronymics_are_no_second_person() {
    for text in [
        "Mr Boris Ivanov met President Ivanov. In Moscow Ivanov said so. B. Ivanov and Boris \
         N. Ivanov agreed, and Boris Nikolaevich Ivanov too. Moscow slept. He left Moscow soon.",
        "The Federal Assembly and the Regional Assembly met Mr Olsen of the Assembly.",
        "A. The boats left.\n\nB. The boats came.\n\nC. Boats sank.",
        "Serge Olsen came with Mr Serge Olsen.",
    ] {
        assert_eq!(said(text, NameShared), Vec::<String>::new(), "{text}");
    }
}
