//! Which broken words are read as one word.
//!
//! A word that is broken over a line ("Min-", "istry") is compared as one
//! (FORMAT 16) wherever some text has it whole or broken otherwise. But where
//! all texts break it alike, its parts can differ on their own: a corrector
//! replaced "Min-" and left "istry". Then each part counts as a word, so that
//! "istry" is seen to be the same in both.
//!
//! A word counts as one in all texts when in some context, the words before
//! and after it, two texts have it equally often, but not equally often
//! broken. When texts are found to break their words otherwise (in more than
//! one of [`OTHERWISE`] such contexts), one word before or after is context
//! enough, in texts that have the word equally often in all. This depends on
//! no order of the texts.
//!
//! Cost: two passes over the words, with look-ups for those that are broken
//! somewhere.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::hands::shared_out;
use super::units::{LAYOUT, Numbers, ODD, Units};
use crate::collate::lexicon::Fold;
use crate::text::{View, Word};

/// A key and the keys before and after it; [`ANY`] counts for every key.
type Context = (u32, u32, u32);
/// See the head of this file.
const OTHERWISE: usize = 4;
/// No key.
const ANY: u32 = u32::MAX;
/// How often a text has a word in a context: in all, and broken.
type Counts = (u16, u16);

/// Splits the broken words that count as several.
pub fn split<'v>(texts: &mut [Units<'v>], numbers: &mut Numbers<'v>) {
    if texts.iter().all(|t| t.words.iter().all(|w| !w.broken)) {
        return;
    }
    let whole = whole(texts, numbers.len());
    let cut = |text: &Units<'v>| -> Vec<u32> {
        let words = text.words.iter().enumerate();
        let cut = words.filter(|(i, w)| w.broken && !whole[text.keys[*i] as usize]);
        cut.map(|(i, _)| i as u32).collect()
    };
    let mut parts: Vec<Vec<(Word, u32, u8)>> = Vec::with_capacity(texts.len());
    let cuts: Vec<Vec<u32>> = texts.iter().map(cut).collect();
    for (text, cut) in texts.iter().zip(&cuts) {
        let of = |i: &u32| parts_of(text.view, &text.words[*i as usize], numbers);
        parts.push(cut.iter().flat_map(of).collect());
    }
    let rebuilt = shared_out(texts.len(), |turns| {
        let text = |t: usize| (t, rebuilt(&texts[t], &cuts[t], &parts[t]));
        turns.map(text).collect::<Vec<_>>()
    });
    for (t, units) in rebuilt.into_iter().flatten() {
        if let Some(units) = units {
            texts[t] = units;
        }
    }
}

/// The keys of broken words that count as one.
fn whole(texts: &[Units<'_>], keys: usize) -> Vec<bool> {
    let mut whole = vec![true; keys];
    let broken = |text: &Units<'_>, i: usize| text.words[i].broken;
    let mut slots: HashMap<Context, u32, BuildHasherDefault<Fold>> = HashMap::default();
    for text in texts {
        for i in (0..text.keys.len()).filter(|i| broken(text, *i)) {
            whole[text.keys[i] as usize] = false;
            for context in contexts(text, i) {
                let next = slots.len() as u32;
                slots.entry(context).or_insert(next);
            }
        }
    }
    let asked = &whole;
    let counted = shared_out(texts.len(), |turns| {
        let count = |t| {
            let text: &Units<'_> = &texts[t];
            let mut counts: Vec<Counts> = vec![(0, 0); slots.len()];
            for i in (0..text.keys.len()).filter(|i| !asked[text.keys[*i] as usize]) {
                for slot in contexts(text, i).iter().filter_map(|c| slots.get(c)) {
                    let at = &mut counts[*slot as usize];
                    at.0 = at.0.saturating_add(1);
                    at.1 = at.1.saturating_add(u16::from(broken(text, i)));
                }
            }
            counts
        };
        turns.map(count).collect::<Vec<_>>()
    });
    let counted: Vec<Vec<Counts>> = counted.into_iter().flatten().collect();
    // Of the contexts on both sides: how many texts have one, and how many of
    // these break the word otherwise than another.
    let (mut shared, mut otherwise) = (0, 0);
    let (mut surely, mut perhaps) = (Vec::new(), Vec::new());
    for ((key, before, after), slot) in &slots {
        let both = *before != ANY && *after != ANY;
        if !both && *before == *after {
            continue;
        }
        let in_all = slots.get(&(*key, ANY, ANY)).copied().filter(|_| !both);
        let mut seen: Vec<(Counts, u16)> = Vec::new();
        let mut differ = false;
        for count in &counted {
            let (total, broken) = count[*slot as usize];
            let all = in_all.map_or(0, |slot| count[slot as usize].0);
            match seen.iter().find(|s| (s.0.0, s.1) == (total, all)) {
                Some(other) => differ |= other.0.1 != broken,
                None => seen.push(((total, broken), all)),
            }
        }
        if both {
            let texts = counted.iter().filter(|c| c[*slot as usize].0 > 0).count();
            shared += usize::from(texts > 1);
            otherwise += usize::from(differ);
        }
        if differ {
            if both { surely.push(*key) } else { perhaps.push(*key) }
        }
    }
    surely.into_iter().for_each(|key| whole[key as usize] = true);
    if shared == 0 || otherwise * OTHERWISE > shared {
        perhaps.into_iter().for_each(|key| whole[key as usize] = true);
    }
    whole
}

/// The contexts of a word; before the first and after the last word of a text
/// there is a word that no text has. The last context is the text.
fn contexts(text: &Units<'_>, i: usize) -> [Context; 4] {
    let edge = ANY - 1;
    let key = text.keys[i];
    let before = if i == 0 { edge } else { text.keys[i - 1] };
    let after = text.keys.get(i + 1).copied().unwrap_or(edge);
    [(key, before, after), (key, before, ANY), (key, ANY, after), (key, ANY, ANY)]
}

/// The parts of a broken word, without the running heads between them.
fn parts_of<'v>(view: &'v View, word: &Word, numbers: &mut Numbers<'v>) -> Vec<(Word, u32, u8)> {
    let source = view.source();
    let bytes = &source[word.start as usize..word.end as usize];
    let mut out = Vec::new();
    for part in bytes.split_whitespace() {
        let start = word.start + (part.as_ptr() as usize - bytes.as_ptr() as usize) as u32;
        let end = start + part.len() as u32;
        let heads = view.layout();
        let head = heads.partition_point(|h| h.end <= start);
        if heads.get(head).is_some_and(|h| h.start <= start) {
            continue;
        }
        let inner_hyphen = part.trim_end_matches('-').contains('-');
        let (key, odd) = match part.is_ascii() && !inner_hyphen {
            true => (numbers.number(part), 0),
            false => {
                let alone = View::new(part.into());
                let key = alone.words().first().map_or(part, |w| alone.key(w));
                (numbers.number_made(key), if key == part { 0 } else { ODD })
            }
        };
        let mut unit = *word;
        (unit.start, unit.end, unit.broken) = (start, end, false);
        out.push((unit, key, odd | if word.layout { LAYOUT } else { 0 }));
    }
    out
}

/// The text with some words replaced by their parts; `None` where none is.
fn rebuilt<'v>(text: &Units<'v>, cut: &[u32], parts: &[(Word, u32, u8)]) -> Option<Units<'v>> {
    if cut.is_empty() {
        return None;
    }
    let room = text.keys.len() + parts.len();
    let mut words: Vec<Word> = Vec::with_capacity(room);
    let (mut keys, mut flags) = (Vec::with_capacity(room), Vec::with_capacity(room));
    let mut parts = parts.iter().peekable();
    let mut from = 0;
    for i in cut.iter().map(|i| *i as usize) {
        words.extend_from_slice(&text.words[from..i]);
        keys.extend_from_slice(&text.keys[from..i]);
        flags.extend_from_slice(&text.flags[from..i]);
        let end = text.words[i].end;
        while let Some((word, key, flag)) = parts.next_if(|p| p.0.start < end) {
            words.push(*word);
            keys.push(*key);
            flags.push(*flag);
        }
        from = i + 1;
    }
    words.extend_from_slice(&text.words[from..]);
    keys.extend_from_slice(&text.keys[from..]);
    flags.extend_from_slice(&text.flags[from..]);
    if !words.is_sorted_by_key(|w| w.start) {
        // The words of a head stand between the parts of a word.
        let mut order: Vec<usize> = (0..words.len()).collect();
        order.sort_by_key(|i| words[*i].start);
        words = order.iter().map(|i| words[*i]).collect();
        keys = order.iter().map(|i| keys[*i]).collect();
        flags = order.iter().map(|i| flags[*i]).collect();
    }
    Some(Units { view: text.view, words: Cow::Owned(words), keys, flags })
}
