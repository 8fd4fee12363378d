//! `locate`: where words stand that a reader typed, or that were quoted from
//! another text. Many at once: see `quotations`.

use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use crate::anchor::{Candidate, Carried, Carrier, Locator, Order, Resolution, Stood, Verbatim};
use crate::text::View;

use super::archive::Archive;
use super::place::lines_of;
use super::{DeskError, ListItem, Listed, resolve};

/// A text in which words are looked for, opened once for many quotations.
pub struct Searched {
    name: String,
    view: Rc<View>,
}

/// Where a quotation stands.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Located {
    /// What the line of a batch was called by, given back as it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<serde_json::Value>,
    /// The outcome.
    pub resolution: Outcome,
    /// So many of its words are gone that it should be looked at.
    pub damaged: bool,
    /// First byte of the stored text; null unless one place is named.
    pub start: Option<usize>,
    /// End byte, exclusive.
    pub end: Option<usize>,
    /// First line, from 1.
    pub line_start: Option<usize>,
    /// Last line.
    pub line_end: Option<usize>,
    /// How well it fits, 0 to 1; 1 means equal in the reading view.
    pub score: f64,
    /// Other places, or the nearest ones when none is named.
    pub candidates: Vec<LocatedCandidate>,
    /// What settled it where the words alone did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_by: Option<SettledBy>,
    /// The text, `M@1` or the file's path.
    #[serde(rename = "in")]
    pub within: String,
}

/// A place that fits less well, or as well as another.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LocatedCandidate {
    /// First byte.
    pub start: usize,
    /// End byte, exclusive.
    pub end: usize,
    /// First line, from 1.
    pub line_start: usize,
    /// Last line.
    pub line_end: usize,
    /// How well it fits, 0 to 1.
    pub score: f64,
    /// The words there, as read, at most 120 characters.
    pub text: String,
}

/// What settles a place beside the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SettledBy {
    /// The other quotations of the batch, taken from the same text: their order.
    Neighbours,
}

/// How a quotation was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Equal in the reading view, at one place.
    Exact,
    /// Equal, at another place than where it was made.
    Moved,
    /// Nearly equal, at one place, with no rival.
    Fuzzy,
    /// At several places.
    Ambiguous,
    /// Nowhere.
    Lost,
    /// The text is not supplied.
    Withheld,
}

impl Searched {
    /// Opens a text of the archive, `M` or `M@2`.
    ///
    /// # Errors
    /// When there is no such text.
    pub fn in_archive(archive: &Archive, address: &str) -> Result<Self, DeskError> {
        let opened = resolve::whole_text(archive, address, "name one: M or M@2")?;
        let (view, name) = (opened.shared_view(), opened.name);
        Ok(Self { name, view })
    }

    /// Opens the newest revision of every text of the archive that is supplied.
    ///
    /// # Errors
    /// When there is none, or one cannot be opened.
    pub fn all_of(archive: &Archive) -> Result<Vec<Self>, DeskError> {
        let mut out = Vec::new();
        for item in super::list(archive, Listed::Texts)?.items {
            if let ListItem::Text(t) = item
                && !t.revisions.is_empty()
            {
                match Self::in_archive(archive, &t.siglum) {
                    Ok(text) => out.push(text),
                    Err(e) if e.code == "withheld" => {}
                    Err(e) => return Err(e),
                }
            }
        }
        match out.is_empty() {
            true => Err(DeskError::not_found("no-texts", "this archive supplies no text yet")
                .hint("variorum add FILE --siglum M")),
            false => Ok(out),
        }
    }

    /// Takes the text of a plain file.
    ///
    /// # Errors
    /// When it is no text.
    pub fn plain(name: &str, bytes: Vec<u8>) -> Result<Self, DeskError> {
        let text = super::diff::plain_text(name, bytes)?;
        Ok(Self { name: name.to_string(), view: Rc::new(View::of(text)) })
    }

    /// The plain files of the text that quotations were taken from and of the
    /// one they are looked for in, both read at once on two cores.
    ///
    /// # Errors
    /// When one is no text.
    pub fn plain_pair(old: (&str, Vec<u8>), new: (&str, Vec<u8>)) -> Result<[Self; 2], DeskError> {
        let read = |(name, bytes): (&str, Vec<u8>)| -> Result<View, DeskError> {
            let view = View::of(super::diff::plain_text(name, bytes)?);
            // What a comparison of the two needs.
            view.vocabulary();
            Ok(view)
        };
        let names = [old.0, new.0].map(str::to_string);
        let (a, b) = std::thread::scope(|s| {
            let other = s.spawn(|| read(old));
            let one = read(new);
            (other.join().unwrap_or_else(|p| std::panic::resume_unwind(p)), one)
        });
        let [first, second] = names;
        let of = |name, view| Self { name, view: Rc::new(view) };
        Ok([of(first, a?), of(second, b?)])
    }

    /// Ready for any number of quotations.
    pub fn locator(&self) -> Quotations<'_> {
        Quotations { name: &self.name, locator: Locator::new(&self.view), origin: None }
    }

    /// Ready for any number of quotations that were taken from the text `old`:
    /// the two texts are compared once, and places of the one carried into the
    /// other.
    pub fn locator_from<'v>(&'v self, old: &'v Searched) -> Quotations<'v> {
        let carrier = Carrier::between(&*old.view, &*self.view);
        self.with_origin(Origin::of(old), carrier)
    }

    pub(super) fn with_origin<'v>(
        &'v self,
        origin: Origin<'v>,
        carrier: Carrier<&'v View>,
    ) -> Quotations<'v> {
        let origin = Some((origin, carrier));
        Quotations { name: &self.name, locator: Locator::new(&self.view), origin }
    }

    pub(super) fn view(&self) -> &View {
        &self.view
    }
}

/// Where words stand in several texts.
pub struct Sought {
    /// In the text that has them; else in the one that comes nearest.
    pub best: Located,
    /// How many other texts have them too.
    pub others: usize,
}

/// Looks a quotation up in several texts; with `from`, by way of the text that
/// it was taken from.
///
/// # Errors
/// When the quotation is empty.
pub fn seek(texts: &[Searched], from: Option<&Searched>, quote: &str) -> Result<Sought, DeskError> {
    if quote.trim().is_empty() {
        return Err(DeskError::usage("quotation-empty", "the quotation is empty")
            .hint("give the words as they stand in the text"));
    }
    let locator = |t: &'_ Searched| match from {
        Some(from) => t.locator_from(from).locate(quote),
        None => t.locator().locate(quote),
    };
    let mut found: Vec<Located> = texts.iter().map(locator).collect();
    // Of several texts the one that has the words; else the best that is near.
    found.sort_by(|a, b| rank(a).cmp(&rank(b)).then(b.score.total_cmp(&a.score)));
    let has = |l: &&Located| matches!(l.resolution, Outcome::Exact | Outcome::Ambiguous);
    let others = found.iter().skip(1).filter(has).count();
    match found.into_iter().next() {
        Some(best) => Ok(Sought { best, others }),
        None => Err(DeskError::not_found("no-texts", "there is no text to look in")),
    }
}

fn rank(l: &Located) -> u8 {
    match l.resolution {
        Outcome::Exact => 0,
        Outcome::Ambiguous => 1,
        Outcome::Moved => 2,
        Outcome::Fuzzy => 3,
        Outcome::Lost | Outcome::Withheld => 4,
    }
}

/// What is looked for: words as typed, or a selector that was stored.
#[derive(Debug, Clone, Default)]
pub struct Asked<'q> {
    /// The words.
    pub quote: Cow<'q, str>,
    /// What stood before them; may be empty.
    pub prefix: Cow<'q, str>,
    /// What stood after them; may be empty.
    pub suffix: Cow<'q, str>,
    /// First byte, in the text they were taken from.
    pub start: Option<usize>,
    /// The same as it was given, in whatever unit.
    pub stood: Option<usize>,
}

impl Asked<'_> {
    /// The same, for longer than its line.
    pub(super) fn owned(self) -> Asked<'static> {
        Asked {
            quote: self.quote.into_owned().into(),
            prefix: self.prefix.into_owned().into(),
            suffix: self.suffix.into_owned().into(),
            start: self.start,
            stood: self.stood,
        }
    }
}

/// The text that quotations were taken from.
pub(super) struct Origin<'v> {
    verbatim: Verbatim<'v>,
    locator: Locator<'v>,
}

impl<'v> Origin<'v> {
    pub fn of(text: &'v Searched) -> Self {
        Self { verbatim: Verbatim::of(text.view.source()), locator: Locator::new(&text.view) }
    }

    /// Where the words stood.
    pub fn place(&self, asked: &Asked<'_>) -> Resolution {
        let Asked { quote, prefix, suffix, start, .. } = asked;
        match self.verbatim.place(quote, prefix, suffix, *start) {
            Some(span) => Resolution::Exact(span),
            None => self.locator.locate_near(quote, prefix, suffix, *start),
        }
    }
}

/// Looks quotations up in one text.
pub struct Quotations<'v> {
    name: &'v str,
    locator: Locator<'v>,
    origin: Option<(Origin<'v>, Carrier<&'v View>)>,
}

impl Quotations<'_> {
    /// Where `quote` stands.
    pub fn locate(&self, quote: &str) -> Located {
        self.locate_asked(&Asked { quote: quote.into(), ..Asked::default() })
    }

    /// Where the words of a selector stand; by way of the text they were taken
    /// from, where that is at hand.
    pub fn locate_asked(&self, asked: &Asked<'_>) -> Located {
        match &self.origin {
            Some((origin, _)) => self.carried(asked, &origin.place(asked)),
            None => self.searched(asked),
        }
    }

    /// The answer for words that stood there in the text they were taken from.
    pub(super) fn carried(&self, asked: &Asked<'_>, stood: &Resolution) -> Located {
        let Some((_, carrier)) = &self.origin else { return self.searched(asked) };
        match stood {
            Resolution::Exact(span) | Resolution::Moved(span) => self.carried_over(span.clone()),
            Resolution::Fuzzy { span, score, .. } => {
                let mut out = self.carried_over(span.clone());
                if out.start.is_some() {
                    out.resolution = Outcome::Fuzzy;
                    out.score *= score;
                }
                out
            }
            // Whichever of them was meant, it stands at one of these places.
            Resolution::Ambiguous { places, .. } => {
                let mut out = self.nothing();
                for place in places {
                    match carrier.carry(place.span.clone()) {
                        Carried::Kept { span, .. } => {
                            out.candidates.push(self.candidate(Candidate { span, score: 1.0 }));
                        }
                        Carried::Changed { span, score, .. } => {
                            out.candidates.push(self.candidate(Candidate { span, score }));
                        }
                        Carried::Lost => {}
                    }
                }
                if !out.candidates.is_empty() {
                    out.resolution = Outcome::Ambiguous;
                    out.score = out.candidates.iter().map(|c| c.score).fold(0.0, f64::max);
                }
                out
            }
            // Not quoted from there after all.
            Resolution::Lost { .. } => self.searched(asked),
        }
    }

    /// The answer for the words at a place of the text they were taken from.
    pub(super) fn carried_over(&self, place: Range<usize>) -> Located {
        let mut out = self.nothing();
        let Some((_, carrier)) = &self.origin else { return out };
        match carrier.carry(place) {
            Carried::Kept { span, moved } => {
                out.resolution = if moved { Outcome::Moved } else { Outcome::Exact };
                out.score = 1.0;
                self.stands(&mut out, span);
            }
            Carried::Changed { span, words, kept, score, others, .. } => {
                out.resolution = Outcome::Fuzzy;
                out.score = score;
                out.damaged = kept * 2 < words;
                out.candidates = others.into_iter().map(|c| self.candidate(c)).collect();
                self.stands(&mut out, span);
            }
            Carried::Lost => {}
        }
        out
    }

    fn nothing(&self) -> Located {
        Located {
            id: None,
            resolution: Outcome::Lost,
            damaged: false,
            start: None,
            end: None,
            line_start: None,
            line_end: None,
            score: 0.0,
            candidates: Vec::new(),
            settled_by: None,
            within: self.name.to_string(),
        }
    }

    fn stands(&self, out: &mut Located, span: Range<usize>) {
        let (a, b) = lines_of(self.locator.view(), &span);
        out.start = Some(span.start);
        out.end = Some(span.end);
        out.line_start = Some(a);
        out.line_end = Some(b);
    }

    /// The answer where only this text is at hand.
    fn searched(&self, asked: &Asked<'_>) -> Located {
        self.told(asked, self.search(asked))
    }

    /// What a search of this text alone gives.
    pub(super) fn search(&self, asked: &Asked<'_>) -> Resolution {
        let Asked { quote, prefix, suffix, start, .. } = asked;
        self.locator.locate_near(quote, prefix, suffix, *start)
    }

    /// The answer for what was found, unless the order of the others settles it.
    pub(super) fn in_order(
        &self,
        asked: &Asked<'_>,
        found: Resolution,
        order: Option<&Order>,
    ) -> Located {
        let settled = order.zip(asked.stood).and_then(|(order, start)| {
            let stood =
                Stood { quote: &asked.quote, around: [&asked.prefix, &asked.suffix], start };
            self.locator.settled(order, stood, &found)
        });
        let settled_by = settled.as_ref().map(|_| SettledBy::Neighbours);
        Located { settled_by, ..self.told(asked, settled.unwrap_or(found)) }
    }

    fn told(&self, asked: &Asked<'_>, found: Resolution) -> Located {
        let mut out = self.nothing();
        let quote = &asked.quote;
        match found {
            Resolution::Exact(span) => {
                out.resolution = Outcome::Exact;
                out.score = 1.0;
                self.stands(&mut out, span);
            }
            Resolution::Moved(span) => {
                out.resolution = Outcome::Moved;
                out.score = 1.0;
                self.stands(&mut out, span);
            }
            Resolution::Fuzzy { span, score, damaged, rivals } => {
                out.resolution = Outcome::Fuzzy;
                out.score = score;
                // Half of the words gone is more than a slip of memory.
                out.damaged = score < 0.5 || damaged * 2 > quote.split_whitespace().count();
                out.candidates = rivals.into_iter().map(|c| self.candidate(c)).collect();
                self.stands(&mut out, span);
            }
            Resolution::Ambiguous { places, .. } => {
                out.resolution = Outcome::Ambiguous;
                out.score = places.first().map_or(0.0, |c| c.score);
                out.candidates = places.into_iter().map(|c| self.candidate(c)).collect();
            }
            Resolution::Lost { nearest } => {
                out.candidates = nearest.into_iter().map(|c| self.candidate(c)).collect();
            }
        }
        out
    }

    fn candidate(&self, c: Candidate) -> LocatedCandidate {
        let view = self.locator.view();
        let (line_start, line_end) = lines_of(view, &c.span);
        let text = view.reading(c.span.clone()).chars().take(120).collect();
        LocatedCandidate {
            start: c.span.start,
            end: c.span.end,
            line_start,
            line_end,
            score: c.score,
            text,
        }
    }
}
