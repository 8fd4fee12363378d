//! `diff`: two revisions, or two plain files, word by word.

use std::fmt;
use std::ops::Range;
use std::panic::resume_unwind;
use std::rc::Rc;
use std::thread;

use schemars::JsonSchema;
use serde::ser::{Serialize, SerializeSeq, Serializer};

use crate::collate::{self, Change, ChangeKind, Diff, Typographic, TypographicKind};
use crate::import;
use crate::text::{ReadWord, View};

use super::archive::Archive;
use super::marked::{MarkedPassage, marked};
use super::{DeskError, resolve};

/// One side of a comparison.
pub struct Side {
    name: String,
    view: Rc<View>,
    file: bool,
    /// Language tag (BCP 47), where the archive tells one.
    language: Option<String>,
}

/// A plain file as one side of a comparison, read and ready; it may be made on
/// a thread of its own.
pub struct PlainSide {
    name: String,
    view: View,
}

// The words are read from the texts when they are asked for: a comparison of
// whole books has tens of thousands of changes, and most answers show few.
/// How two texts differ.
#[derive(Debug, Clone, serde::Serialize, JsonSchema)]
pub struct DiffAnswer<'s> {
    /// The older side: `M@1` or a path.
    pub old: String,
    /// The newer side.
    pub new: String,
    /// The bytes were compared and are equal.
    pub identical: bool,
    /// No word differs: only layout or typography does.
    pub same_words: bool,
    /// What differs, in the order of the texts.
    #[schemars(with = "Vec<DiffChange<'s>>")]
    pub changes: DiffChanges<'s>,
    /// Places where only layout or typography differs.
    pub typographic: usize,
    /// These places, in the order of the texts.
    #[schemars(with = "Vec<DiffTypographic<'s>>")]
    pub layer: DiffLayer<'s>,
    /// Counts of words.
    pub stats: DiffStats,
}

/// The changes of a comparison, told one by one.
#[derive(Clone)]
pub struct DiffChanges<'s> {
    views: Views<'s>,
    all: Vec<Change>,
}

/// The typographic differences of a comparison, told one by one.
#[derive(Clone)]
pub struct DiffLayer<'s> {
    views: Views<'s>,
    all: Vec<Typographic>,
}

/// One difference.
#[derive(Debug, Clone, serde::Serialize, JsonSchema)]
pub struct DiffChange<'s> {
    /// What happened.
    pub kind: Kind,
    /// The words of the older text.
    pub old: DiffSpan<'s>,
    /// The words of the newer text.
    pub new: DiffSpan<'s>,
    /// Up to eight words before it in the newer text, as read.
    #[schemars(with = "String")]
    pub before: DiffText<'s>,
    /// Up to eight words after it in the newer text, as read.
    #[schemars(with = "String")]
    pub after: DiffText<'s>,
    /// The changes inside moved words; empty for the other kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inner: Vec<DiffChange<'s>>,
}

/// The same word, printed otherwise.
#[derive(Debug, Clone, serde::Serialize, JsonSchema)]
pub struct DiffTypographic<'s> {
    /// In what way.
    pub kind: TypographicKind,
    /// The word in the older text.
    pub old: DiffSpan<'s>,
    /// The word in the newer text.
    pub new: DiffSpan<'s>,
}

/// What happened to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Other words stand there.
    Replace,
    /// Words came in.
    Insert,
    /// Words went out.
    Delete,
    /// Words stand elsewhere, perhaps with changes inside.
    Move,
}

/// Words of one side.
#[derive(Debug, Clone, serde::Serialize, JsonSchema)]
pub struct DiffSpan<'s> {
    /// First byte.
    pub start: usize,
    /// End byte, exclusive.
    pub end: usize,
    /// First line, from 1.
    pub line: usize,
    /// The words, as read.
    #[schemars(with = "String")]
    pub text: DiffText<'s>,
}

/// Words of a text as read on one line, paragraphs parted by a pilcrow.
#[derive(Clone)]
pub struct DiffText<'s> {
    view: &'s View,
    words: Range<usize>,
    /// Words of running heads are told too.
    heads: bool,
}

/// Counts of words.
#[derive(Debug, Clone, Copy, serde::Serialize, JsonSchema)]
pub struct DiffStats {
    /// Words of the older text.
    pub words_old: usize,
    /// Words of the newer text.
    pub words_new: usize,
    /// Words that went out or were replaced.
    pub deleted: usize,
    /// Words that came in or replace others.
    pub inserted: usize,
    /// Words that stand elsewhere.
    pub moved: usize,
}

/// Words of context around a change.
const CONTEXT: usize = 8;

impl Side {
    /// A revision of the archive.
    ///
    /// # Errors
    /// When there is no such text.
    pub fn in_archive(archive: &Archive, address: &str) -> Result<Self, DeskError> {
        let opened = resolve::whole_text(archive, address, "compare texts: M@1 M@2, or two files")?;
        let (view, language) = (opened.shared_view(), opened.source.record.language.clone());
        Ok(Self { name: opened.name, view, file: false, language })
    }

    /// A plain file.
    ///
    /// # Errors
    /// When it is no text.
    pub fn plain(name: &str, bytes: Vec<u8>) -> Result<Self, DeskError> {
        Ok(PlainSide::read(name, bytes)?.into())
    }

    /// The revision, or the path.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// How it is read.
    pub(super) fn view(&self) -> &Rc<View> {
        &self.view
    }

    /// The language that the archive tells of it, as a BCP 47 tag.
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Whether it is a plain file.
    pub(super) fn is_file(&self) -> bool {
        self.file
    }

    /// The stored text.
    pub fn text(&self) -> &str {
        self.view.source()
    }
}

/// The text of a plain file that need not be kept: an empty one is a text too.
pub(super) fn plain_text(name: &str, bytes: Vec<u8>) -> Result<String, DeskError> {
    if !bytes.is_empty() {
        import::read_text(&bytes).map_err(|e| {
            DeskError::usage("not-a-text", format!("{name}: {e}")).hint(
                "only texts in UTF-8 can be compared; convert it first, for instance with iconv",
            )
        })?;
    }
    Ok(String::from_utf8(bytes).expect("it was read as UTF-8"))
}

impl PlainSide {
    /// Reads the bytes of a file and cuts them into words.
    ///
    /// # Errors
    /// When it is no text.
    pub fn read(name: &str, bytes: Vec<u8>) -> Result<Self, DeskError> {
        let view = View::of(plain_text(name, bytes)?);
        view.vocabulary();
        Ok(Self { name: name.to_string(), view })
    }
}

impl From<PlainSide> for Side {
    fn from(side: PlainSide) -> Self {
        Self { name: side.name, view: Rc::new(side.view), file: true, language: None }
    }
}

/// Compares two texts.
pub fn diff<'s>(old: &'s Side, new: &'s Side) -> DiffAnswer<'s> {
    answer(old, new, compared(old, new))
}

/// Compares two texts, and gives the changed passages in full besides.
pub fn diff_passages<'s>(old: &'s Side, new: &'s Side) -> (DiffAnswer<'s>, Vec<MarkedPassage>) {
    let d = compared(old, new);
    let passages = marked(&old.view, &new.view, &d);
    (answer(old, new, d), passages)
}

/// Texts shorter than this are not worth a thread.
const LONG: usize = 1 << 16;

/// Compares two texts, on two threads where they are long: each text's words
/// are numbered on one, and while they are aligned, the other finds out how
/// broken words are read.
fn compared(old: &Side, new: &Side) -> Diff {
    let (old, new): (&View, &View) = (&old.view, &new.view);
    if old.source().len().min(new.source().len()) < LONG || old.source() == new.source() {
        return collate::diff(old, new);
    }
    thread::scope(|scope| {
        if !new.is_numbered() {
            let second = scope.spawn(|| new.vocabulary());
            old.vocabulary();
            if let Err(panic) = second.join() {
                resume_unwind(panic);
            }
        }
        scope.spawn(|| {
            new.prepare_reading();
            old.prepare_reading();
        });
        collate::diff(old, new)
    })
}

fn answer<'s>(old: &'s Side, new: &'s Side, d: Diff) -> DiffAnswer<'s> {
    let views = Views { old: &old.view, new: &new.view };
    DiffAnswer {
        old: old.name.clone(),
        new: new.name.clone(),
        identical: d.identical,
        same_words: d.same_words,
        changes: DiffChanges { views, all: d.changes },
        typographic: d.typographic.len(),
        layer: DiffLayer { views, all: d.typographic },
        stats: DiffStats {
            words_old: d.stats.words_old,
            words_new: d.stats.words_new,
            deleted: d.stats.deleted,
            inserted: d.stats.inserted,
            moved: d.stats.moved,
        },
    }
}

#[derive(Clone, Copy)]
struct Views<'s> {
    old: &'s View,
    new: &'s View,
}

/// Where the last word and line were found on one side: changes come in order.
#[derive(Default)]
struct Place {
    word: usize,
    line: usize,
}

impl Place {
    fn span<'s>(&mut self, view: &'s View, span: Range<usize>) -> DiffSpan<'s> {
        let first = view.word_near(span.start, &mut self.word);
        let last = if span.is_empty() { first } else { view.word_near(span.end, &mut self.word) };
        DiffSpan {
            start: span.start,
            end: span.end,
            line: view.lines().line_near(span.start, &mut self.line),
            text: DiffText { view, words: first..last, heads: false },
        }
    }
}

impl<'s> Views<'s> {
    fn change(self, c: &Change, old: &mut Place, new: &mut Place) -> DiffChange<'s> {
        let kind = match c.kind {
            ChangeKind::Replace => Kind::Replace,
            ChangeKind::Insert => Kind::Insert,
            ChangeKind::Delete => Kind::Delete,
            ChangeKind::Move => Kind::Move,
        };
        let was = old.span(self.old, c.old.range());
        let is = new.span(self.new, c.new.range());
        let (first, last) = (is.text.words.start, is.text.words.end);
        let to = (last + CONTEXT).min(self.new.words().len());
        let around = |words| DiffText { view: self.new, words, heads: false };
        DiffChange {
            kind,
            before: around(first.saturating_sub(CONTEXT)..first),
            after: around(last..to),
            old: was,
            new: is,
            inner: c.inner.iter().map(|c| self.change(c, old, new)).collect(),
        }
    }
}

impl<'s> DiffChanges<'s> {
    /// The changes, in the order of the newer text.
    pub fn iter(&self) -> impl Iterator<Item = DiffChange<'s>> {
        self.some(0..self.len())
    }

    /// Those of the changes that have these indexes.
    pub fn some(&self, range: Range<usize>) -> impl Iterator<Item = DiffChange<'s>> {
        let (mut old, mut new) = (Place::default(), Place::default());
        self.all[range].iter().map(move |c| self.views.change(c, &mut old, &mut new))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

impl<'s> DiffLayer<'s> {
    /// The places, in the order of the newer text.
    pub fn iter(&self) -> impl Iterator<Item = DiffTypographic<'s>> {
        let (mut old, mut new) = (Place::default(), Place::default());
        self.all.iter().map(move |t| {
            let mut was = old.span(self.views.old, t.old.range());
            let mut is = new.span(self.views.new, t.new.range());
            // Here the words of the head are what differs.
            let heads = t.kind == TypographicKind::Layout;
            (was.text.heads, is.text.heads) = (heads, heads);
            DiffTypographic { kind: t.kind, old: was, new: is }
        })
    }
}

impl<'s> DiffText<'s> {
    /// The words, one by one.
    pub fn words(&self) -> impl Iterator<Item = ReadWord<'s>> {
        self.view.read_words(self.words.clone(), self.heads)
    }

    /// Whether nothing stands there.
    pub fn is_empty(&self) -> bool {
        self.words().next().is_none()
    }

    /// The words from the end of this to the beginning of another stretch of
    /// the same text, if they are no more than the context of both.
    pub fn until(&self, next: &Self) -> Option<Self> {
        let words = self.words.end..next.words.start;
        let near = words.start <= words.end && words.len() <= 2 * CONTEXT;
        near.then_some(Self { view: self.view, words, heads: self.heads })
    }
}

impl fmt::Display for DiffText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, word) in self.words().enumerate() {
            let gap = match (n, word.parted) {
                (0, _) => "",
                (_, false) => " ",
                (_, true) => " ¶ ",
            };
            f.write_str(gap)?;
            f.write_str(&word.text)?;
        }
        Ok(())
    }
}

impl fmt::Debug for DiffText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

impl Serialize for DiffText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

macro_rules! told_one_by_one {
    ($list:ident) => {
        impl Serialize for $list<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut seq = serializer.serialize_seq(Some(self.all.len()))?;
                for one in self.iter() {
                    seq.serialize_element(&one)?;
                }
                seq.end()
            }
        }

        impl fmt::Debug for $list<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.iter()).finish()
            }
        }
    };
}

told_one_by_one!(DiffChanges);
told_one_by_one!(DiffLayer);
