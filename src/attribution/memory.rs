//! Words that were deleted, so that those who come back keep their writer.
//!
//! Each deleted stretch is kept with one word of context on either side, as
//! hashes of its words and their origins; every three words in a row of it are
//! indexed. Inserted words are looked up by threes, with their context, and
//! grown as far as the words agree: so even one word that returns between its
//! old neighbours is known again, and nothing less than three words in a row
//! decides. Of several stretches with the same three words the one deleted
//! last answers.
//! Cost: linear in the words deleted and inserted; a word costs about 50 bytes.

use std::collections::HashMap;

use super::Origin;

/// What was deleted so far from one text and its later revisions.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    words: Vec<(u64, Option<Origin>)>,
    /// Hash of three words in a row -> place of the first.
    threes: HashMap<u64, u32>,
}

/// Ends a stretch: no word hashes to it by accident, and if one did, it would
/// only keep its writer from being known.
const END: u64 = 0;

impl Memory {
    /// Keeps a deleted stretch: its words and those beside it, by hash; the
    /// latter have no origin.
    pub(super) fn keep(&mut self, stretch: &[(u64, Option<Origin>)]) {
        let from = self.words.len();
        self.words.extend_from_slice(stretch);
        self.words.push((END, None));
        for k in 0..stretch.len().saturating_sub(2) {
            self.threes
                .insert(three(stretch[k].0, stretch[k + 1].0, stretch[k + 2].0), (from + k) as u32);
        }
    }

    /// The origins of inserted words, where they were deleted before. `words`
    /// are hashes, context included.
    pub(super) fn recall(&self, words: &[u64]) -> Vec<Option<Origin>> {
        let mut origins = vec![None; words.len()];
        let mut k = 0;
        while k + 2 < words.len() {
            let at = self.threes.get(&three(words[k], words[k + 1], words[k + 2]));
            let Some(&at) = at else {
                k += 1;
                continue;
            };
            let kept = &self.words[at as usize..];
            let same = kept.iter().zip(&words[k..]).take_while(|((w, _), v)| w == *v).count();
            for ((_, origin), to) in kept[..same].iter().zip(&mut origins[k..]) {
                *to = to.or(*origin);
            }
            // The last words of this stretch may begin the next.
            k += same.saturating_sub(2).max(1);
        }
        origins
    }
}

fn three(a: u64, b: u64, c: u64) -> u64 {
    let mix = |x: u64, y: u64| (x.rotate_left(23) ^ y).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mix(mix(mix(0, a), b), c)
}
