//! Where each word of a text stands, and how rare it is. Two passes; four
//! bytes a word.

use super::prose::Prose;

/// The places of every word, by the number of its spelling.
pub(super) struct WordIndex {
    ends: Vec<u32>,
    places: Vec<u32>,
}

impl WordIndex {
    /// Indexes a text. Words that are read into the lexicon later stand
    /// nowhere in it.
    pub fn of(prose: &Prose<'_>) -> Self {
        let kinds = prose.words.iter().map(|w| w.id as usize + 1).max().unwrap_or(0);
        let mut ends = vec![0u32; kinds + 1];
        for w in &prose.words {
            ends[w.id as usize + 1] += 1;
        }
        let mut sum = 0;
        for e in &mut ends {
            sum += *e;
            *e = sum;
        }
        // Filling moves each spelling's start up to its end.
        let mut places = vec![0u32; prose.words.len()];
        for (at, w) in prose.words.iter().enumerate() {
            let next = &mut ends[w.id as usize];
            places[*next as usize] = at as u32;
            *next += 1;
        }
        Self { ends, places }
    }

    /// The words with this spelling, in order.
    pub fn places(&self, id: u32) -> &[u32] {
        let id = id as usize;
        if id + 1 >= self.ends.len() {
            return &[];
        }
        let from = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.places[from as usize..self.ends[id] as usize]
    }

    /// The logarithm of how rare a spelling is: 0 for one that is every word.
    pub fn weight(&self, id: u32) -> f64 {
        let (all, here) = (self.places.len() as f64, self.places(id).len() as f64);
        ((all + 1.0) / (here + 1.0)).ln()
    }
}
