//! What the other quotations of a batch say about the place of one.
//!
//! Quotations that were taken from one text, and say where they stood in it,
//! stand in the new text in the same order, but for passages that moved. The
//! places that were found without doubt make a chain that increases in both
//! texts (the longest one, [`longest_order`]), and its links say
//!
//! - where a quotation between two of them should stand;
//! - which bytes of the old text a place of the new one was before: a place whose
//!   surroundings are all there, with nothing put in, was another's. The words
//!   stand there a second time; they did not move there.
//!
//! This settles what the words leave open, and is told in the answer as such:
//! of twins the one that stands in its order; where nothing is in its order and
//! the place found was another's, nothing. In the window between the links, half
//! of the words suffice, and two fifths with those round them. A passage that
//! moved to a place which was nobody's stays found.
//!
//! The chain counts only where it holds [`AGREE`] of the places found: else the
//! quotations are not of one text, or their positions say nothing.

use std::ops::Range;

use super::locate::{Candidate, Locator, Resolution};
use super::surrounded::Judged;
use crate::text::longest_order;

/// Fewer places than this say nothing.
const FEWEST: usize = 16;
/// Share of the places that must be in order.
const AGREE: f64 = 0.7;
/// Bytes by which a place may be out of order: an edge that was changed.
const SLACK: usize = 48;
/// Links further apart than this, in bytes, say nothing about what is between.
const FAR: usize = 16 << 10;

/// Places found, in order: first byte in the old text (in whatever unit), and
/// in the new one.
#[derive(Debug)]
pub struct Order {
    links: Vec<(usize, usize)>,
    /// Bytes of the new text for one of the old.
    growth: f64,
}

/// A selector with what stood round it, and where it stood.
#[derive(Debug, Clone, Copy)]
pub struct Stood<'q> {
    /// The words.
    pub quote: &'q str,
    /// What stood before and after them.
    pub around: [&'q str; 2],
    /// Where they began in the old text, in the unit of the [`Order`].
    pub start: usize,
}

impl Order {
    /// From where quotations began in the old text, and in the new one. `None`
    /// where they are too few, or do not agree.
    pub fn of(mut places: Vec<(usize, usize)>) -> Option<Self> {
        places.sort_unstable();
        places.dedup();
        let news: Vec<usize> = places.iter().map(|(_, new)| *new).collect();
        let in_order = longest_order(&news);
        let links: Vec<(usize, usize)> =
            places.iter().zip(in_order).filter(|(_, kept)| *kept).map(|(p, _)| *p).collect();
        if links.len() < FEWEST || (links.len() as f64) < AGREE * places.len() as f64 {
            return None;
        }
        let mut growths: Vec<f64> = links
            .windows(FEWEST)
            .filter(|w| w[FEWEST - 1].0 > w[0].0)
            .map(|w| {
                let (from, to) = (w[0], w[FEWEST - 1]);
                (to.1 - from.1) as f64 / (to.0 - from.0) as f64
            })
            .collect();
        // What was cut or put in somewhere is no growth elsewhere.
        growths.sort_unstable_by(f64::total_cmp);
        let growth = growths.get(growths.len() / 2).copied().unwrap_or(1.0);
        Some(Self { links, growth })
    }

    /// The bytes of the new text in which words should begin that began at
    /// `old`; `None` where the links are too far apart to say.
    fn window(&self, old: usize) -> Option<Range<usize>> {
        let before = self.links[..self.links.partition_point(|l| l.0 <= old)].last()?;
        let after = self.links.get(self.links.partition_point(|l| l.0 < old))?;
        let (from, to) = (before.1.saturating_sub(SLACK), after.1.max(before.1) + SLACK);
        (to - from <= FAR).then_some(from..to)
    }

    /// Whether the bytes `new` were other words of the old text than those that
    /// began at `old`.
    fn was_anothers(&self, new: &Range<usize>, old: usize) -> bool {
        let before = self.links[..self.links.partition_point(|l| l.1 <= new.start)].last();
        let after = self.links.get(self.links.partition_point(|l| l.1 < new.end));
        let (Some(before), Some(after)) = (before, after) else { return false };
        let (olds, news) = (after.0.saturating_sub(before.0), after.1.saturating_sub(before.1));
        // With so much put in between, this may be it.
        let more = news as f64 - self.growth * olds as f64;
        // An edge that was changed may put words before those that followed them.
        let own = before.0 <= old + SLACK && old <= after.0 + SLACK;
        news <= FAR && !own && more < new.len() as f64 / 2.0
    }
}

impl Locator<'_> {
    /// What the order says about a quotation that was looked for with the
    /// outcome `found`: another outcome, or `None` where it stays.
    pub fn settled(
        &self,
        order: &Order,
        stood: Stood<'_>,
        found: &Resolution,
    ) -> Option<Resolution> {
        let window = order.window(stood.start)?;
        let anothers = |span: &Range<usize>| order.was_anothers(span, stood.start);
        let inside = |span: &Range<usize>| window.contains(&span.start) && !anothers(span);
        let one = match found {
            Resolution::Exact(span) | Resolution::Moved(span) => Some((span, 1.0)),
            Resolution::Fuzzy { span, score, .. } => Some((span, *score)),
            _ => None,
        };
        match (one, found) {
            (Some((span, _)), _) if inside(span) => return None,
            (_, Resolution::Ambiguous { places, .. }) => {
                let mut here = places.iter().filter(|p| p.score >= 1.0 && inside(&p.span));
                match (here.next(), here.next()) {
                    (Some(place), None) => return Some(Resolution::Exact(place.span.clone())),
                    (Some(_), Some(_)) => return None,
                    _ => {}
                }
            }
            _ => {}
        }
        let here = match self.in_window(stood, &window, inside) {
            Ok(here) => here,
            Err(twins) => return Some(Resolution::Ambiguous { places: twins, more: false }),
        };
        match (here, one, found) {
            // Two places for it, and it may have moved: nobody can know.
            (Some(here), Some((span, score)), _) if !anothers(span) => {
                let own = Candidate { span: here.span.clone(), score: here.score() };
                let places = vec![Candidate { span: span.clone(), score }, own];
                Some(Resolution::Ambiguous { places, more: false })
            }
            (Some(here), ..) => Some(Resolution::Fuzzy {
                score: here.score(),
                damaged: here.damaged(),
                span: here.span,
                rivals: Vec::new(),
            }),
            (None, Some((span, score)), _) if anothers(span) => {
                Some(Resolution::Lost { nearest: Some(Candidate { span: span.clone(), score }) })
            }
            (None, None, Resolution::Ambiguous { places, more: false })
                if places.iter().all(|p| anothers(&p.span)) =>
            {
                Some(Resolution::Lost { nearest: places.first().cloned() })
            }
            _ => None,
        }
    }
}

impl Locator<'_> {
    /// The place in a window where half of a selector stands, if there is one;
    /// the places, where there are two.
    fn in_window(
        &self,
        stood: Stood<'_>,
        window: &Range<usize>,
        inside: impl Fn(&Range<usize>) -> bool,
    ) -> Result<Option<Judged>, Vec<Candidate>> {
        let Stood { quote, around, .. } = stood;
        let fits = |within: Range<usize>| {
            let judged = self.judged_within(quote, around, within)?;
            judged.is_likely().then_some(judged)
        };
        let end = window.end + quote.len() * 3 / 2 + 2 * SLACK;
        let mut here = fits(window.start..end);
        // Words of what follows may look more like it.
        if let Some(after) = here.as_ref().filter(|j| j.span.start >= window.end) {
            here = fits(window.start..after.span.start - 1);
        }
        let Some(here) = here.filter(|j| inside(&j.span)) else { return Ok(None) };
        let others = [window.start..here.span.start.saturating_sub(1), here.span.end + 1..end];
        let others = others.into_iter().filter(|o| o.start < o.end);
        let mut twins = others.filter_map(fits).filter(|j| inside(&j.span));
        match twins.find(|j| j.same * 10 >= here.same * 7) {
            Some(twin) => Err([here, twin].iter().map(Judged::candidate).collect()),
            None => Ok(Some(here)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::View;

    /// Forty paragraphs of words of their own; every paragraph begins `name`.
    fn paragraph(n: usize) -> String {
        format!(
            "Ferry {n} left quay{n} with cargo{n} under captain{n} for harbour{n} at hour{n}.\n\n"
        )
    }

    const TWIN: &str = "The pilots agreed on the charter of the guild at last.\n\n";

    /// A book with the same sentence after paragraphs 10 and 30, or as `with`
    /// says; and where each paragraph begins.
    fn book(with: [&str; 2]) -> (String, Vec<(usize, usize)>) {
        let (mut text, mut starts) = (String::new(), Vec::new());
        for n in 0..40 {
            starts.push((n, text.len()));
            text += &paragraph(n);
            text += if n == 10 { with[0] } else { "" };
            text += if n == 30 { with[1] } else { "" };
        }
        (text, starts)
    }

    fn ask(new: [&str; 2], which: usize) -> Option<Resolution> {
        let (old, starts) = book([TWIN, TWIN]);
        let (text, places) = book(new);
        let links = starts.iter().zip(&places).map(|(o, n)| (o.1, n.1)).collect();
        let order = Order::of(links).unwrap();
        let quote = TWIN.trim();
        let start = old.match_indices(quote).nth(which).unwrap().0;
        let view = View::of(text);
        let locator = Locator::new(&view);
        let found = locator.locate_near(quote, "", "", None);
        locator.settled(&order, Stood { quote, around: ["", ""], start }, &found)
    }

    #[test]
    fn of_twins_the_one_that_stands_in_its_order() {
        let (text, _) = book([TWIN, TWIN]);
        let places: Vec<usize> = text.match_indices(TWIN).map(|m| m.0).collect();
        for which in [0, 1] {
            let span = places[which]..places[which] + TWIN.trim().len();
            assert_eq!(ask([TWIN, TWIN], which), Some(Resolution::Exact(span)));
        }
    }

    #[test]
    fn an_edited_passage_stands_where_it_stood_and_not_at_its_twin() {
        let edited = "The pilots agreed on a charter of their guild, at last.\n\n";
        let (text, _) = book([edited, TWIN]);
        let at = text.find("The pilots").unwrap();
        match ask([edited, TWIN], 0) {
            Some(Resolution::Fuzzy { span, .. }) => assert_eq!(span.start, at),
            other => panic!("{other:?}"),
        }
        // The other one is where it should be.
        assert_eq!(ask([edited, TWIN], 1), None);
    }

    #[test]
    fn a_passage_that_was_cut_is_lost_and_one_that_moved_is_not() {
        assert!(matches!(ask(["", TWIN], 0), Some(Resolution::Lost { nearest: Some(_) })));
        // All of it stands at the end of paragraph 30, where two were put in.
        let twice = format!("{TWIN}The tide turned.\n\n{TWIN}");
        let (old, starts) = book([TWIN, ""]);
        let (text, places) = book(["", &twice]);
        let order = Order::of(starts.iter().zip(&places).map(|(o, n)| (o.1, n.1)).collect());
        let at = text.find(TWIN).unwrap();
        let found = Resolution::Exact(at..at + TWIN.trim().len());
        let view = View::of(text);
        let (quote, start) = (TWIN.trim(), old.find(TWIN).unwrap());
        let stood = Stood { quote, around: ["", ""], start };
        assert_eq!(Locator::new(&view).settled(&order.unwrap(), stood, &found), None);
    }

    #[test]
    fn places_that_do_not_agree_say_nothing() {
        let backwards = (0..100).map(|n| (n, 100 - n)).collect();
        assert!(Order::of(backwards).is_none());
        assert!(Order::of((0..10).map(|n| (n, n)).collect()).is_none());
        assert!(Order::of(Vec::new()).is_none());
        let astray = |n: usize| (n, if n.is_multiple_of(7) { n + 30 } else { n });
        assert!(Order::of((0..100).map(astray).collect()).is_some());
    }
}
