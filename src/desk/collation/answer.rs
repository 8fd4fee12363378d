//! The texts of a collation, their names, and what was found.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::thread;

use schemars::JsonSchema;
use serde::Serialize;

use crate::collate::{Collation, RowKind, TEXTS_MAX, collate};
use crate::desk::DeskError;
use crate::desk::diff::Side;
use crate::export;
use crate::text::View;

/// n texts, aligned.
pub struct CollationAnswer {
    /// The texts in the order in which they were named.
    pub texts: Vec<Witness>,
    /// The base, an index into `texts`, where one was asked for.
    pub base: Option<usize>,
    /// Counts.
    pub stats: CollationStats,
    pub(super) rows: Collation,
    pub(super) views: Vec<Rc<View>>,
    pub(super) words_only: bool,
}

/// A text that takes part in a collation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Witness {
    /// The key of its column: the siglum, `M`; where texts share one, the
    /// revision, `M@2`; the path of a plain file. A text that is named twice
    /// has a number after it the second time: `M@2 (2)`.
    pub key: String,
    /// The revision, `M@2`, or the path.
    pub address: String,
    /// Words of its view, running heads and page numbers left out.
    pub words: usize,
}

/// Counts of a collation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CollationStats {
    /// Places where the texts differ in more than layout.
    pub places: usize,
    /// These places by the greatest difference in each.
    pub differences: BTreeMap<RowKind, usize>,
    /// Rows of each kind.
    pub kinds: BTreeMap<RowKind, usize>,
    /// Different words in different places: the vertices of a variant graph.
    pub vertices: usize,
}

/// Aligns texts word by word, without a base. The order of the texts decides
/// only the order of the columns. `base`, one of the names or keys, decides
/// what is called an omission and what an addition.
///
/// # Errors
/// With fewer than two texts or more than 64, or a base that is none of them.
pub fn collation(sides: Vec<Side>, base: Option<&str>) -> Result<CollationAnswer, DeskError> {
    if sides.len() < 2 || sides.len() > TEXTS_MAX {
        return Err(DeskError::usage(
            "number-of-texts",
            format!("2 to {TEXTS_MAX} texts can be collated, not {}", sides.len()),
        )
        .hint("name the texts: variorum compare A B C, or compare M@1 M@2 M@3"));
    }
    let keys = keys(&sides);
    let base = match base {
        None => None,
        Some(wanted) => {
            let is = |n: &usize| keys[*n] == wanted || sides[*n].name() == wanted;
            Some((0..sides.len()).find(is).ok_or_else(|| {
                DeskError::usage("base", format!("the base {wanted} is none of the texts"))
                    .hint(format!("the texts are: {}", keys.join(", ")))
            })?)
        }
    };
    let views: Vec<Rc<View>> = sides.iter().map(|s| s.view().clone()).collect();
    let rows = compared(&views.iter().map(|v| &**v).collect::<Vec<_>>(), base);
    let mut kinds = BTreeMap::new();
    for row in rows.rows() {
        *kinds.entry(row.kind).or_default() += 1;
    }
    // By place; places are numbered in the order of the rows.
    let mut greatest: Vec<RowKind> = Vec::new();
    for row in rows.rows().iter().filter(|r| r.place > 0) {
        match greatest.get_mut(row.place as usize - 1) {
            Some(kind) => *kind = row.kind.max(*kind),
            None => greatest.push(row.kind),
        }
    }
    let places = greatest.len();
    let mut differences = BTreeMap::new();
    greatest.into_iter().for_each(|kind| *differences.entry(kind).or_default() += 1);
    let stats = CollationStats { places, differences, kinds, vertices: rows.vertices() };
    let texts = keys.into_iter().zip(&sides).map(|(key, side)| Witness {
        key,
        address: side.name().to_string(),
        words: side.view().words().iter().filter(|w| !w.layout).count(),
    });
    Ok(CollationAnswer { texts: texts.collect(), base, stats, rows, views, words_only: false })
}

/// Texts that are shorter together are not worth a thread.
const LONG: usize = 1 << 17;

/// Aligns the texts; on another thread it is found out meanwhile how their
/// broken words are read.
fn compared(views: &[&View], base: Option<usize>) -> Collation {
    if views.iter().map(|v| v.source().len()).sum::<usize>() < LONG {
        return collate(views, base);
    }
    thread::scope(|scope| {
        scope.spawn(|| views.iter().for_each(|v| v.prepare_reading()));
        collate(views, base)
    })
}

impl CollationAnswer {
    /// No text differs from another in a word.
    pub fn same_words(&self) -> bool {
        self.stats.places == 0
    }

    /// Tells from now on only the places where words differ, not those of
    /// spelling or punctuation only, and as one the readings that have the same
    /// letters. The rows and the TEI file stay whole.
    pub fn tell_words_only(&mut self) {
        self.words_only = true;
    }

    /// How many places are not told.
    pub fn untold(&self) -> usize {
        let less = self.stats.differences.iter().filter(|(kind, _)| **kind <= RowKind::Spelling);
        if self.words_only { less.map(|(_, n)| n).sum() } else { 0 }
    }

    /// The collation as a TEI file: parallel segmentation.
    pub fn tei(&self) -> String {
        let texts: Vec<export::TeiText<'_>> = self
            .texts
            .iter()
            .zip(&self.views)
            .map(|(text, view)| export::TeiText { name: &text.key, address: &text.address, view })
            .collect();
        export::tei(&self.rows, &texts, self.base)
    }
}

/// The keys of the columns.
fn keys(sides: &[Side]) -> Vec<String> {
    let siglum = |side: &Side| match side.is_file() {
        true => side.name().to_string(),
        false => side.name().split('@').next().unwrap_or_default().to_string(),
    };
    let short: Vec<String> = sides.iter().map(siglum).collect();
    let mut out: Vec<String> = Vec::with_capacity(sides.len());
    for (n, side) in sides.iter().enumerate() {
        let clash = short.iter().filter(|s| **s == short[n]).count() > 1;
        let name = if clash { side.name() } else { &short[n] };
        let mut key = name.to_string();
        let mut more = 2;
        while out.contains(&key) {
            key = format!("{name} ({more})");
            more += 1;
        }
        out.push(key);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> Side {
        Side::plain(name, text.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn names_never_clash() {
        let sides = ["a.txt", "a.txt", "b.txt", "a.txt (2)"].map(|n| file(n, "x"));
        assert_eq!(keys(&sides), ["a.txt", "a.txt (2)", "b.txt", "a.txt (2) (2)"]);
    }

    #[test]
    fn too_few_and_too_many_and_a_strange_base_are_refused() {
        let code = |n: usize, base: Option<&str>| {
            let sides = (0..n).map(|n| file(&n.to_string(), "x")).collect();
            collation(sides, base).err().map(|e| e.code)
        };
        assert_eq!(code(1, None), Some("number-of-texts"));
        assert_eq!(code(65, None), Some("number-of-texts"));
        assert_eq!(code(64, None), None);
        assert_eq!(code(2, Some("7")), Some("base"));
        assert_eq!(code(2, Some("1")), None);
    }
}
