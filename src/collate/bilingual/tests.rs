use proptest::prelude::*;

use super::*;

/// A small generator with a fixed start (numbers of Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n
    }
}

/// A word of a made-up language: no letters in common with another one's.
fn word(letters: &str, mut k: usize) -> String {
    let letters: Vec<char> = letters.chars().collect();
    let mut out = String::new();
    for _ in 0..4 {
        out.push(letters[k % letters.len()]);
        k /= letters.len();
    }
    out
}

/// Two made-up languages, with the words of a sentence shuffled, some sentences
/// in one text only, and some that the other text has as two. The truth: for
/// each pair the numbers of its sentences.
fn made(sentences: usize, seed: u64) -> (Vec<String>, Vec<String>, Vec<(usize, usize)>) {
    let mut dice = Dice(seed);
    let (mut a, mut b, mut truth) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..sentences {
        let count = 6 + dice.below(14);
        // Few words are frequent, many are rare.
        let words: Vec<usize> = (0..count)
            .map(|_| {
                let most = 1 << (2 + dice.below(9));
                dice.below(most)
            })
            .collect();
        let here: Vec<String> = words.iter().map(|k| word("abcdefgh", k * 7 + 3)).collect();
        let mut there: Vec<String> = words.iter().map(|k| word("щджъыэюя", k * 5 + 1)).collect();
        for k in (1..there.len()).rev() {
            there.swap(k, dice.below(k + 1));
        }
        match dice.below(20) {
            0 => a.push(here.join(" ")),
            1 => b.push(there.join(" ")),
            2 => {
                a.push(here.join(" "));
                truth.push((a.len() - 1, b.len()));
                truth.push((a.len() - 1, b.len() + 1));
                let (left, right) = there.split_at(there.len() / 2);
                b.push(left.join(" "));
                b.push(right.join(" "));
            }
            _ => {
                a.push(here.join(" "));
                b.push(there.join(" "));
                truth.push((a.len() - 1, b.len() - 1));
            }
        }
    }
    (a, b, truth)
}

fn refs(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

/// Part of the links that are right, and part of the truth that was found.
fn judged(found: &Pairing, truth: &[(usize, usize)]) -> (f64, f64) {
    let links: Vec<(usize, usize)> = found
        .pairs
        .iter()
        .flat_map(|p| {
            let b = p.b.clone();
            p.a.clone().flat_map(move |i| b.clone().map(move |j| (i as usize, j as usize)))
        })
        .collect();
    let right = links.iter().filter(|l| truth.binary_search(l).is_ok()).count() as f64;
    (right / links.len().max(1) as f64, right / truth.len() as f64)
}

/// Each sentence stands once, in a pair or alone, and pairs hold scores.
fn whole(found: &Pairing, n: usize, m: usize) {
    let mut a: Vec<u32> = found.pairs.iter().flat_map(|p| p.a.clone()).collect();
    let mut b: Vec<u32> = found.pairs.iter().flat_map(|p| p.b.clone()).collect();
    a.extend(&found.alone_a);
    b.extend(&found.alone_b);
    a.sort_unstable();
    b.sort_unstable();
    assert_eq!(a, (0..n as u32).collect::<Vec<_>>());
    assert_eq!(b, (0..m as u32).collect::<Vec<_>>());
    for p in &found.pairs {
        assert!(!p.a.is_empty() && !p.b.is_empty());
        assert!(p.by_hand || (ALIGNED..=1.0).contains(&p.score), "{p:?}");
    }
}

#[test]
fn words_are_learnt_where_no_letter_is_shared() {
    let (a, b, truth) = made(400, 1);
    let found = pair(&refs(&a), &refs(&b), &[]);
    whole(&found, a.len(), b.len());
    let (p, r) = judged(&found, &truth);
    assert!(p > 0.97 && r > 0.95, "precision {p:.3}, recall {r:.3}");
}

/// Longer than a chunk, with a part of B that A has not: the band must follow.
#[test]
fn long_texts_are_strung_in_chunks() {
    let (a, mut b, truth) = made(5200, 2);
    let extra = made(120, 3).1;
    let at = 2500;
    let count = extra.len();
    b.splice(at..at, extra);
    let moved = |(i, j): (usize, usize)| (i, if j >= at { j + count } else { j });
    let truth: Vec<(usize, usize)> = truth.into_iter().map(moved).collect();
    let found = pair(&refs(&a), &refs(&b), &[]);
    whole(&found, a.len(), b.len());
    let (p, r) = judged(&found, &truth);
    assert!(p > 0.97 && r > 0.95, "precision {p:.3}, recall {r:.3}");
    let inside = |p: &&Pair| p.b.start as usize >= at && (p.b.end as usize) <= at + count;
    assert!(found.pairs.iter().filter(inside).count() < 6);
}

#[test]
fn texts_that_do_not_belong_together_have_no_pairs() {
    let (a, b, _) = made(300, 4);
    let other: Vec<String> = b.iter().rev().cloned().collect();
    let found = pair(&refs(&a), &refs(&other), &[]);
    whole(&found, a.len(), other.len());
    assert!(found.pairs.len() < 6, "{} pairs", found.pairs.len());
    for (n, m) in [(0, 0), (0, 5), (5, 0)] {
        let found = pair(&refs(&a[..n]), &refs(&b[..m]), &[]);
        whole(&found, n, m);
        assert!(found.pairs.is_empty());
    }
}

#[test]
fn very_unequal_texts_stay_bounded() {
    let (a, b, _) = made(5_000, 5);
    for (a, b) in [(&a[..], &b[..10]), (&a[..10], &b[..])] {
        let found = pair(&refs(a), &refs(b), &[]);
        whole(&found, a.len(), b.len());
    }
    // One repeated word.
    let same = vec!["ab ab ab ab".to_string(); 500];
    let there = vec!["щд щд щд щд".to_string(); 450];
    whole(&pair(&refs(&same), &refs(&there), &[]), 500, 450);
}

#[test]
fn pairs_by_hand_win_and_part_the_texts() {
    let (a, b, truth) = made(200, 6);
    let (i, j) = truth[truth.len() / 2];
    let (i, j) = (i as u32, j as u32);
    let hand = [(i..i + 1, j + 40..j + 41), (0..1, 0..0), (900..901, 0..1)];
    let found = pair(&refs(&a), &refs(&b), &hand);
    whole(&found, a.len(), b.len());
    let said: Vec<&Pair> = found.pairs.iter().filter(|p| p.by_hand).collect();
    assert_eq!(said.len(), 1);
    assert_eq!((said[0].a.clone(), said[0].b.clone()), (i..i + 1, j + 40..j + 41));
    assert!(found.alone_a.contains(&0));
    for p in found.pairs.iter().filter(|p| !p.by_hand) {
        assert_eq!(p.a.start > i, p.b.start > j + 40, "{p:?} crosses what was paired by hand");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the texts and what is paired by hand, each sentence stands once.
    #[test]
    fn any_texts(
        a in prop::collection::vec("[a-zA-Z0-9 .?«-]{0,30}", 0..40),
        b in prop::collection::vec("[а-яА-Я0-9 .?«-]{0,30}", 0..40),
        hand in prop::collection::vec((0u32..45, 0u32..3, 0u32..45, 0u32..3), 0..6),
    ) {
        let hand: Vec<_> = hand.into_iter().map(|(i, p, j, q)| (i..i + p, j..j + q)).collect();
        let found = pair(&refs(&a), &refs(&b), &hand);
        whole(&found, a.len(), b.len());
    }
}
