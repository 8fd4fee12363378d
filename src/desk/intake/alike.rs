//! What others said already: shown before a reply is sent, so that one can say
//! "the same as", or send one's own all the same.

use std::collections::HashMap;

use crate::model::ReplyText;

use super::super::archive::Archive;
use super::super::notes::{fold_words, unplaced};
use super::super::submit::{SubmitDraft, similar_to};
use super::super::{DeskError, Note, resolve};

/// Share of words that two proposals have in common to be called nearly equal.
const NEAR: f64 = 0.75;

/// An earlier reply to the same words.
#[derive(Debug, Clone)]
pub struct SimilarReply {
    /// It.
    pub note: Note,
    /// It proposes the same words, but for case and punctuation.
    pub same: bool,
    /// It proposes nearly the same words.
    pub near: bool,
}

/// The earlier replies to the words that a draft answers: those that propose
/// the same first, then those that propose nearly the same, then the others in
/// order of arrival.
///
/// # Errors
/// When what the draft answers is not found, or a record is damaged.
pub fn similar_replies(
    archive: &Archive,
    draft: &SubmitDraft,
) -> Result<Vec<SimilarReply>, DeskError> {
    let snap = archive.snapshot()?;
    let proposal = draft.replacement.as_deref().map(str::trim).filter(|r| !r.is_empty());
    let words = ReplyText { replacement: proposal.map(ToString::to_string), ..Default::default() };
    let mut out = Vec::new();
    for found in similar_to(&snap, draft, &words)? {
        let note = unplaced(&snap, &resolve::correction(&snap, &found.correction)?)?;
        let near = match (proposal, &note.replacement) {
            (Some(a), Some(b)) => common(a, b) >= NEAR,
            _ => false,
        };
        out.push(SimilarReply { same: found.same_words, near: near && !found.same_words, note });
    }
    out.sort_by_key(|s| if s.same { 0 } else { 2 - usize::from(s.near) });
    Ok(out)
}

/// Twice the words that two proposals have in common, by all words of both.
fn common(a: &str, b: &str) -> f64 {
    let (a, b) = (fold_words(a), fold_words(b));
    let mut left: HashMap<&str, usize> = HashMap::new();
    let words = |s: &str| s.split(' ').filter(|w| !w.is_empty()).count();
    let all = words(&a) + words(&b);
    for w in a.split(' ').filter(|w| !w.is_empty()) {
        *left.entry(w).or_default() += 1;
    }
    let mut shared = 0;
    for w in b.split(' ') {
        if let Some(n) = left.get_mut(w).filter(|n| **n > 0) {
            *n -= 1;
            shared += 1;
        }
    }
    if all == 0 { 0.0 } else { 2.0 * f64::from(shared) / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_equal_is_told_by_words() {
        assert!(common("at ten o’clock that night", "At ten o'clock, that night.") > 0.99);
        assert!(common("at ten o’clock that night", "at ten o’clock that evening") >= NEAR);
        assert!(common("at ten", "at nine") < NEAR);
        assert!(common("", "") < NEAR && common("a", "") < NEAR);
    }
}
