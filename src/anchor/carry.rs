//! From a place of one text to the same words in another, by one comparison of
//! the two texts.
//!
//! The comparison ([`crate::collate::carried`], moved passages included) says
//! which word of the old text is which word of the new one. A place is then
//! carried over by its words:
//!
//! 1. The words of the place that still stand are looked up. Where a word is
//!    broken over a line and only one half was changed, its halves are compared
//!    by themselves; a word that differs in its marks or capitals only, where
//!    it stood, is still there, but touched.
//! 2. What still stands is put in the order of the new text and parted where
//!    more foreign words come between than the place has words: the passage was
//!    torn in two. The larger part is the answer, the others are named.
//! 3. All words, in order, with nothing between: `Kept`. Else `Changed`, with
//!    the share that still stands; the span goes from the first word that
//!    stands to the last, since the text does not tell what a changed word at
//!    an end stands for. Where less than half of the words are left and nothing
//!    ties them to the place (a run of three of them, or both neighbours of the
//!    place standing where it was), they are strays: `Lost`. Fewer than a fifth
//!    are always strays.
//!
//! Nothing is searched, so nothing is found elsewhere: words that were deleted
//! are lost, whatever else looks like them.
//!
//! Cost: one comparison, a pass over its gaps, then a few hundred nanoseconds
//! and a look-up a word for each place. Memory: four bytes a word of the old
//! text, one bit a word of the new one while it is made.

use std::borrow::Borrow;
use std::ops::Range;

use super::Candidate;
use super::mended::{HALVES, Half, NONE, SMALL, TOUCHED, mended, moved, text, tokens};
use crate::collate::carried;
use crate::text::{View, Word};

/// Places of one text in another. `V` holds a view, by reference or shared.
#[derive(Debug)]
pub struct Carrier<V> {
    old: V,
    new: V,
    /// The new word of each old word; with [`TOUCHED`], or [`HALVES`], or [`NONE`].
    to: Vec<u32>,
    halves: Vec<Half>,
    /// Old words that stand in moved passages, sorted.
    moved: Vec<Range<u32>>,
}

/// Where the words of a place stand in the other text.
#[derive(Debug, Clone, PartialEq)]
pub enum Carried {
    /// All of them, in order, with nothing between.
    Kept {
        /// Bytes of the new text, end exclusive.
        span: Range<usize>,
        /// They stand in a passage that was moved.
        moved: bool,
    },
    /// Some of them, or with others between.
    Changed {
        /// From the first word that stands to the last: bytes of the new text.
        span: Range<usize>,
        /// They stand in a passage that was moved.
        moved: bool,
        /// Words of the place.
        words: usize,
        /// Words that still stand in `span`.
        kept: usize,
        /// Share of the place that stands, with what stands between counted
        /// against it; under 1.
        score: f64,
        /// Other parts of the place, where it was torn in several.
        others: Vec<Candidate>,
    },
    /// None of them, or strays.
    Lost,
}

/// A word, or half of one, that still stands.
#[derive(Debug, Clone)]
struct Standing {
    /// Rank in the place, in words and halves.
    rank: usize,
    old_word: u32,
    new_word: u32,
    span: Range<usize>,
    /// How many words of the place it is: halves count by themselves.
    count: usize,
    touched: bool,
}

/// What stands, in order, while the words of a place are gone through.
#[derive(Default)]
struct Run {
    /// Words and halves of the place that stand.
    kept: usize,
    /// New words between them.
    added: usize,
    touched: bool,
    span: Range<usize>,
    /// The last that stands: its new word, and its first byte.
    word: u32,
    start: usize,
}

impl<V: Borrow<View>> Carrier<V> {
    /// Compares two texts.
    pub fn between(old: V, new: V) -> Self {
        let mut runs = carried(old.borrow(), new.borrow());
        runs.sort_by_key(|r| r.old);
        let mut to = vec![NONE; old.borrow().words().len()];
        let mut taken = vec![false; new.borrow().words().len()];
        for run in &runs {
            for (k, t) in to[run.old..run.old_end()].iter_mut().enumerate() {
                *t = (run.new + k) as u32;
            }
            taken[run.new..run.new_end()].fill(true);
        }
        let moved = moved(&runs);
        let halves = mended(old.borrow(), new.borrow(), &mut to, &taken);
        Self { old, new, to, halves, moved }
    }

    /// The text that places are carried from.
    pub fn old_text(&self) -> &View {
        self.old.borrow()
    }

    /// The text that places are carried to.
    pub fn new_text(&self) -> &View {
        self.new.borrow()
    }

    /// Where the words of `place` (bytes of the old text) stand in the new one.
    /// A place without a word, a gap, stands between its neighbours while these
    /// stand side by side.
    pub fn carry(&self, place: Range<usize>) -> Carried {
        let range = self.old_text().words_in(place.clone());
        if place.is_empty() || range.is_empty() {
            return self.carry_gap(place.start);
        }
        self.plainly(range.clone(), &place).unwrap_or_else(|| self.by_parts(range, &place))
    }

    /// The answer for any place with words.
    fn by_parts(&self, range: Range<usize>, place: &Range<usize>) -> Carried {
        let (mut standing, words) = self.standing(range.clone(), place);
        if standing.is_empty() {
            return Carried::Lost;
        }
        let all: usize = standing.iter().map(|s| s.count).sum();
        let whole = all == words && standing.iter().all(|s| !s.touched);
        let in_order = |w: &[Standing]| {
            w[1].new_word == w[0].new_word
                || (w[1].new_word > w[0].new_word
                    && self.foreign(w[0].new_word, w[1].new_word) == 0)
                || w[1].old_word == w[0].old_word
        };
        if whole && standing.windows(2).all(in_order) {
            let span = span(&standing);
            return Carried::Kept { span, moved: self.is_moved(&range) };
        }
        standing.sort_by_key(|s| (s.new_word, s.span.start));
        let mut parts: Vec<Vec<Standing>> = Vec::new();
        for s in standing {
            match parts.last_mut() {
                Some(part)
                    if (s.new_word - part[part.len() - 1].new_word) as usize <= words + 1 =>
                {
                    part.push(s);
                }
                _ => parts.push(vec![s]),
            }
        }
        let size = |part: &Vec<Standing>| part.iter().map(|s| s.count).sum::<usize>();
        let first = |part: &Vec<Standing>| part.iter().map(|s| s.rank).min().unwrap_or(0);
        parts.sort_by_key(|part| (std::cmp::Reverse(size(part)), first(part)));
        let best = &parts[0];
        let kept = size(best);
        if kept * 2 < words && !(kept * 5 >= words && self.is_tied(&range, best)) {
            return Carried::Lost;
        }
        let score = |part: &Vec<Standing>| {
            let added: usize =
                part.windows(2).map(|w| self.foreign(w[0].new_word, w[1].new_word)).sum();
            // Something differs, if only a mark: never quite 1.
            (size(part) as f64 / (words + added) as f64).min(0.99)
        };
        let others = parts[1..].iter();
        let others = others.map(|p| Candidate { span: span(p), score: score(p) }).collect();
        Carried::Changed {
            span: span(best),
            moved: self.is_moved(&range),
            words,
            kept,
            score: score(best),
            others,
        }
    }

    /// The answer for nearly all places, in one look at their words: those that
    /// stand in order, in one piece, and half of them at least. `None` for all
    /// others.
    fn plainly(&self, range: Range<usize>, place: &Range<usize>) -> Option<Carried> {
        let (olds, news) = (self.old_text().words(), self.new_text().words());
        let inside = |t: &Range<usize>| t.start < place.end && place.start < t.end;
        let mut words = 0;
        let mut run = Run::default();
        for i in range.clone() {
            let word = &olds[i];
            let (start, end) = (word.start as usize, word.end as usize);
            let count = match word.broken {
                true => tokens(self.old_text(), word).filter(inside).count(),
                false => 1,
            };
            match self.to[i] {
                // A head that is printed elsewhere now is no lost word.
                NONE if word.layout => {}
                NONE => words += count,
                HALVES => {
                    words += count;
                    if word.broken && olds.get(i + 1).is_some_and(|next| next.start < word.end) {
                        return None;
                    }
                    for half in self.halves_from(start) {
                        let old = half.old.start as usize..half.old.end as usize;
                        if old.start >= end {
                            break;
                        }
                        if inside(&old) {
                            let new = half.new.start as usize..half.new.end as usize;
                            self.goes_on(&mut run, range.len(), half.word, new)?;
                            run.kept += 1;
                            run.touched |= count > 1;
                        }
                    }
                }
                to => {
                    words += count;
                    let (to, touched) = (to & !TOUCHED, to & TOUCHED != 0);
                    let new = &news[to as usize];
                    let span = match place.start <= start && end <= place.end {
                        true => new.start as usize..new.end as usize,
                        false => self.part(word, new, place.start.max(start)..place.end.min(end)),
                    };
                    self.goes_on(&mut run, range.len(), to, span)?;
                    run.kept += count;
                    run.touched |= touched;
                }
            }
        }
        let Run { kept, added, touched, span, .. } = run;
        // What counts as torn depends on the number of words.
        if kept == 0 || kept * 2 < words || words < range.len() {
            return None;
        }
        let moved = self.is_moved(&range);
        if !touched && kept == words && added == 0 {
            return Some(Carried::Kept { span, moved });
        }
        let score = (kept as f64 / (words + added) as f64).min(0.99);
        Some(Carried::Changed { span, moved, words, kept, score, others: Vec::new() })
    }

    /// Adds the next that stands to a run; `None` when it is out of order, or
    /// more than `far` words away.
    fn goes_on(&self, run: &mut Run, far: usize, word: u32, span: Range<usize>) -> Option<()> {
        if run.kept == 0 {
            run.span = span.clone();
        } else {
            let apart = word.checked_sub(run.word)?;
            if span.start < run.start || apart as usize > far + 1 {
                return None;
            }
            if apart > 1 {
                run.added += self.foreign(run.word, word);
            }
            run.span.end = run.span.end.max(span.end);
        }
        (run.word, run.start) = (word, span.start);
        Some(())
    }

    fn halves_from(&self, start: usize) -> &[Half] {
        &self.halves[self.halves.partition_point(|h| (h.old.start as usize) < start)..]
    }

    /// What still stands of some words, in order, and how many words the place
    /// has, halves of broken ones counted by themselves.
    fn standing(&self, range: Range<usize>, place: &Range<usize>) -> (Vec<Standing>, usize) {
        let (olds, news) = (self.old_text().words(), self.new_text().words());
        let (mut out, mut words) = (Vec::with_capacity(range.len()), 0);
        for i in range {
            let word = &olds[i];
            let (start, end) = (word.start as usize, word.end as usize);
            let whole = place.start <= start && end <= place.end;
            let inside = |t: &Range<usize>| t.start < place.end && place.start < t.end;
            let count = match word.broken {
                true => tokens(self.old_text(), word).filter(inside).count(),
                false => 1,
            };
            let rank = words;
            words += count;
            let to = match self.to[i] {
                NONE => {
                    // A head that is printed elsewhere now is no lost word.
                    words -= if word.layout { count } else { 0 };
                    continue;
                }
                HALVES => {
                    for half in self.halves_from(start) {
                        let old = half.old.start as usize..half.old.end as usize;
                        if old.start >= end {
                            break;
                        }
                        // A nested head has halves of its own.
                        if inside(&old) && !(word.broken && self.in_nested(i, &old)) {
                            out.push(Standing {
                                rank,
                                old_word: i as u32,
                                new_word: half.word,
                                span: half.new.start as usize..half.new.end as usize,
                                count: 1,
                                touched: count > 1,
                            });
                        }
                    }
                    continue;
                }
                to => to,
            };
            let (new_word, touched) = (to & !TOUCHED, to & TOUCHED != 0);
            let new = &news[new_word as usize];
            let span = match whole {
                true => new.start as usize..new.end as usize,
                false => self.part(word, new, place.start.max(start)..place.end.min(end)),
            };
            out.push(Standing { rank, old_word: i as u32, new_word, span, count, touched });
        }
        (out, words)
    }

    /// Whether the bytes are those of a head inside the broken word `i`.
    fn in_nested(&self, i: usize, old: &Range<usize>) -> bool {
        let words = self.old_text().words();
        let later = words[i + 1..].iter().take_while(|w| (w.start as usize) < old.end);
        later.into_iter().any(|w| w.start as usize == old.start)
    }

    /// The part of the word `new` that is the bytes `part` of the word `old`,
    /// by counting letters: both have the same.
    fn part(&self, old: &Word, new: &Word, part: Range<usize>) -> Range<usize> {
        let (from, to) = (new.start as usize, new.end as usize);
        let (o, n) = (text(self.old_text(), old), text(self.new_text(), new));
        let at = part.start - old.start as usize..part.end - old.start as usize;
        if o == n {
            return from + at.start..from + at.end;
        }
        let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
        let (before, after) = (letters(&o[..at.start]), letters(&o[at.end..]));
        let skipped = |mut left: usize, chars: &mut dyn Iterator<Item = (usize, char)>| {
            for (i, c) in chars {
                if left == 0 {
                    return Some((i, c));
                }
                left -= usize::from(c.is_alphanumeric());
            }
            None
        };
        let start = skipped(before, &mut n.char_indices()).map_or(0, |(i, _)| i);
        let end = skipped(after, &mut n.char_indices().rev());
        let end = end.map_or(n.len(), |(i, c)| i + c.len_utf8());
        // What stands at a break belongs to the half before it.
        let start = match before {
            0 => start,
            _ => {
                let rest = n[start..].find(char::is_alphanumeric);
                rest.map_or(start, |skip| start + skip)
            }
        };
        from + start.min(end)..from + end.max(start).min(to - from)
    }

    /// Whether some words that stand are tied to their place: a run of three
    /// of them, or the neighbours of the place on both sides near them.
    fn is_tied(&self, range: &Range<usize>, part: &[Standing]) -> bool {
        let run = part.windows(3).any(|w| {
            w[1].old_word == w[0].old_word + 1
                && w[2].old_word == w[1].old_word + 1
                && w[1].new_word == w[0].new_word + 1
                && w[2].new_word == w[1].new_word + 1
        });
        if run {
            return true;
        }
        let stands = |i: usize| match self.to[i] {
            NONE | HALVES => None,
            n => Some((n & !TOUCHED) as usize),
        };
        let before = (range.start.saturating_sub(4)..range.start).rev().find_map(stands);
        let after = (range.end..(range.end + 4).min(self.to.len())).find_map(stands);
        let (first, last) = (part[0].new_word as usize, part[part.len() - 1].new_word as usize);
        let room = 2 * range.len() + 8;
        before.is_some_and(|b| b < first)
            && after.is_some_and(|a| last < a)
            && after.unwrap_or(0) - before.unwrap_or(0) <= room
    }

    /// New words between two, heads left out.
    fn foreign(&self, one: u32, other: u32) -> usize {
        let (from, to) = (one as usize + 1, other as usize);
        if to > from + SMALL {
            return to - from;
        }
        let words = self.new_text().words().get(from..to).unwrap_or_default();
        words.iter().filter(|w| !w.layout).count()
    }

    fn is_moved(&self, range: &Range<usize>) -> bool {
        let at = self.moved.partition_point(|m| m.end as usize <= range.start);
        self.moved.get(at).is_some_and(|m| (m.start as usize) < range.end)
    }

    fn carry_gap(&self, at: usize) -> Carried {
        let (olds, news) = (self.old_text().words(), self.new_text().words());
        let next = olds.partition_point(|w| (w.start as usize) < at);
        let stands = |i: usize| match self.to.get(i) {
            Some(&n) if n < HALVES => Some((n & !TOUCHED) as usize),
            _ => None,
        };
        let before = next.checked_sub(1).and_then(stands);
        let after = stands(next);
        let place = match (before, after) {
            (Some(b), Some(a)) if a == b + 1 => {
                // As near to the word before, or to the one after, as it was.
                let near_before = olds[next - 1].end as usize >= at;
                if near_before { news[b].end } else { news[a].start }
            }
            (None, Some(0)) if next == 0 => news[0].start,
            (Some(b), None) if next == olds.len() && b + 1 == news.len() => news[b].end,
            _ => return Carried::Lost,
        } as usize;
        Carried::Kept { span: place..place, moved: next > 0 && self.is_moved(&(next - 1..next)) }
    }
}

fn span(part: &[Standing]) -> Range<usize> {
    let start = part.iter().map(|s| s.span.start).min().unwrap_or(0);
    start..part.iter().map(|s| s.span.end).max().unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The short way gives what the long one gives.
        #[test]
        fn plain_places_are_carried_as_all_are(
            old in "([a-d]{1,2}(-\n| |, |\n\n|\n\nHEAD\n )){0,30}",
            new in "([a-d]{1,2}(-\n| |, |\n\n|\n\nHEAD\n )){0,30}",
            same in any::<bool>(),
            at in any::<[prop::sample::Index; 4]>(),
        ) {
            let new = if same {
                // Some words of the old text gone, some new ones put in.
                let (x, y) = (at[2].index(old.len() + 1), at[3].index(old.len() + 1));
                let tail = &old[x.max(y)..];
                format!("{}{} {tail}", &old[..x.min(y)], &new[..new.len() / 3])
            } else {
                new
            };
            let (a, b) = (View::of(old), View::of(new));
            let carrier = Carrier::between(&a, &b);
            let (x, y) = (at[0].index(a.source().len() + 1), at[1].index(a.source().len() + 1));
            let place = x.min(y)..x.max(y);
            let range = a.words_in(place.clone());
            if !place.is_empty() && let Some(carried) = carrier.plainly(range.clone(), &place) {
                prop_assert_eq!(carried, carrier.by_parts(range, &place));
            }
        }
    }
}
