//! Aligns the words of a quotation with the words of a stretch of text: edit
//! distance over words (Needleman-Wunsch; free ends on the text's side, so
//! Sellers 1980), where a word that is nearly the same costs less than
//! another word. Where costs are equal a changed word is preferred to a
//! dropped one, so that a changed first or last word still marks the end of
//! the span; but before that the alignment that finds the most words as they are.
//!
//! Words of the quotation times words of the stretch, in a band for long ones.
//! Words are told apart by a hash, and by their first and last letters.

use crate::text::atoms::hash;

/// Cost of a word of the text that is not in the quotation.
const ADDED: u32 = 20;
/// Cost of a word of the quotation that is changed or dropped: one more, so
/// that of equal costs those with more words found win.
const WHOLE: u32 = ADDED + 1;
/// Cost of a word that is nearly the same.
const NEAR: u32 = 9;

/// A word, with what tells it from most others at a glance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key<'t> {
    pub letters: &'t [u8],
    pub hash: u32,
    ends: [u8; 2],
}

impl<'t> Key<'t> {
    /// Of a word that has letters.
    pub fn of(letters: &'t [u8]) -> Self {
        let ends = [letters[0], letters[letters.len() - 1]];
        Self { letters, hash: hash(letters) as u32, ends }
    }

    pub fn is(&self, other: &Self) -> bool {
        self.hash == other.hash && self.letters == other.letters
    }

    /// Words with no end in common are neither the same nor near.
    #[inline]
    fn may_be(&self, other: &Self) -> bool {
        self.ends[0] == other.ends[0] || self.ends[1] == other.ends[1]
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Alignment {
    /// First and last text word (inclusive), as indexes into the stretch.
    pub first: usize,
    pub last: usize,
    /// The words at the two ends are those of the quotation.
    pub first_same: bool,
    pub last_same: bool,
    /// The words at the two ends stand for the first and last of the
    /// quotation, the same or not.
    pub first_quoted: bool,
    pub last_quoted: bool,
    /// Words of the quotation found as they are.
    pub same: usize,
    /// Words found with another spelling.
    pub near: usize,
    /// Words that stand in the text instead of, or between, those of the
    /// quotation.
    pub changed: usize,
    pub dropped: usize,
    pub added: usize,
    /// Letters (bytes) of the words found as they are.
    pub same_letters: usize,
    pub cost: u32,
    /// Words found as they are: index in the quotation, index in the stretch.
    pub pairs: Vec<(usize, usize)>,
    /// Words that stand for another, by the same indexes.
    pub others: Vec<(usize, usize)>,
}

impl Alignment {
    /// A word that was taken for another turned out to be there.
    pub fn count_as_same(&mut self, letters: usize) {
        self.same += 1;
        self.same_letters += letters;
        match self.changed {
            0 => self.near = self.near.saturating_sub(1),
            n => self.changed = n - 1,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Same,
    Near,
    Changed,
    /// A word of the quotation is not in the text.
    Dropped,
    /// A word of the text is not in the quotation.
    Added,
    Start,
}

/// The cheapest alignment of all of `quote` with some run of `text`; `None`
/// when either is empty, or nothing of the quotation is found.
pub(super) fn align(quote: &[Key<'_>], text: &[Key<'_>], band: usize) -> Option<Alignment> {
    let (n, m) = (quote.len(), text.len());
    if n == 0 || m == 0 {
        return None;
    }
    // Cell (i, j): i words of the quotation, j of the text. Row i spans the
    // columns around its own place, the quotation in the middle of the text.
    let band = band.max(8).min(m + 1);
    let width = (2 * band + 1).min(m + 1);
    let middle = |i: usize| if m > n { (m - n) / 2 + i } else { i * m / n };
    let low = |i: usize| middle(i).saturating_sub(band).min(m + 1 - width);
    let mut steps = vec![Step::Start; (n + 1) * width];
    const FAR: u32 = u32::MAX / 2;
    // By columns; what lies outside a row's band is far.
    let (mut above, mut row) = (vec![FAR; m + 1], vec![FAR; m + 1]);
    above[low(0)..low(0) + width].fill(0);
    for (q, i) in quote.iter().zip(1..) {
        let from = low(i);
        let steps = &mut steps[i * width..][..width];
        if from == 0 {
            (row[0], steps[0]) = (above[0] + WHOLE, Step::Dropped);
        } else {
            row[from - 1] = FAR;
        }
        // Every word for another, or dropped: without a branch.
        let first = from.max(1);
        let cells = from + width - first;
        let skip = first - from;
        let before = &above[first - 1..][..cells];
        for (((cell, step), up), diagonal) in row[first..]
            .iter_mut()
            .zip(&mut steps[skip..])
            .zip(&above[first..][..cells])
            .zip(before)
        {
            *cell = *up.min(diagonal) + WHOLE;
            *step = if diagonal <= up { Step::Changed } else { Step::Dropped };
        }
        // Then those that are the same, or near.
        let words = &text[first - 1..][..cells];
        for (k, (word, diagonal)) in words.iter().zip(before).enumerate() {
            if !q.may_be(word) {
                continue;
            }
            let (cost, kind) = match likeness(q, word) {
                Likeness::Same => (*diagonal, Step::Same),
                Likeness::Near => (diagonal + NEAR, Step::Near),
                Likeness::Other => continue,
            };
            if cost <= row[first + k] {
                (row[first + k], steps[skip + k]) = (cost, kind);
            }
        }
        // And words between.
        let mut last = if from == 0 { row[0] } else { FAR };
        for (cell, step) in row[first..][..cells].iter_mut().zip(&mut steps[skip..]) {
            if last + ADDED < *cell {
                (*cell, *step) = (last + ADDED, Step::Added);
            }
            last = *cell;
        }
        std::mem::swap(&mut above, &mut row);
    }
    let above = &above[low(n)..low(n) + width];
    // The last of equal ends: a changed word before a dropped one.
    let (k, &cost) = above.iter().enumerate().rev().min_by_key(|&(_, c)| *c)?;
    trace(quote, &steps, width, low, n, low(n) + k, cost)
}

fn trace(
    quote: &[Key<'_>],
    steps: &[Step],
    width: usize,
    low: impl Fn(usize) -> usize,
    n: usize,
    end: usize,
    cost: u32,
) -> Option<Alignment> {
    let mut a = Alignment {
        first: usize::MAX,
        last: 0,
        first_same: false,
        last_same: false,
        first_quoted: false,
        last_quoted: false,
        same: 0,
        near: 0,
        changed: 0,
        dropped: 0,
        added: 0,
        same_letters: 0,
        cost,
        pairs: Vec::new(),
        others: Vec::new(),
    };
    let (mut i, mut j) = (n, end);
    let mut met = false;
    while i > 0 {
        let step = steps[i * width + j - low(i)];
        if matches!(step, Step::Same | Step::Near | Step::Changed) {
            if !met {
                met = true;
                a.last = j - 1;
                a.last_quoted = i == n;
                a.last_same = step == Step::Same && i == n;
            }
            a.first = j - 1;
            a.first_quoted = i == 1;
            a.first_same = step == Step::Same && i == 1;
        }
        match step {
            Step::Same => {
                a.same += 1;
                a.same_letters += quote[i - 1].letters.len();
                a.pairs.push((i - 1, j - 1));
                (i, j) = (i - 1, j - 1);
            }
            Step::Near => {
                a.near += 1;
                a.others.push((i - 1, j - 1));
                (i, j) = (i - 1, j - 1);
            }
            Step::Changed => {
                a.changed += 1;
                a.others.push((i - 1, j - 1));
                (i, j) = (i - 1, j - 1);
            }
            Step::Dropped => {
                a.dropped += 1;
                i -= 1;
            }
            Step::Added => {
                a.added += 1;
                j -= 1;
            }
            Step::Start => return None,
        }
    }
    (a.same + a.near > 0).then_some(a)
}

#[derive(PartialEq, Eq, Debug)]
enum Likeness {
    Same,
    Near,
    Other,
}

/// Nearly the same: long enough to tell, and one letter wrong in four at most,
/// or one is the front or the back of the other (a broken word half quoted).
fn likeness(a: &Key<'_>, b: &Key<'_>) -> Likeness {
    if a.is(b) {
        return Likeness::Same;
    }
    let (a, b) = (a.letters, b.letters);
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < 4 || short.len() * 2 < long.len() || long.len() > 64 {
        return Likeness::Other;
    }
    let front = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let back = short.iter().rev().zip(long.iter().rev()).take_while(|(x, y)| x == y).count();
    if front == short.len() || back == short.len() {
        return Likeness::Near;
    }
    // What lies between the common ends is the most that can be wrong.
    let wrong = long.len() - (front + back).min(short.len());
    if wrong * 4 <= long.len() { Likeness::Near } else { Likeness::Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(q: &str, t: &str) -> Alignment {
        let words =
            |s: &'static str| s.split(' ').map(|w| Key::of(w.as_bytes())).collect::<Vec<_>>();
        let (q, t): (&'static str, &'static str) = (q.to_owned().leak(), t.to_owned().leak());
        align(&words(q), &words(t), 16).unwrap()
    }

    #[test]
    fn changed_ends_still_mark_the_span() {
        let a = run("x b c d y", "p q a b c d e r s");
        assert_eq!((a.first, a.last, a.same, a.changed), (2, 6, 3, 2));
        assert!(!a.first_same && !a.last_same);
        let a = run("b c e", "a b c d e f");
        assert_eq!((a.first, a.last, a.same, a.added), (1, 4, 3, 1));
        let a = run("b x c", "a b c d");
        assert_eq!((a.first, a.last, a.dropped), (1, 2, 1));
    }

    #[test]
    fn of_equal_costs_the_one_that_finds_more_words() {
        // A word put in before "the", another changed after it, one gone.
        let a = run("x b the c d e", "x b q the f e");
        assert_eq!((a.same, a.added, a.changed, a.dropped), (4, 1, 1, 1));
    }

    #[test]
    fn spelling() {
        let like = |a: &[u8], b: &[u8]| likeness(&Key::of(a), &Key::of(b));
        assert_eq!(like(b"karabakh", b"karabagh"), Likeness::Near);
        assert_eq!(like(b"settlement", b"ment"), Likeness::Other);
        assert_eq!(like(b"settlement", b"settle"), Likeness::Near);
        assert_eq!(like(b"the", b"tho"), Likeness::Other);
    }
}
