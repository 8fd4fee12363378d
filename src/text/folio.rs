//! A text that is edited again and again, held by passages, with its root.
//!
//! The text lies in the groups of its passage table ([`super::PassageTable`]).
//! An edit can move only the borders of the passages it touches, so those are
//! cut anew together with their neighbours, which stay as they are and so hold
//! the borders to the rest; then the groups that they stand in, up to the next
//! border of groups that agrees; then the way to the root in the tree over the
//! groups ([`KeptTree`]). Every other passage is shared with the text before.
//! Cost of one edit: hashing the passages it touches, one group of about 32
//! leaf hashes, and log2 of the number of groups; walking over the groups to
//! find the place. A text without blank lines is one passage, and every edit
//! costs it whole. Memory: the text, 100 bytes a passage.
//!
//! [`FlatDigest`] gives SHA-256 of the whole bytes of one state after another.
//! The hasher is kept as it stood before each group; a state is hashed from the
//! first group on that differs from the state before, which is told by address.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::edits::{Edit, EditError, Edits, Piece, is_loose};
use super::passages;
use super::table::{GROUP_END_BELOW, GROUP_MAX};
use crate::digest::{Digest, Hasher, KeptTree, TreeHasher, leaf_hash};

/// A passage with the hash that it is a leaf by.
#[derive(Debug)]
struct Leaf {
    text: Box<str>,
    hash: Digest,
    /// A group ends after it.
    ends: bool,
}

/// A group of passages.
#[derive(Debug)]
struct Group {
    leaves: Vec<Arc<Leaf>>,
    bytes: usize,
    /// The hash of its root as a leaf of the tree over the groups.
    hash: Digest,
}

/// The bytes of a text as it is at one moment: cheap to keep, since what later
/// edits do not touch is shared.
#[derive(Debug, Clone, Default)]
pub struct Sheets {
    groups: Vec<Arc<Group>>,
    bytes: usize,
}

/// A text and its root.
#[derive(Debug, Clone)]
pub struct Folio {
    sheets: Sheets,
    tree: KeptTree,
}

/// Which passages are cut anew: group and passage in it, first and last.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Window {
    first: (usize, usize),
    last: (usize, usize),
    bytes: Range<usize>,
}

impl Leaf {
    fn new(text: &str) -> Self {
        let digest = Digest::of(text.as_bytes());
        let ends = digest.as_bytes()[0] < GROUP_END_BELOW;
        Self { text: text.into(), hash: leaf_hash(digest.as_bytes()), ends }
    }
}

impl Group {
    fn new(leaves: Vec<Arc<Leaf>>) -> Self {
        let mut tree = TreeHasher::default();
        leaves.iter().for_each(|leaf| tree.push(leaf.hash));
        let bytes = leaves.iter().map(|leaf| leaf.text.len()).sum();
        Self { leaves, bytes, hash: leaf_hash(tree.root().as_bytes()) }
    }

    /// Adds its bytes to what is hashed; how many they are.
    fn hash_into(&self, hasher: &mut Hasher) -> u64 {
        self.leaves.iter().for_each(|leaf| hasher.update(leaf.text.as_bytes()));
        self.bytes as u64
    }
}

/// Closed groups out of passages in order, and what is left of an open one.
#[derive(Default)]
struct Grouped {
    groups: Vec<Arc<Group>>,
    open: Vec<Arc<Leaf>>,
}

impl Grouped {
    fn push(&mut self, leaf: Arc<Leaf>) {
        let ends = leaf.ends;
        self.open.push(leaf);
        if ends || self.open.len() == GROUP_MAX {
            self.close();
        }
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.groups.push(Arc::new(Group::new(std::mem::take(&mut self.open))));
        }
    }
}

impl Sheets {
    /// Bytes of the text.
    pub fn len(&self) -> usize {
        self.bytes
    }

    /// Is the text empty?
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// The text in one piece.
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(self.bytes);
        self.leaves().for_each(|leaf| out.push_str(&leaf.text));
        out
    }

    /// Some bytes of the text; `None` when they are not there, or cut a
    /// character.
    pub fn slice(&self, span: Range<usize>) -> Option<String> {
        let mut out = String::with_capacity(span.len());
        self.take(&span, &mut out).then_some(out)
    }

    fn leaves(&self) -> impl Iterator<Item = &Arc<Leaf>> {
        self.groups.iter().flat_map(|group| &group.leaves)
    }

    /// Appends the bytes `span`, if they are there.
    fn take(&self, span: &Range<usize>, out: &mut String) -> bool {
        if span.start > span.end || span.end > self.bytes {
            return false;
        }
        if span.is_empty() {
            return self.is_boundary(span.start);
        }
        let ((group, leaf), mut at) = self.find(span.start);
        let first = self.groups[group].leaves[leaf..].iter();
        let rest = self.groups[group + 1..].iter().flat_map(|g| &g.leaves);
        for leaf in first.chain(rest) {
            let (from, to) = (span.start.max(at) - at, span.end.min(at + leaf.text.len()) - at);
            let Some(part) = leaf.text.get(from..to) else { return false };
            out.push_str(part);
            at += leaf.text.len();
            if at >= span.end {
                break;
            }
        }
        true
    }

    /// The passage that holds `byte` and where it starts; the last one for the
    /// end of the text. The text is not empty.
    fn find(&self, byte: usize) -> ((usize, usize), usize) {
        let (mut group, mut at) = (0, 0);
        while group + 1 < self.groups.len() && byte >= at + self.groups[group].bytes {
            at += self.groups[group].bytes;
            group += 1;
        }
        let leaves = &self.groups[group].leaves;
        let mut leaf = 0;
        while leaf + 1 < leaves.len() && byte >= at + leaves[leaf].text.len() {
            at += leaves[leaf].text.len();
            leaf += 1;
        }
        ((group, leaf), at)
    }

    fn leaf(&self, (group, leaf): (usize, usize)) -> &Arc<Leaf> {
        &self.groups[group].leaves[leaf]
    }

    fn before(&self, (group, leaf): (usize, usize)) -> Option<(usize, usize)> {
        match leaf.checked_sub(1) {
            Some(leaf) => Some((group, leaf)),
            None => group.checked_sub(1).map(|g| (g, self.groups[g].leaves.len() - 1)),
        }
    }

    fn after(&self, (group, leaf): (usize, usize)) -> Option<(usize, usize)> {
        if leaf + 1 < self.groups[group].leaves.len() {
            return Some((group, leaf + 1));
        }
        (group + 1 < self.groups.len()).then_some((group + 1, 0))
    }

    /// The passages that hold `span` and one more on either side.
    fn around(&self, span: Range<usize>) -> Window {
        let (mut first, mut start) = self.find(span.start);
        let (mut last, at) = self.find(span.end.max(span.start + 1) - 1);
        let mut end = at + self.leaf(last).text.len();
        if let Some(before) = self.before(first) {
            start -= self.leaf(before).text.len();
            first = before;
        }
        if let Some(after) = self.after(last) {
            end += self.leaf(after).text.len();
            last = after;
        }
        Window { first, last, bytes: start..end }
    }

    /// A stretch that holds `span` with all spaces and hyphens around it.
    fn loosely_around(&self, span: Range<usize>) -> (Cow<'static, str>, usize) {
        if self.is_empty() {
            return (Cow::Borrowed(""), 0);
        }
        let mut bytes = self.around(span.clone()).bytes;
        loop {
            let mut text = String::with_capacity(bytes.len());
            self.take(&bytes, &mut text);
            let (from, to) = (span.start - bytes.start, span.end - bytes.start);
            let open_before = bytes.start > 0 && text[..from].chars().all(is_loose);
            let open_after = bytes.end < self.bytes && text[to..].chars().all(is_loose);
            if !open_before && !open_after {
                return (Cow::Owned(text), bytes.start);
            }
            bytes = self.around(bytes).bytes;
        }
    }

    fn is_boundary(&self, at: usize) -> bool {
        if at == 0 || at >= self.bytes {
            return at == 0 || at == self.bytes;
        }
        let (leaf, start) = self.find(at);
        self.leaf(leaf).text.is_char_boundary(at - start)
    }
}

impl Folio {
    /// A text.
    pub fn new(text: &str) -> Self {
        let mut grouped = Grouped::default();
        passages(text).into_iter().for_each(|p| grouped.push(Arc::new(Leaf::new(&text[p]))));
        grouped.close();
        let tree = KeptTree::of(grouped.groups.iter().map(|g| g.hash).collect());
        Self { sheets: Sheets { groups: grouped.groups, bytes: text.len() }, tree }
    }

    /// The text as it is now.
    pub fn sheets(&self) -> &Sheets {
        &self.sheets
    }

    /// Bytes of the text.
    pub fn len(&self) -> usize {
        self.sheets.bytes
    }

    /// Is the text empty?
    pub fn is_empty(&self) -> bool {
        self.sheets.is_empty()
    }

    /// The root, as [`super::PassageTable::root`] of the text.
    pub fn root(&self) -> Digest {
        self.tree.root()
    }

    /// Makes the next state. `restored` gives bytes of an earlier one, by the
    /// name in the edit.
    ///
    /// # Errors
    /// When an edit does not fit; then the text is as before.
    pub fn apply(
        &mut self,
        edits: &Edits,
        restored: &dyn Fn(&str, Range<usize>) -> Option<String>,
    ) -> Result<(), EditError> {
        let sheets = &self.sheets;
        edits.check_in(
            sheets.bytes,
            |at| sheets.is_boundary(at),
            |span| sheets.loosely_around(span),
        )?;
        if edits.is_empty() {
            return Ok(());
        }
        if sheets.is_empty() {
            let text = self.child(0..0, edits, restored)?;
            *self = Self::new(&text);
            return Ok(());
        }
        let windows = self.windows(edits);
        let made: Vec<String> = windows
            .iter()
            .map(|w| self.child(w.bytes.clone(), edits, restored))
            .collect::<Result<_, _>>()?;
        // From the last one on, so that the places of the others stay.
        for (window, text) in windows.into_iter().zip(made).rev() {
            self.put(&window, &text);
        }
        Ok(())
    }

    /// What is to be cut anew, in order and apart.
    fn windows(&self, edits: &Edits) -> Vec<Window> {
        let mut windows: Vec<Window> = Vec::new();
        for edit in edits.as_slice() {
            windows.push(self.sheets.around(edit.span()));
            if let Edit::Move { to, .. } = *edit {
                windows.push(self.sheets.around(to..to));
            }
        }
        windows.sort_by_key(|w| w.bytes.start);
        windows.dedup_by(|next, last| {
            let meet = next.bytes.start < last.bytes.end;
            if meet && next.bytes.end > last.bytes.end {
                (last.last, last.bytes.end) = (next.last, next.bytes.end);
            }
            meet
        });
        windows
    }

    /// What stands in the place of the parent's `window`.
    fn child(
        &self,
        window: Range<usize>,
        edits: &Edits,
        restored: &dyn Fn(&str, Range<usize>) -> Option<String>,
    ) -> Result<String, EditError> {
        let mut out = String::with_capacity(window.len() + 256);
        for piece in edits.pieces_in(window, self.sheets.bytes) {
            match piece {
                Piece::Kept(span) | Piece::Moved { span, .. } => {
                    self.sheets.take(&span, &mut out);
                }
                Piece::New { edit, .. } | Piece::Layout { edit, .. } => {
                    if let Edit::Replace { text, .. } | Edit::Layout { text, .. } =
                        &edits.as_slice()[edit]
                    {
                        out.push_str(text);
                    }
                }
                Piece::Restored { edit, span } => {
                    let Edit::Restore { revision, .. } = &edits.as_slice()[edit] else { continue };
                    let text = restored(revision, span.clone()).filter(|t| t.len() == span.len());
                    out.push_str(&text.ok_or_else(|| EditError::Unrestorable {
                        index: edit,
                        revision: revision.clone(),
                        start: span.start,
                        end: span.end,
                    })?);
                }
            }
        }
        Ok(out)
    }

    /// Cuts `text` into passages in the place of the window's, and the groups
    /// anew that they stand in.
    fn put(&mut self, window: &Window, text: &str) {
        let sheets = &mut self.sheets;
        let (g, mut end) = (window.first.0, window.last.0 + 1);
        let (head, tail) = (sheets.leaf(window.first).clone(), sheets.leaf(window.last).clone());
        let mut grouped = Grouped::default();
        let before = sheets.groups[g].leaves[..window.first.1].iter();
        before.for_each(|leaf| grouped.push(leaf.clone()));
        for passage in passages(text) {
            let text = &text[passage];
            // The neighbours, as a rule, are as they were.
            let same = [&head, &tail].into_iter().find(|leaf| *leaf.text == *text);
            grouped.push(same.map_or_else(|| Arc::new(Leaf::new(text)), Arc::clone));
        }
        let after = sheets.groups[end - 1].leaves[window.last.1 + 1..].iter();
        after.for_each(|leaf| grouped.push(leaf.clone()));
        while !grouped.open.is_empty() && end < sheets.groups.len() {
            sheets.groups[end].leaves.iter().for_each(|leaf| grouped.push(leaf.clone()));
            end += 1;
        }
        grouped.close();
        self.tree.splice(g..end, grouped.groups.iter().map(|group| group.hash));
        sheets.groups.splice(g..end, grouped.groups);
        sheets.bytes = sheets.bytes - window.bytes.len() + text.len();
    }
}

/// SHA-256 of one state of a text after another.
#[derive(Default)]
pub struct FlatDigest {
    last: Vec<Arc<Group>>,
    /// The hasher before each group of `last`.
    before: Vec<Hasher>,
    hashed: u64,
}

impl FlatDigest {
    /// The digest of the whole text.
    pub fn of(&mut self, sheets: &Sheets) -> Digest {
        let same = self.last.iter().zip(&sheets.groups).take_while(|(a, b)| Arc::ptr_eq(a, b));
        let same = same.count();
        let mut hasher = match self.before.get(same) {
            Some(hasher) => hasher.clone(),
            // Nothing but groups at the end is new, or this is the first text.
            None => match (self.before.last(), self.last.last()) {
                (Some(before), Some(last)) => {
                    let mut hasher = before.clone();
                    self.hashed += last.hash_into(&mut hasher);
                    hasher
                }
                _ => Hasher::default(),
            },
        };
        self.before.truncate(same);
        self.last.truncate(same);
        for group in &sheets.groups[same..] {
            self.before.push(hasher.clone());
            self.hashed += group.hash_into(&mut hasher);
            self.last.push(group.clone());
        }
        hasher.finish()
    }

    /// How many bytes had to be hashed so far.
    pub fn hashed(&self) -> u64 {
        self.hashed
    }
}

/// SHA-256 of each of these states of one text, in order, on several cores.
/// Gives the digests and how many bytes were hashed.
pub fn flat_digests(states: &[Sheets]) -> (Vec<Digest>, u64) {
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get().min(MOST_CORES));
    // What every core begins with is hashed whole: few states are not worth it.
    let part = states.len().div_ceil(cores).max(4);
    let of = |states: &[Sheets]| {
        let mut flat = FlatDigest::default();
        let digests: Vec<Digest> = states.iter().map(|sheets| flat.of(sheets)).collect();
        (digests, flat.hashed())
    };
    let parts: Vec<(Vec<Digest>, u64)> = std::thread::scope(|scope| {
        let jobs: Vec<_> = states.chunks(part).map(|part| scope.spawn(move || of(part))).collect();
        let joined = jobs.into_iter().map(|job| job.join());
        joined.map(|job| job.unwrap_or_else(|p| std::panic::resume_unwind(p))).collect()
    });
    let hashed = parts.iter().map(|(_, hashed)| hashed).sum();
    (parts.into_iter().flat_map(|(digests, _)| digests).collect(), hashed)
}

/// More cores than this are not asked for.
const MOST_CORES: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::PassageTable;
    use proptest::prelude::*;

    const OTHER: &str = "older words\n\nof an older state";

    fn restored(_: &str, span: Range<usize>) -> Option<String> {
        OTHER.get(span).map(str::to_owned)
    }

    /// Any list of edits that fits `text`, made from raw numbers.
    fn fit(text: &str, raw: &[(u8, usize, usize, String)]) -> Edits {
        let bounds: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut list: Vec<Edit> = Vec::new();
        for (kind, a, b, new) in raw {
            let (a, b) = (bounds[a % bounds.len()], bounds[b % bounds.len()]);
            // Mostly short spans: they leave borders of windows in the text.
            let (start, end) = (a.min(b), a.max(b).min(a.min(b) + 9));
            let end = (end..=text.len()).find(|e| text.is_char_boundary(*e)).unwrap();
            let edit = match kind % 4 {
                0 => Edit::Move { start, end, to: bounds[(a + 3 * b) % bounds.len()] },
                1 => Edit::Restore {
                    at_start: start,
                    at_end: end,
                    revision: "a".repeat(64),
                    start: 0,
                    end: (new.len() * 3).clamp(1, OTHER.len()),
                },
                2 => Edit::Layout { start, end, text: " ".into() },
                _ => Edit::Replace { start, end, text: new.clone() },
            };
            let mut more = list.clone();
            more.push(edit);
            more.sort_by_key(|e| (e.span().start, e.span().end));
            if Edits::new(more.clone()).is_ok_and(|e| e.check(text).is_ok()) {
                list = more;
            }
        }
        Edits::new(list).unwrap()
    }

    fn step() -> impl Strategy<Value = Vec<(u8, usize, usize, String)>> {
        prop::collection::vec(
            (any::<u8>(), 0usize..900, 0usize..900, "[a\u{a0}é \n\r-]{0,6}"),
            0..6,
        )
    }

    proptest! {
        #[test]
        fn every_state_is_the_text_and_has_its_root(
            text in "([a-dé]{1,3}[ \n\r\u{a0}-]{1,3}){0,160}", steps in prop::collection::vec(step(), 1..8)
        ) {
            let mut folio = Folio::new(&text);
            let mut flat = FlatDigest::default();
            let mut plain = text;
            for raw in steps {
                let edits = fit(&plain, &raw);
                plain = edits.apply(&plain, &restored).unwrap();
                folio.apply(&edits, &restored).unwrap();
                prop_assert_eq!(folio.sheets().text(), plain.as_str());
                prop_assert_eq!(folio.len(), plain.len());
                prop_assert_eq!(folio.root(), PassageTable::of(&plain).root());
                prop_assert_eq!(flat.of(folio.sheets()), Digest::of(plain.as_bytes()));
                let (a, b) = (plain.len() / 3, plain.len() / 2);
                prop_assert_eq!(folio.sheets().slice(a..b), plain.get(a..b).map(str::to_owned));
            }
        }

        #[test]
        fn what_does_not_fit_is_refused_as_by_the_whole_text(
            text in "([a-d]{0,2}[ \n“é-]{0,3}){0,40}", a in 0usize..90, b in 0usize..90, new in "[a \n\"-]{0,3}"
        ) {
            let (start, end) = (a.min(b), a.max(b));
            prop_assume!(start < end || !new.is_empty());
            let edits = Edits::new(vec![Edit::Layout { start, end, text: new }]).unwrap();
            let mut folio = Folio::new(&text);
            prop_assert_eq!(folio.apply(&edits, &restored), edits.check(&text));
        }
    }

    #[test]
    fn a_change_at_the_end_hashes_the_end() {
        let text: String =
            (0..4000).map(|n| format!("Paragraph {n} of a long text.\n\n")).collect();
        let mut folio = Folio::new(&text);
        let mut flat = FlatDigest::default();
        flat.of(folio.sheets());
        let before = flat.hashed();
        assert_eq!(before, text.len() as u64);
        let at = text.len() - 10;
        let edits = Edits::new(vec![Edit::insert(at, "very ")]).unwrap();
        folio.apply(&edits, &restored).unwrap();
        let mut plain = text;
        plain.insert_str(at, "very ");
        assert_eq!(flat.of(folio.sheets()), Digest::of(plain.as_bytes()));
        assert!(flat.hashed() - before < 12_000, "{} bytes hashed", flat.hashed() - before);
    }
}
