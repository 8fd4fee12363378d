use std::ops::Range;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::text::View;

fn view(text: &str) -> View {
    View::new(Arc::from(text))
}

fn compared(old: &str, new: &str) -> Diff {
    diff(&view(old), &view(new))
}

/// Kind, old words, new words of each change.
fn told(old: &str, new: &str) -> Vec<(ChangeKind, String, String)> {
    let text = |source: &str, span: Span| source[span.range()].to_owned();
    let tell = |c: Change| (c.kind, text(old, c.old), text(new, c.new));
    compared(old, new).changes.into_iter().map(tell).collect()
}

fn told_is(old: &str, new: &str, expected: &[(ChangeKind, &str, &str)]) {
    let told = told(old, new);
    let told: Vec<_> = told.iter().map(|(k, o, n)| (*k, o.as_str(), n.as_str())).collect();
    assert_eq!(told, expected);
}

use ChangeKind::{Delete, Insert, Move, Replace};

#[test]
fn one_word_stands_out() {
    told_is(
        "The ferry left the island at dawn.",
        "The ferry left the island at noon.",
        &[(Replace, "dawn.", "noon.")],
    );
    told_is(
        "signed by RF and CSCE",
        "signed by CSCE and RF",
        &[(Replace, "RF", "CSCE"), (Replace, "CSCE", "RF")],
    );
}

#[test]
fn layout_is_no_change_and_typography_is_apart() {
    let old = "The har-\nbour master said: “never”. A well-known\nman.\n";
    let new = "The harbour master\nsaid: \"never\". A wellknown man.";
    let diff = compared(old, new);
    assert!(diff.same_words && !diff.identical && diff.changes.is_empty());
    let kinds: Vec<_> = diff.typographic.iter().map(|t| t.kind).collect();
    use TypographicKind::{Break, Hyphen, Quotes};
    assert_eq!(kinds, [Break, Quotes, Hyphen]);
    assert_eq!(diff.stats, Stats { words_old: 8, words_new: 8, ..Stats::default() });
    assert!(compared(old, old).identical);
}

/// What a running head lost is told in the layer or as a change, also where the
/// words beside it changed, or where it is no longer known for a head.
#[test]
fn no_word_of_a_running_head_changes_silently() {
    let page = |(before, after): (&str, &str), head: &str, word: &str| {
        format!(
            " The old harbour\n\nWe rowed out in the evening and nobody on the quay had \
             {before}\n\n{head}\n {after} {word} that late in the year. The wind was low and\n\n\
             The old harbour\n we came home before the lamp was lit.\n"
        )
    };
    for around in [("expect-", "ed"), ("noticed.", "Who expects")] {
        let old = page(around, "The old harbour", "us");
        let at = old.rfind("harbour\n ").unwrap();
        let at = old[..at].rfind("harbour\n ").unwrap();
        for (head, word) in [("The old", "us"), ("The old pier", "us"), ("The old", "them")] {
            let new = page(around, head, word);
            let diff = compared(&old, &new);
            let told = |span: Span| span.start <= at && at + 7 <= span.end;
            let told = diff.typographic.iter().any(|t| told(t.old))
                || diff.changes.iter().any(|c| told(c.old));
            assert!(told, "{head}, {word}: {diff:?}");
        }
    }
}

#[test]
fn an_added_sentence_is_cut_at_its_start() {
    told_is(
        "We came home. He was late. We slept.",
        "We came home. He was ill. He was late. We slept.",
        &[(Insert, "", "He was ill.")],
    );
    told_is(
        "First we ate.\n\nThen we left.\n\nThen it rained.",
        "First we ate.\n\nThen we slept.\n\nThen we left.\n\nThen it rained.",
        &[(Insert, "", "Then we slept.")],
    );
}

#[test]
fn a_rewritten_sentence_is_one_phrase() {
    let common = "Nobody knew of the letter. The box held the lamp of the house. ".repeat(3);
    let old = format!("{common}Under stormy midnight skies the captain steered homeward slowly.");
    let new = format!("{common}Before breakfast on Friday the sailors rowed out again quickly.");
    told_is(
        &old,
        &new,
        &[(
            Replace,
            "Under stormy midnight skies the captain steered homeward slowly.",
            "Before breakfast on Friday the sailors rowed out again quickly.",
        )],
    );
}

#[test]
fn a_common_word_in_a_long_addition_is_no_island() {
    let common = "Nobody knew of the letter. The box held the lamp of the house. ".repeat(3);
    let (was, is) = (
        "unrestricted sailing of",
        "a milder rule gives some gains in certain special places, as where the widest use of \
         one old harbour, so that it becomes known and many more people come,",
    );
    let end = "boats would do harm.";
    told_is(
        &format!("{common}However, {was} {end}"),
        &format!("{common}However, {is} {end}"),
        &[(Replace, was, is)],
    );
    // Two additions leave the word between them alone.
    let (one, two) = (
        "before breakfast on Friday, with nobody there to see it, in spite",
        "his brother, and not without a long look back at everyone,",
    );
    told_is(
        &format!("{common}Tom rowed of late."),
        &format!("{common}Tom rowed {one} of {two} late."),
        &[(Insert, "", one), (Insert, "", two)],
    );
}

const PARAGRAPHS: [&str; 4] = [
    "In March the mill by the upper bridge burned down and no one ever learned who had set it alight.",
    "My grandmother kept eleven hens behind the chapel and sold their eggs to the stationmaster.",
    "When the surveyors arrived they drew a border straight across our orchard and went to lunch.",
    "Nobody in the valley had seen a motor car until the doctor's cousin drove one into the river.",
];

#[test]
fn a_moved_paragraph_is_a_move_with_its_changes_inside() {
    let old = PARAGRAPHS.join("\n\n");
    let changed = PARAGRAPHS[0].replace("burned", "fell");
    let new = [PARAGRAPHS[1], PARAGRAPHS[2], &changed, PARAGRAPHS[3]].join("\n\n");
    let diff = compared(&old, &new);
    assert_eq!(diff.changes.len(), 1);
    let moved = &diff.changes[0];
    assert_eq!(moved.kind, Move);
    assert_eq!(&old[moved.old.range()], PARAGRAPHS[0]);
    assert_eq!(&new[moved.new.range()], changed);
    assert_eq!(moved.inner.len(), 1);
    assert_eq!(&new[moved.inner[0].new.range()], "fell");
    let expected = Stats { words_old: 69, words_new: 69, deleted: 1, inserted: 1, moved: 19 };
    assert_eq!(diff.stats, expected);
}

#[test]
fn nothing_and_everything() {
    told_is("", "new words", &[(Insert, "", "new words")]);
    told_is("old words", "", &[(Delete, "old words", "")]);
    assert!(compared("", " ").same_words);
}

#[test]
fn inside_a_phrase() {
    let (old, new) = (view("the Presidant spoke up"), view("the President has spoken up"));
    let diff = diff(&old, &new);
    let parts: Vec<_> = diff
        .changes
        .iter()
        .flat_map(|c| inline(&old, &new, c))
        .filter(|p| p.kind != InlineKind::Equal)
        .map(|p| (&old.source()[p.old.range()], &new.source()[p.new.range()]))
        .collect();
    assert_eq!(parts, [("Presidant spoke", "President has spoken")]);
    let (old, new) = (view("the Presidant spoke"), view("the President spoke"));
    let diff = super::diff(&old, &new);
    let parts = inline(&old, &new, &diff.changes[0]);
    let letters: Vec<_> = parts
        .iter()
        .filter(|p| p.kind != InlineKind::Equal)
        .map(|p| (&old.source()[p.old.range()], &new.source()[p.new.range()]))
        .collect();
    assert_eq!(letters, [("a", "e")]);
}

/// The keys of the words of `view` outside (or inside) the spans.
fn keys(view: &View, inside: bool, spans: &[Range<usize>]) -> Vec<String> {
    let held = |w: &crate::text::Word| {
        spans.iter().any(|s| s.start <= w.start as usize && w.end as usize <= s.end)
    };
    let words = view.words().iter().filter(|w| !w.layout && held(w) == inside);
    words.map(|w| view.key(w).to_owned()).collect()
}

/// Applying the changes to the old words gives the new words.
fn applies(old: &View, new: &View, diff: &Diff) {
    let olds: Vec<_> = diff.changes.iter().map(|c| c.old.range()).collect();
    let news: Vec<_> = diff.changes.iter().map(|c| c.new.range()).collect();
    assert_eq!(keys(old, false, &olds), keys(new, false, &news));
    assert!(news.windows(2).all(|w| w[0].end <= w[1].start), "out of order: {news:?}");
    for change in diff.changes.iter().filter(|c| c.kind == Move) {
        let olds: Vec<_> = change.inner.iter().map(|c| c.old.range()).collect();
        let news: Vec<_> = change.inner.iter().map(|c| c.new.range()).collect();
        let kept = |view: &View, whole: Span, spans: &[Range<usize>]| {
            let part = view.source()[whole.range()].to_owned();
            let spans: Vec<_> =
                spans.iter().map(|s| s.start - whole.start..s.end - whole.start).collect();
            keys(&self::view(&part), false, &spans)
        };
        assert_eq!(kept(old, change.old, &olds), kept(new, change.new, &news));
    }
    let stats = diff.stats;
    if !old.words().iter().chain(new.words()).any(|w| w.broken) {
        assert_eq!(stats.words_old - stats.deleted, stats.words_new - stats.inserted);
    }
    assert_eq!(diff.same_words, diff.changes.is_empty());
}

/// A text of few different words in sentences and paragraphs.
fn prose() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "the", "a", "of", "river", "road", "we", "went", "saw", "low.", "high.", "then", "and",
        "\n\n", "house", "seven", "boats", "so", "it", "was", "said.",
    ]);
    prop::collection::vec(word, 0..160).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn changes_of_any_two_texts_apply(old in prose(), new in prose()) {
        let (old, new) = (view(&old), view(&new));
        applies(&old, &new, &diff(&old, &new));
    }

    #[test]
    fn changes_of_a_shuffled_text_apply(text in prose(), cuts in prop::collection::vec(0usize..160, 0..8)) {
        let words: Vec<&str> = text.split(' ').collect();
        let mut at: Vec<usize> = cuts.iter().map(|c| c % (words.len() + 1)).chain([0, words.len()]).collect();
        at.sort_unstable();
        let mut parts: Vec<&[&str]> = at.windows(2).map(|w| &words[w[0]..w[1]]).collect();
        let seed: usize = cuts.iter().sum();
        for k in 0..parts.len() {
            let other = (k * 7 + seed) % parts.len();
            parts.swap(k, other);
        }
        let shuffled = parts.concat().join(" ");
        let (old, new) = (view(&text), view(&shuffled));
        applies(&old, &new, &diff(&old, &new));
    }

    #[test]
    fn other_line_ends_change_no_word(text in prose(), width in 1usize..9) {
        let mut out = String::new();
        for (k, word) in text.split(' ').enumerate() {
            out.push_str(word);
            out.push(if k % width == 0 && !word.contains('\n') { '\n' } else { ' ' });
        }
        prop_assert!(compared(&text, &out).same_words);
    }
}

/// Bad cases stay near linear: seconds in an unoptimised build, not minutes.
#[test]
fn bad_cases_are_bounded() {
    let words = |n: usize, step: usize, of: usize| -> String {
        (0..n).map(|k| format!("w{} ", k.wrapping_mul(step) % of)).collect()
    };
    let lines = |step: usize| -> String {
        (0..20_000usize).map(|k| format!("line {} of the list.\n", k * step % 20_011)).collect()
    };
    let cases = [
        // unrelated, few different words
        (words(40_000, 7, 97), words(40_000, 11, 89)),
        // one repeated word
        ("same ".repeat(60_000), "same ".repeat(50_000) + "other " + &"same ".repeat(9_000)),
        ("a b ".repeat(30_000), "b a a ".repeat(20_000)),
        // shuffled lines
        (lines(1), lines(7919)),
        // one endless word
        ("x".repeat(3_000_000), "x".repeat(2_999_999) + "y"),
    ];
    for (old, new) in cases {
        let (old, new) = (view(&old), view(&new));
        let diff = diff(&old, &new);
        assert!(!diff.same_words);
        assert!(diff.stats.deleted <= diff.stats.words_old);
    }
}
