//! Sentences of a text, as ranges of its bytes: for pairing translations and
//! for whatever else goes by sentences.
//!
//! A sentence ends at a full stop, question mark or exclamation mark of any
//! script here (also ։ । 。 ؟ ۔, in Greek ; and in Armenian : where the text
//! writes it so), closing quotes and note numbers after it included, where the
//! next word begins as a sentence may: not with a small letter. A paragraph
//! ends one; in a text that is not wrapped by hand (its lines are longer than
//! [`WRAPPED`] letters, or each ends a sentence) every line does.
//!
//! A full stop after an initial, a title or a known abbreviation ends none, nor
//! after a word that this text itself abbreviates: one that has a full stop
//! nearly always, and is followed by a small letter somewhere (the idea of
//! Kiss and Strunk, 2006, in small). After a doubtful one (a.m., U.S., г., a
//! number of one or two figures) a sentence begins where the next word is
//! elsewhere written small, so that its capital means a beginning.
//!
//! Running heads are left out. Cost: linear; memory: the text's words once.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::View;

/// Lines of at most this many letters may be wrapped by hand.
const WRAPPED: usize = 120;

/// Before a name or number: never an end.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "capt", "cpt", "maj", "sgt", "st", "rev",
    "hon", "sen", "rep", "gov", "pres", "amb", "messrs", "no", "nos", "vol", "pp", "fig", "art",
    "sec", "ch", "cf", "vs", "ed", "eds", "viz", "им", "ул", "акад", "ген", "полк", "кап", "проф",
    "гр", "св", "см", "ср", "тов", "стр", "рис", "табл", "ст", "п", "гл", "mme", "mlle", "mgr",
    "hr", "fr", "nr", "bd", "abb", "bzw", "vgl", "sog", "ths", "ts", "gs", "pgs", "tp", "տ",
];
/// Often inside a sentence, sometimes its last word.
const DOUBTFUL: &[&str] = &[
    "etc", "inc", "ltd", "co", "corp", "jr", "sr", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
    "sept", "sep", "oct", "nov", "dec", "al", "г", "гг", "в", "вв", "т", "тт", "др", "пр", "млн",
    "млрд", "тыс", "руб", "д", "ч", "с", "usw", "ca", "env", "թ", "թթ",
];

struct Habits<'v> {
    /// Words written small, where a full stop does not follow.
    small: HashSet<&'v str>,
    /// Words that this text abbreviates.
    short: HashSet<String>,
    greek: bool,
    armenian: bool,
}

impl View {
    /// The sentences, in order, running heads left out. Between them stands
    /// only white space or what is no word of the text.
    ///
    /// ```
    /// use variorum::text::View;
    /// let view = View::new("Mr. Ba came in 1994. He left.".into());
    /// assert_eq!(view.sentences(), [0..20, 21..29]);
    /// ```
    pub fn sentences(&self) -> Vec<Range<usize>> {
        let words: Vec<&str> = self.words().iter().map(|w| self.slice(w)).collect();
        let habits = Habits::of(&words, self);
        let by_line = !self.is_wrapped();
        let source = self.source();
        let mut out: Vec<Range<usize>> = Vec::new();
        let mut start: Option<usize> = None;
        let mut last: Option<usize> = None;
        for (k, word) in self.words().iter().enumerate().filter(|(_, w)| !w.layout) {
            if let (Some(from), Some(before)) = (start, last) {
                let previous = &self.words()[before];
                let paragraph = self.separator(previous, word) == "\n\n"
                    || (by_line
                        && source[previous.end as usize..word.start as usize].contains('\n'));
                let first = previous.start as usize == from;
                if paragraph || habits.ends(words[before], words[k], first) {
                    out.push(from..previous.end as usize);
                    start = Some(word.start as usize);
                }
            } else {
                start = Some(word.start as usize);
            }
            last = Some(k);
        }
        if let (Some(from), Some(last)) = (start, last) {
            out.push(from..self.words()[last].end as usize);
        }
        out
    }

    fn slice(&self, word: &super::Word) -> &str {
        // A broken word's end is all that counts here.
        let range = word.start as usize..word.end as usize;
        let whole = &self.source()[range];
        whole.rsplit(char::is_whitespace).next().unwrap_or(whole)
    }

    /// Whether its lines are cut at a width, not at sentences or paragraphs.
    fn is_wrapped(&self) -> bool {
        let mut lengths: Vec<usize> = self
            .source()
            .lines()
            .map(|l| l.trim_end())
            .filter(|l| !l.is_empty())
            .map(|l| l.chars().take(4 * WRAPPED).count())
            .collect();
        if lengths.is_empty() {
            return true;
        }
        let at = lengths.len() * 19 / 20;
        let (_, long, _) = lengths.select_nth_unstable(at);
        if *long > WRAPPED {
            return false;
        }
        let open = |l: &&&str| l.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ',');
        let filled: Vec<&str> = self.source().lines().filter(|l| !l.trim().is_empty()).collect();
        filled.iter().filter(open).count() * 4 >= filled.len()
    }
}

impl<'v> Habits<'v> {
    fn of(words: &[&'v str], view: &View) -> Self {
        let mut small = HashSet::new();
        // With a full stop, without, and with one before a small letter.
        let mut seen: HashMap<&str, (u32, u32, u32)> = HashMap::new();
        for (k, word) in words.iter().enumerate() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if bare.is_empty() || bare.len() > 24 {
                continue;
            }
            let stop = after(word, bare).starts_with('.');
            if !stop && bare.starts_with(char::is_lowercase) {
                small.insert(bare);
            }
            if bare.chars().count() <= 5 && bare.chars().all(char::is_alphabetic) {
                let counts = seen.entry(bare).or_default();
                if stop {
                    counts.0 += 1;
                    let next = words.get(k + 1).is_some_and(|n| n.starts_with(char::is_lowercase));
                    counts.2 += u32::from(next);
                } else {
                    counts.1 += 1;
                }
            }
        }
        let short = seen
            .into_iter()
            .filter(|(_, (with, without, inside))| {
                *inside > 0 && *with >= 2 && with >= &(4 * without)
            })
            .map(|(w, _)| w.to_lowercase())
            .collect();
        let sample: Vec<char> =
            view.source().chars().filter(|c| c.is_alphabetic()).take(4000).collect();
        let of = |range: Range<char>| {
            sample.iter().filter(|c| range.contains(c)).count() * 2 > sample.len()
        };
        Self {
            small,
            short,
            greek: of('\u{370}'..'\u{400}') || of('\u{1f00}'..'\u{2000}'),
            armenian: of('\u{530}'..'\u{590}'),
        }
    }

    /// Whether a sentence ends between two words; `first`: the word before
    /// begins its sentence.
    fn ends(&self, word: &str, next: &str, first: bool) -> bool {
        let core = word.trim_end_matches(is_closer);
        // A note's number stands after the full stop.
        let noted = core.trim_end_matches(|c: char| c.is_ascii_digit() || c == '*' || c == '[');
        let core = match noted.char_indices().rev().nth(1) {
            Some((_, c)) if noted.len() < core.len() && c.is_alphabetic() => {
                noted.trim_end_matches(is_closer)
            }
            _ => core,
        };
        let Some(mark) = core.chars().next_back() else { return false };
        let opens = next.trim_start_matches(|c: char| !c.is_alphanumeric());
        let begins = opens.chars().next();
        if begins.is_some_and(char::is_lowercase) || (begins.is_none() && !is_opening(next)) {
            return false;
        }
        match mark {
            '!' | '?' | '…' | '։' | '।' | '॥' | '。' | '！' | '？' | '؟' | '۔' => true,
            ';' | '\u{37e}' => self.greek,
            ':' => self.armenian,
            '.' => self.stops(&core[..core.len() - 1], opens, first),
            _ => false,
        }
    }

    /// Whether a full stop after `word` ends a sentence.
    fn stops(&self, word: &str, next: &str, first: bool) -> bool {
        if word.ends_with('.') {
            return true;
        }
        let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut letters = bare.chars();
        let Some(one) = letters.next() else { return true };
        if bare.chars().all(|c| c.is_ascii_digit()) {
            // "1." counts what follows; "3. Oktober" is no end.
            return !first && (bare.len() > 2 || self.starts(next));
        }
        let two = letters.next();
        if two.is_none() && one.is_uppercase() {
            return false;
        }
        // "Yu. Ivanov", "Sh. Ba": initials of two letters.
        let initial = one.is_uppercase()
            && two.is_some_and(char::is_lowercase)
            && letters.next().is_none()
            && !self.small.contains(bare.to_lowercase().as_str());
        let lower = bare.to_lowercase();
        if TITLES.contains(&lower.as_str()) {
            return next.starts_with(|c: char| c.is_uppercase()) && self.is_word(bare, next);
        }
        let inner = bare.contains('.') && bare.split('.').all(|p| p.chars().count() <= 3);
        if inner || initial || DOUBTFUL.contains(&lower.as_str()) || self.short.contains(&lower) {
            return self.starts(next);
        }
        true
    }

    /// An abbreviation that is also a word of this text ("no", "art", "св")
    /// ends a sentence where it is the word: written small, before a beginning.
    fn is_word(&self, bare: &str, next: &str) -> bool {
        self.small.contains(bare) && bare.starts_with(char::is_lowercase) && self.starts(next)
    }

    /// Whether the capital of this word means a beginning: it is written small
    /// elsewhere.
    fn starts(&self, next: &str) -> bool {
        let end = next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len());
        let word = &next[..end];
        word.starts_with(char::is_uppercase) && self.small.contains(word.to_lowercase().as_str())
    }
}

fn after<'w>(word: &'w str, bare: &str) -> &'w str {
    let at = bare.as_ptr() as usize - word.as_ptr() as usize + bare.len();
    &word[at..]
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '“' | '»' | '«' | '›' | ')' | ']' | '*' | '†')
}

fn is_opening(word: &str) -> bool {
    word.starts_with(['"', '“', '«', '„', '(', '[', '—', '–', '-', '•'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let view = View::new(text.into());
        view.sentences().into_iter().map(|r| view.reading(r)).collect()
    }

    #[test]
    fn initials_titles_and_abbreviations_end_nothing() {
        for whole in [
            "Mr. V. N. Ba met Gen. Sidorov in No. 5 of St. Peter street.",
            "Yu. Ivanov came.",
            "Он родился в 1930 г. в Баку, на ул. Ленина, у проф. Орлова.",
            "Он работал в театре им. Горького.",
            "Năm 1990 TS. Nguyễn Văn Ba đến.",
            "At 5 p.m. Baku answered.",
            "Am 3. Oktober kam er.",
            "“Who?” he asked.",
        ] {
            assert_eq!(cut(whole), [whole]);
        }
    }

    #[test]
    fn sentences_of_many_scripts() {
        assert_eq!(
            cut("Why? Because! So it is… And on."),
            ["Why?", "Because!", "So it is…", "And on."]
        );
        assert_eq!(cut("Նա եկավ։ Նա գնաց։"), ["Նա եկավ։", "Նա գնաց։"]);
        assert_eq!(cut("Τι είναι; Δεν ξέρω."), ["Τι είναι;", "Δεν ξέρω."]);
        assert_eq!(cut("“He left.” She stayed."), ["“He left.”", "She stayed."]);
        assert_eq!(
            cut("So it was agreed.12 The next day came."),
            ["So it was agreed.12", "The next day came."]
        );
    }

    #[test]
    fn the_text_tells_its_abbreviations() {
        // "etc." and "U.S." end a sentence where the next word is a beginning.
        let text = "Then came the U.S. They left. It rained, etc. They slept, as they did.";
        assert_eq!(cut(text).len(), 4);
        let text = "The dept. head spoke. The dept. of arms was shut. He left the dept. Brown too.";
        assert_eq!(cut(text).len(), 3);
    }

    #[test]
    fn lines_and_paragraphs() {
        assert_eq!(
            cut("A head\n\nThe text goes\non here. It ends."),
            ["A head", "The text goes on here.", "It ends."]
        );
        let long = format!("{}\nHead\nSecond one", "word ".repeat(60));
        assert_eq!(cut(&long).len(), 3);
        assert_eq!(cut(""), Vec::<String>::new());
        assert_eq!(cut(" \n "), Vec::<String>::new());
        assert_eq!(
            cut("1. First point. 2. Second point."),
            ["1. First point.", "2. Second point."]
        );
    }

    proptest::proptest! {
        #[test]
        fn every_word_is_in_one_sentence(text in "[aA1 .?!\n”;-]{0,60}") {
            let view = View::new(text.as_str().into());
            let all = view.sentences();
            for w in view.words().iter().filter(|w| !w.layout) {
                let inside = |r: &&Range<usize>| r.start <= w.start as usize && w.end as usize <= r.end;
                proptest::prop_assert_eq!(all.iter().filter(inside).count(), 1);
            }
            for pair in all.windows(2) {
                proptest::prop_assert!(pair[0].end <= pair[1].start);
            }
        }
    }
}
