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
//! Cost: a pass over the words, with look-ups for those that are broken
//! somewhere; the texts are passed several at a time.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use super::hands::in_turn;
use super::units::{Numbers, Units};
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
pub fn split<'v>(texts: &mut [Units<'v>], numbers: &mut Numbers<'v>, hands: usize) {
    let is_broken = |text: &Units<'_>, i: &u32| text.words[*i as usize].broken;
    let broken =
        |t: &Units<'_>| -> Vec<u32> { t.odd.iter().copied().filter(|i| is_broken(t, i)).collect() };
    let broken: Vec<Vec<u32>> = texts.iter().map(broken).collect();
    if broken.iter().all(Vec::is_empty) {
        return;
    }
    let whole = whole(texts, &broken, numbers.len(), hands);
    let known = &*numbers;
    let mut cuts = in_turn(hands, texts.len(), |t| {
        let text = &texts[t];
        let cut = |i: &&u32| !whole[text.keys[**i as usize] as usize];
        let mut cuts = Cuts::default();
        for i in broken[t].iter().filter(cut) {
            cuts.words.push(*i);
            cuts.take(text.view, &text.words[*i as usize], known);
        }
        cuts
    });
    for Cuts { parts, strange, .. } in &mut cuts {
        strange.drain(..).for_each(|(at, key)| parts[at].1 = numbers.number(key));
    }
    let rebuilt = in_turn(hands, texts.len(), |t| rebuilt(&texts[t], &cuts[t]));
    for (t, units) in rebuilt.into_iter().enumerate() {
        if let Some(units) = units {
            texts[t] = units;
        }
    }
}

/// The words of one text that count as several, in order.
#[derive(Default)]
struct Cuts<'v> {
    words: Vec<u32>,
    /// Their parts and the numbers of the parts' keys.
    parts: Vec<(Word, u32)>,
    /// The parts whose keys have no number yet.
    strange: Vec<(usize, Cow<'v, str>)>,
}

/// The keys of broken words that count as one.
fn whole(texts: &[Units<'_>], broken: &[Vec<u32>], keys: usize, hands: usize) -> Vec<bool> {
    let mut whole = vec![true; keys];
    let mut slots: HashMap<Context, u32, BuildHasherDefault<Fold>> = HashMap::default();
    for (text, broken) in texts.iter().zip(broken) {
        for i in broken.iter().map(|i| *i as usize) {
            whole[text.keys[i] as usize] = false;
            for context in contexts(text, i) {
                let next = slots.len() as u32;
                slots.entry(context).or_insert(next);
            }
        }
    }
    let asked = &whole;
    let counted = in_turn(hands, texts.len(), |t| {
        let text = &texts[t];
        let mut counts: Vec<Counts> = vec![(0, 0); slots.len()];
        let here = (0..text.keys.len()).filter(|i| !asked[text.keys[*i] as usize]);
        for i in here {
            let broken = u16::from(text.words[i].broken);
            for slot in contexts(text, i).iter().filter_map(|c| slots.get(c)) {
                let at = &mut counts[*slot as usize];
                at.0 = at.0.saturating_add(1);
                at.1 = at.1.saturating_add(broken);
            }
        }
        counts
    });
    // Of the contexts on both sides: how many texts have one, and how many of
    // these break the word otherwise than another.
    let (mut shared, mut otherwise) = (0, 0);
    let (mut surely, mut perhaps) = (Vec::new(), Vec::new());
    let mut seen: Vec<(Counts, u16)> = Vec::new();
    for ((key, before, after), slot) in &slots {
        let both = *before != ANY && *after != ANY;
        if !both && *before == *after {
            continue;
        }
        let in_all = slots.get(&(*key, ANY, ANY)).copied().filter(|_| !both);
        seen.clear();
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

impl<'v> Cuts<'v> {
    /// Takes the parts of a broken word, without the running heads between them.
    fn take(&mut self, view: &'v View, word: &Word, numbers: &Numbers<'v>) {
        let bytes = &view.source()[word.start as usize..word.end as usize];
        let heads = view.layout();
        let mut head = heads.partition_point(|h| h.end <= word.start);
        for part in bytes.split_whitespace() {
            let start = word.start + (part.as_ptr() as usize - bytes.as_ptr() as usize) as u32;
            while heads.get(head).is_some_and(|h| h.end <= start) {
                head += 1;
            }
            if heads.get(head).is_some_and(|h| h.start <= start) {
                continue;
            }
            let inner_hyphen = part.trim_end_matches('-').contains('-');
            let key = match part.is_ascii() && !inner_hyphen {
                true => Cow::Borrowed(part),
                false => {
                    let alone = View::new(part.into());
                    Cow::Owned(alone.words().first().map_or(part, |w| alone.key(w)).to_owned())
                }
            };
            let word = word.piece(start..start + part.len() as u32, *key != *part);
            let number = numbers.known(&key).unwrap_or_else(|| {
                self.strange.push((self.parts.len(), key));
                0
            });
            self.parts.push((word, number));
        }
    }
}

/// The text with some words replaced by their parts; `None` where none is.
fn rebuilt<'v>(text: &Units<'v>, cuts: &Cuts<'v>) -> Option<Units<'v>> {
    if cuts.words.is_empty() {
        return None;
    }
    let room = text.keys.len() + cuts.parts.len() - cuts.words.len();
    let mut words: Vec<Word> = Vec::with_capacity(room);
    let mut keys: Vec<u32> = Vec::with_capacity(room);
    let mut parts = cuts.parts.iter().peekable();
    let mut from = 0;
    let copy = |range: Range<usize>, words: &mut Vec<Word>, keys: &mut Vec<u32>| {
        words.extend_from_slice(&text.words[range.clone()]);
        keys.extend_from_slice(&text.keys[range]);
    };
    for i in cuts.words.iter().map(|i| *i as usize) {
        copy(from..i, &mut words, &mut keys);
        from = i + 1;
        while let Some((word, key)) = parts.next_if(|(w, _)| w.start < text.words[i].end) {
            // The words of a head stand between the parts of a word.
            let head = text.words[from..].iter().take_while(|w| w.start < word.start).count();
            copy(from..from + head, &mut words, &mut keys);
            from += head;
            words.push(*word);
            keys.push(*key);
        }
    }
    copy(from..text.words.len(), &mut words, &mut keys);
    Some(Units::made(text.view, Cow::Owned(words), keys))
}
