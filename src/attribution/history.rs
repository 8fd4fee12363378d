//! A whole history of full texts, read once, one text at a time.
//!
//! Each text is compared with the one before ([`super::inferred`]). A text that
//! was seen before, byte for byte as far as 128 bits of hash tell, takes back
//! its whole attribution: so a blanked page that is restored, or an edit war,
//! costs nobody a word. What was written between is remembered as deleted.
//! Memory: two texts, the atoms of [`Memory`], and the attributions of earlier
//! texts, which share what did not change; the oldest of these are dropped when
//! what they do not share comes to [`SEEN`] runs. After that the atoms decide.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::{Attribution, Basis, Memory, Phrases, Run};
use crate::text::atoms::atoms;

/// Runs, about 80 bytes each, that attributions of earlier texts may hold.
const SEEN: usize = 1 << 20;

/// Who wrote each word of the last text read.
#[derive(Debug, Default)]
pub struct History {
    text: String,
    at: Attribution,
    memory: Memory,
    seen: HashMap<u128, Attribution>,
    /// Hashes in order, and what each attribution may cost.
    order: VecDeque<(u128, usize)>,
    cost: usize,
    read: u32,
    restored: u32,
    phrases: Phrases,
}

impl History {
    /// A history in which these phrases are looked for as it is read.
    pub fn looking_for(phrases: Phrases) -> Self {
        Self { phrases, ..Self::default() }
    }

    /// Reads the next text. The one before is handed back, for its memory.
    pub fn read(&mut self, text: String) -> String {
        let number = self.read;
        self.read += 1;
        let mut changed = Vec::new();
        if number == 0 {
            self.at = Attribution::first(text.len(), 0, Basis::Inferred);
            let mut list = Vec::new();
            atoms(&text, 0, text.len(), &mut list);
            self.memory.count(list.iter().map(|a| a.hash));
            changed.push(0..text.len());
            self.remember(hash(text.as_bytes()), 1);
        } else if text != self.text {
            self.step(&text, number, &mut changed);
        }
        self.phrases.look(&text, &changed, number, &self.at);
        std::mem::replace(&mut self.text, text)
    }

    fn step(&mut self, text: &str, number: u32, changed: &mut Vec<Range<usize>>) {
        let hash = hash(text.as_bytes());
        let next = self.at.advance_seen(&self.text, text, number, &mut self.memory, changed);
        if let Some(at) = self.seen.get(&hash).filter(|at| at.len() == text.len()) {
            self.at = at.clone();
            self.restored += 1;
            return;
        }
        self.at = next;
        // A step makes about this many new nodes in the tree of runs.
        let parts = changed.len() + changed.iter().map(Range::len).sum::<usize>() / 64;
        self.remember(hash, 24 + 8 * parts);
    }

    fn remember(&mut self, hash: u128, cost: usize) {
        self.seen.insert(hash, self.at.clone());
        self.order.push_back((hash, cost));
        self.cost += cost;
        while self.cost > SEEN
            && let Some((oldest, cost)) = self.order.pop_front()
        {
            self.seen.remove(&oldest);
            self.cost -= cost;
        }
    }

    /// The last text read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Texts read.
    pub fn len(&self) -> u32 {
        self.read
    }

    /// Was nothing read?
    pub fn is_empty(&self) -> bool {
        self.read == 0
    }

    /// Texts that were an earlier one again.
    pub fn restored(&self) -> u32 {
        self.restored
    }

    /// Who wrote the last text; revisions are numbered from 0 as they were read.
    pub fn attribution(&self) -> &Attribution {
        &self.at
    }

    /// The runs of the last text: they cover it without gap or overlap.
    pub fn runs(&self) -> Vec<Run> {
        self.at.runs()
    }

    /// The phrases looked for, and where they were first seen.
    pub fn phrases(&self) -> &Phrases {
        &self.phrases
    }
}

/// A hash of a whole text, at the speed of memory: four lanes of eight bytes.
fn hash(bytes: &[u8]) -> u128 {
    const K: [u64; 4] = [
        0x9e37_79b9_7f4a_7c15,
        0xc2b2_ae3d_27d4_eb4f,
        0x1656_67b1_9e37_79f9,
        0xd6e8_feb8_6659_fd93,
    ];
    let mut lanes = K;
    let word = |b: &[u8]| u64::from_le_bytes(b.try_into().expect("eight bytes"));
    let mut blocks = bytes.chunks_exact(32);
    for block in &mut blocks {
        for (n, lane) in lanes.iter_mut().enumerate() {
            *lane = (lane.rotate_left(29) ^ word(&block[n * 8..n * 8 + 8])).wrapping_mul(K[n]);
        }
    }
    let mut last = [0; 32];
    last[..blocks.remainder().len()].copy_from_slice(blocks.remainder());
    let mut sum = bytes.len() as u128;
    for (n, lane) in lanes.iter().enumerate() {
        for part in [*lane, word(&last[n * 8..n * 8 + 8])] {
            sum = (sum ^ u128::from(part)).wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645);
            sum ^= sum >> 67;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::hash;
    use std::collections::HashSet;

    #[test]
    fn hashes_tell_texts_apart() {
        let text: Vec<u8> = (0..200u8).collect();
        let mut seen = HashSet::new();
        for len in 0..text.len() {
            assert!(seen.insert(hash(&text[..len])));
            for at in 0..len {
                for bit in 0..8 {
                    let mut other = text[..len].to_vec();
                    other[at] ^= 1 << bit;
                    seen.insert(hash(&other));
                }
            }
        }
        // Texts that differ in one bit, of every length: no two alike but by being equal.
        assert!(seen.len() > 150_000);
    }
}
