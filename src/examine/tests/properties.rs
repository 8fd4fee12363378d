//! Whatever the text: no panic, places inside it, the same answer twice, and
//! time that grows no faster than the text.

use proptest::prelude::*;

use crate::examine::{Division, Given, examine};
use crate::text::View;

/// Pieces that the detectors look for, in any order.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-d]{1,3}",
        2 => "[A-D][a-d]{1,4}",
        2 => "[0-9]{1,4}",
        1 => "[А-Га-гΑ-Δ]{1,3}",
        2 => prop::sample::select(vec![
            "May", "June", "Monday", "Sun", "see", "Appendix", "Document", "No", "Nos", "and",
            "p", "pp", "including:", "Total", "Mr", "President", "a", "of", "Early", "th",
        ])
        .prop_map(str::to_owned),
        3 => prop::sample::select(vec![
            " ", "\n", "\n\n", ", ", ". ", " – ", "-", "-\n", "‘", "’", "“", "”", "\"", "(", ")",
            ": ", "…", " + ", " = ", "/", "\n ", "\u{a0}",
        ])
        .prop_map(str::to_owned),
    ];
    let gap = prop::sample::select(vec![" ", " ", " ", "", "\n", ". "]);
    prop::collection::vec((piece, gap), 0..90)
        .prop_map(|v| v.into_iter().map(|(p, g)| p + g).collect())
}

proptest! {
    #[test]
    fn places_lie_in_the_text(t in text()) {
        let view = View::new(t.as_str().into());
        let all = Division { name: "all", span: 0..t.len(), genre: "chronicle" };
        let given = Given { divisions: vec![all], held: Vec::new() };
        let found = examine(&view, &given);
        for o in &found {
            for place in std::iter::once(&o.span).chain(&o.against) {
                prop_assert!(place.start < place.end && place.end <= t.len(), "{:?}", o);
                prop_assert!(t.is_char_boundary(place.start) && t.is_char_boundary(place.end));
            }
            prop_assert!(!o.said.is_empty() && o.text.ends_with('.'), "{:?}", o);
            prop_assert!(o.score.is_none_or(|s| (0.0..=1.0).contains(&s)));
        }
        prop_assert_eq!(found, examine(&view, &given));
    }
}

#[test]
fn hostile_texts_end() {
    for text in [
        "the same words again and again ".repeat(20_000),
        "‘open and never closed ".repeat(20_000),
        "Monday, May 5 ".repeat(20_000),
        "1992-1990 ".repeat(20_000),
        "12 (5, 6 and ".repeat(20_000),
        (0..20_000).map(|n| format!("A. Name{}ov met ", name(n))).collect(),
        (0..40_000).map(|n| format!("w{} ", n % 997)).collect(),
        (0..20_000)
            .map(|n| format!("“w{} x{} y{} z{} a b c d” ", n % 7, n % 11, n % 13, n % 17))
            .collect(),
        "May 5 The boat.\n".repeat(20_000),
    ] {
        let start = std::time::Instant::now();
        let view = View::new(text.as_str().into());
        let found = examine(&view, &Given::default());
        let took = start.elapsed();
        assert!(took.as_secs() < 60, "{} findings in {took:?}: {}", found.len(), &text[..40]);
    }
}

fn name(n: usize) -> String {
    n.to_string().chars().map(|c| char::from(b'a' + c as u8 - b'0')).collect()
}
