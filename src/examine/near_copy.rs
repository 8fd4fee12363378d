//! The same passage twice, in one text or in several laid end to end: word for
//! word, reworded, or strayed into another part.
//!
//! 1. Every run of [`SHINGLE`] words is hashed; those that stand more than
//!    [`COMMON`] times in one text (boilerplate) are left out. Two places with
//!    the same run are a *seed* (Broder's shingles, 1997); a place is paired
//!    with the next [`COMMON`] places at most, so that a passage that stands in
//!    a hundred texts costs no more than in seven.
//! 2. Seeds that follow each other in both places within [`GAP`] words are one
//!    *chain*.
//! 3. Chains are aligned word by word. One counts when enough of it is the
//!    same, and enough of that is not formula: words in runs that stand only
//!    in these two places, or nearly.
//! 4. Chains that continue each other are joined while they stay alike; what
//!    then has at least [`LEAST`] words is a copy. Copies of one passage are
//!    told together.
//!
//! In one text, a copy inside quotation marks is a quotation and not counted
//! here. Running heads are no part of the words. Linear but for sorting: each
//! word makes at most [`COMMON`] seeds of 24 bytes.

use std::ops::Range;

use super::alike::Alike;
use super::corpus::Corpus;
use super::oddity::{Oddity, OddityCode};
use super::prose::Prose;
use super::quotation_marks::is_quoted;

/// Words of a shingle.
const SHINGLE: usize = 4;
/// Places in which a shingle may stand before it says nothing.
const COMMON: usize = 6;
/// Words between two seeds of one chain, on either side.
const GAP: usize = 12;
/// Least words of a copy within one text.
const LEAST: usize = 25;
/// Least words of a copy in another text.
const LEAST_APART: usize = 15;
/// Groups of copies among which those of one passage are sought.
const GROUPS: usize = 2000;
/// Least words of a chain that may be joined with its neighbours.
const PIECE: usize = 14;
/// Least share of the words that are the same.
const ALIKE: f64 = 0.6;
/// Least share in a stretch that is joined with its neighbours.
const JOINABLE: f64 = 0.5;
/// Words between two copies that are told as one.
const JOIN: usize = 60;

/// Two places with the same shingle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seed {
    a: u32,
    b: u32,
}

/// Seeds that follow each other.
#[derive(Debug, Clone, Copy)]
struct Chain {
    first: Seed,
    last: Seed,
    seeds: usize,
    /// Seeds by how rare they are: a shingle that stands only in these two
    /// places counts 1, one that stands in more less.
    weight: f64,
}

/// Finds all of them in one text. `quoted` holds the words in quotation marks,
/// in order.
pub(super) fn find(prose: &Prose<'_>, quoted: &[Range<usize>]) -> Vec<Oddity> {
    copies(&Corpus::of(vec![prose]), Some(quoted)).iter().map(|g| oddity(prose, g)).collect()
}

/// Finds all of them in several texts, words by their number in the corpus;
/// copies of one passage together. What stands in quotation marks is left out
/// where the words that do are given.
pub(super) fn copies(corpus: &Corpus<'_, '_>, quoted: Option<&[Range<usize>]>) -> Vec<Vec<Alike>> {
    let mut chains = chains(seeds(corpus));
    chains.retain(|c| {
        let (a, b) = words(c);
        // Items of a list that repeat their wording stand side by side.
        a.len().min(b.len()) >= PIECE && a.end + a.len() <= b.start
    });
    chains.sort_by_key(|c| c.first);
    let mut copies: Vec<Alike> = Vec::new();
    let in_marks = |words: &Range<usize>| quoted.is_some_and(|q| is_quoted(q, words));
    for chain in &chains {
        let (a, b) = words(chain);
        let least = a.len().min(b.len());
        if chain.weight * 8.0 < least as f64 || in_marks(&a) || in_marks(&b) {
            continue;
        }
        let found = corpus.compare(a, b);
        if found.score() >= JOINABLE {
            copies.push(found);
        }
    }
    let mut copies = join(corpus, copies);
    copies.retain(|c| {
        let least = if corpus.same_text(c.a.start, c.b.start) { LEAST } else { LEAST_APART };
        c.score() >= ALIKE && c.a.len().min(c.b.len()) >= least
    });
    together(copies)
}

/// Copies of one passage told together, without those between its copies.
fn together(copies: Vec<Alike>) -> Vec<Vec<Alike>> {
    let mut out: Vec<Vec<Alike>> = Vec::new();
    for copy in copies {
        let between = |g: &Vec<Alike>| {
            let one = |r: &Range<usize>| g.iter().any(|c| covers(&c.b, r));
            one(&copy.a) && one(&copy.b)
        };
        if out.iter().rev().take(GROUPS).any(between) {
            continue;
        }
        let alike = |g: &&mut Vec<Alike>| covers(&g[0].a, &copy.a) && covers(&copy.a, &g[0].a);
        match out.iter_mut().rev().take(GROUPS).find(alike) {
            Some(group) => group.push(copy),
            None => out.push(vec![copy]),
        }
    }
    out
}

/// Whether most of `inner` lies in `outer`.
fn covers(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    let both = outer.end.min(inner.end).saturating_sub(outer.start.max(inner.start));
    both * 5 >= inner.len() * 4
}

fn oddity(prose: &Prose<'_>, group: &[Alike]) -> Oddity {
    let lines = prose.view.lines();
    let places: Vec<String> = group
        .iter()
        .map(|c| {
            let line = lines.line_of(prose.span(c.b.clone()).start);
            match c.gaps.is_empty() {
                true => format!("from line {line}, the same"),
                false => format!("from line {line}, {} % the same", (c.score() * 100.0).floor()),
            }
        })
        .collect();
    let first = &group[0].a;
    let text = format!("These {} words stand again {}.", first.len(), places.join("; "));
    let score = group.iter().map(Alike::score).fold(0.0, f64::max);
    Oddity::new(OddityCode::NearCopy, prose.span(first.clone()), prose.phrase(first.clone()), text)
        .against(group.iter().map(|c| prose.span(c.b.clone())))
        .scored(score)
}

fn words(chain: &Chain) -> (Range<usize>, Range<usize>) {
    let range = |from: u32, to: u32| from as usize..to as usize + SHINGLE;
    (range(chain.first.a, chain.last.a), range(chain.first.b, chain.last.b))
}

/// Places that share a shingle, with the number of places that have it in
/// their texts.
fn seeds(corpus: &Corpus<'_, '_>) -> Vec<(Seed, usize)> {
    let mut hashed: Vec<(u64, u32)> = Vec::new();
    for (start, prose) in corpus.texts() {
        let count = (prose.words.len() + 1).saturating_sub(SHINGLE);
        hashed.extend((0..count).map(|at| {
            let ids = prose.words[at..at + SHINGLE].iter();
            (ids.fold(0, |h, w| mixed(h ^ u64::from(w.id))), (start + at) as u32)
        }));
    }
    hashed.sort_unstable();
    let mut out = Vec::new();
    // Places of one shingle that are not boilerplate of their text, each with
    // its text and how often that has it.
    let mut places: Vec<(u32, usize, usize)> = Vec::new();
    for group in hashed.chunk_by(|x, y| x.0 == y.0).filter(|g| g.len() > 1) {
        places.clear();
        let same = |x: &(u64, u32), y: &(u64, u32)| corpus.same_text(x.1 as usize, y.1 as usize);
        for (text, within) in group.chunk_by(same).enumerate().filter(|(_, w)| w.len() <= COMMON) {
            places.extend(within.iter().map(|p| (p.1, text, within.len())));
        }
        for (n, x) in places.iter().enumerate() {
            for y in places[n + 1..].iter().take(COMMON) {
                let count = if x.1 == y.1 { x.2 } else { x.2 + y.2 };
                out.push((Seed { a: x.0, b: y.0 }, count));
            }
        }
    }
    out.sort_unstable();
    out
}

/// The finalizer of SplitMix64 (Steele et al. 2014).
fn mixed(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Links seeds, sorted, into chains.
fn chains(seeds: Vec<(Seed, usize)>) -> Vec<Chain> {
    let near = |from: u32, to: u32| to > from && (to - from) as usize <= GAP;
    let mut open: Vec<Chain> = Vec::new();
    let mut done = Vec::new();
    for (seed, places) in seeds {
        let mut n = 0;
        while n < open.len() {
            match (seed.a - open[n].last.a) as usize > GAP {
                true => done.push(open.swap_remove(n)),
                false => n += 1,
            }
        }
        let weight = 1.0 / (places - 1) as f64;
        let follows = |c: &&mut Chain| near(c.last.a, seed.a) && near(c.last.b, seed.b);
        // The chain on the nearest diagonal goes on.
        let skew = |c: &Chain| (seed.a - c.last.a).abs_diff(seed.b - c.last.b);
        match open.iter_mut().filter(follows).min_by_key(|c| skew(c)) {
            Some(c) => {
                c.last = seed;
                c.seeds += 1;
                c.weight += weight;
            }
            None => open.push(Chain { first: seed, last: seed, seeds: 1, weight }),
        }
    }
    done.extend(open);
    done
}

/// Joins copies that continue each other; drops those that lie in others.
///
/// What stands between two joined stretches counts as different while
/// joining, so that each word is aligned twice at most.
fn join(corpus: &Corpus<'_, '_>, copies: Vec<Alike>) -> Vec<Alike> {
    /// Stretches that a copy may continue.
    const OPEN: usize = 12;
    let mut out: Vec<(Alike, bool)> = Vec::new();
    for copy in copies {
        let near = |from: usize, to: usize| to <= from + JOIN;
        let inside = |x: &Range<usize>, y: &Range<usize>| x.start >= y.start && x.end <= y.end;
        let mut fresh = Some(copy);
        for (before, joined) in out.iter_mut().rev().take(OPEN) {
            let Some(c) = &fresh else { break };
            if inside(&c.a, &before.a) && inside(&c.b, &before.b) {
                fresh = None;
                break;
            }
            let follows = c.a.end > before.a.end
                && c.b.end > before.b.end
                && c.a.start >= before.a.start
                && c.b.start >= before.b.start
                && near(before.a.end, c.a.start)
                && near(before.b.end, c.b.start)
                && c.a.end <= before.b.start;
            if !follows {
                continue;
            }
            let (a, b) = (before.a.start..c.a.end, before.b.start..c.b.end);
            let same = (before.same.0 + c.same.0).min(a.len());
            let score = 2.0 * same as f64 / (a.len() + b.len()) as f64;
            if score >= JOINABLE {
                (before.a, before.b) = (a, b);
                before.same = (same, same.min(before.b.len()));
                (*joined, fresh) = (true, None);
            }
        }
        out.extend(fresh.map(|c| (c, false)));
    }
    let whole = |(c, joined): (Alike, bool)| match joined {
        true => corpus.compare(c.a, c.b),
        false => c,
    };
    out.into_iter().map(whole).collect()
}
