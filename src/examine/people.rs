//! The persons that a text names, as far as their names show it.
//!
//! A *surname* is a capitalised word that never stands in small letters and
//! follows an initial ("S. Petrov"), a title ("President Petrov"), or a given
//! name; one joined by hyphens counts whole. A *given name* is a capitalised
//! word just before a surname that is mostly followed by another capital: so
//! "Moscow" in "in Moscow Petrov said" is none. The two sets grow from each
//! other, twice. A patronymic between them is passed over. An initial at the beginning of a paragraph or sentence is
//! rather the letter of a list, and is passed over.
//!
//! Linear in the text.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::dates;
use super::prose::Prose;
use crate::text::squeeze;

/// What stands before a surname.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Given {
    /// Initials, folded: "s", "bn", "yu".
    Initials(String),
    /// A given name, folded.
    Name(String),
}

/// How often something stands, and where first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub count: usize,
    /// Words of the first mention.
    pub first: Range<usize>,
    /// As written there.
    pub written: String,
}

/// A surname in one spelling.
#[derive(Debug, Clone)]
pub(super) struct Surname {
    /// All mentions, those without given name too.
    pub all: Seen,
    pub given: BTreeMap<Given, Seen>,
}

/// Surnames by their folded spelling.
pub(super) type People = BTreeMap<String, Surname>;

const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "president",
    "presidents",
    "minister",
    "ambassador",
    "general",
    "colonel",
    "marshal",
    "chairman",
    "speaker",
    "secretary",
    "premier",
    "comrade",
    "academician",
    "professor",
    "senator",
    "king",
    "queen",
    "prince",
    "commander",
    "major",
    "captain",
    "lieutenant",
    "representative",
    "envoy",
    "mediator",
    "counsellor",
    "deputy",
    "leader",
    "spokesman",
];

/// Bodies that are written like names.
const BODIES: &[&str] = &[
    "assembly",
    "council",
    "ministry",
    "group",
    "committee",
    "conference",
    "union",
    "republic",
    "organization",
    "organisation",
    "parliament",
    "university",
    "federation",
    "congress",
    "summit",
    "district",
    "region",
    "street",
    "gazeta",
    "party",
    "bank",
    "sea",
    "city",
    "house",
    "front",
];

/// Initials of more than one letter, for letters of other alphabets.
const SHORT: &[&str] = &["Yu", "Ya", "Kh", "Sh", "Zh", "Ch", "Ts", "Ye", "Dzh", "Gh"];

/// A name in the text: one capitalised word, or several joined by hyphens.
#[derive(Debug, Clone)]
struct Name {
    words: Range<usize>,
    key: String,
}

/// Finds the persons.
pub(super) fn find(prose: &Prose<'_>) -> People {
    let small = small_words(prose);
    let names = names(prose, &small);
    let by_start: HashMap<usize, usize> =
        names.iter().enumerate().map(|(n, name)| (name.words.start, n)).collect();
    let next = |n: usize| -> Option<usize> {
        let end = names[n].words.end;
        (prose.gap(end - 1) == " ").then(|| by_start.get(&end).copied()).flatten()
    };
    let followed = followed(prose);
    let leads = |id: u32| followed.get(&id).is_some_and(|(yes, all)| yes * 5 >= all * 3);
    let could_be_given = |n: usize| {
        let name = &names[n];
        leads(prose.words[name.words.start].id)
            && name.words.len() == 1
            && name.key.chars().count() >= 3
    };
    // Surnames by initials and titles.
    let mut surnames: HashSet<&str> = HashSet::new();
    let mut givens: HashSet<&str> = HashSet::new();
    for (n, name) in names.iter().enumerate() {
        if BODIES.contains(&name.key.as_str()) {
            continue;
        }
        // After a full stop the initial may still be the letter of a list.
        if let Some((start, _)) = initials(prose, name.words.start)
            && !prose.gap_before(start).contains(['.', '!', '?'])
        {
            surnames.insert(&name.key);
            if let Some(g) = start.checked_sub(1).and_then(|b| by_start.get(&b)).copied()
                && prose.gap(start - 1) == " "
                && could_be_given(g)
            {
                givens.insert(&names[g].key);
            }
        } else if follows_title(prose, name.words.start) {
            match next(n) {
                Some(m) if could_be_given(n) && !is_patronymic(&names[m].key) => {
                    givens.insert(&name.key);
                    surnames.insert(&names[m].key);
                }
                None => {
                    surnames.insert(&name.key);
                }
                _ => {}
            }
        }
    }
    for _ in 0..2 {
        for n in 0..names.len() {
            let Some(m) = next(n).filter(|_| could_be_given(n)) else { continue };
            let (a, b) = (names[n].key.as_str(), names[m].key.as_str());
            if is_patronymic(a) || BODIES.contains(&b) {
                continue;
            }
            if surnames.contains(b) {
                givens.insert(a);
            } else if givens.contains(a) && next(m).is_none() && !is_patronymic(b) {
                surnames.insert(b);
            }
        }
    }
    let before_surnames =
        BeforeSurnames { names: &names, by_start: &by_start, givens: &givens, leads: &leads };
    let mut out = People::new();
    for (m, name) in names.iter().enumerate().filter(|(_, n)| surnames.contains(n.key.as_str())) {
        // A given name before another surname is not this one's mention.
        if givens.contains(name.key.as_str()) && next(m).is_some() {
            continue;
        }
        let before = given_before(prose, &before_surnames, name.words.start);
        let start = before.as_ref().map_or(name.words.start, |(at, _)| *at);
        let words = start..name.words.end;
        let surname = out.entry(name.key.clone()).or_insert_with(|| Surname {
            all: seen(prose, name.words.clone()),
            given: BTreeMap::new(),
        });
        surname.all.count += 1;
        if let Some((_, given)) = before {
            let entry = surname.given.entry(given).or_insert_with(|| seen(prose, words));
            entry.count += 1;
        }
    }
    // A place or a body stands with a "given name" now and then.
    out.retain(|_, s| {
        let named: usize = s.given.values().map(|g| g.count).sum();
        named * 20 >= s.all.count || s.given.is_empty() && s.all.count > 1
    });
    out
}

/// Whether a name is made from the father's: "Petrovich", "Petrovna".
fn is_patronymic(name: &str) -> bool {
    ["ovich", "evich", "yich", "ovna", "evna", "ichna", "ogly", "oglu", "kyzy"]
        .iter()
        .any(|ending| name.len() > ending.len() + 1 && name.ends_with(ending))
}

fn seen(prose: &Prose<'_>, words: Range<usize>) -> Seen {
    let written = prose.phrase(words.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
    Seen { count: 0, first: words, written }
}

/// Spellings that also stand in small letters.
fn small_words(prose: &Prose<'_>) -> HashSet<u32> {
    (0..prose.words.len())
        .filter(|i| prose.word(*i).starts_with(char::is_lowercase))
        .map(|i| prose.words[i].id)
        .collect()
}

fn names(prose: &Prose<'_>, small: &HashSet<u32>) -> Vec<Name> {
    let proper = |i: usize| {
        let word = prose.word(i);
        let mut chars = word.chars();
        chars.next().is_some_and(char::is_uppercase)
            && chars.next().is_some()
            && !small.contains(&prose.words[i].id)
            && !TITLES.contains(&word.to_lowercase().as_str())
            && dates::month(word).is_none()
            && dates::weekday(word).is_none()
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < prose.words.len() {
        // "Ter-Petrosyan": "ter" may also stand in small letters.
        let joined = prose.is_capital(at)
            && prose.gap(at) == "-"
            && at + 1 < prose.words.len()
            && proper(at + 1);
        if !proper(at) && !joined {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < prose.words.len()
            && prose.gap(end - 1) == "-"
            && (proper(end) || prose.word(end) == "zade" || prose.word(end) == "ogly")
        {
            end += 1;
        }
        // What ends in a hyphen is half a name; "Sh." is an initial.
        let part = prose.gap(end - 1).starts_with('-')
            || (SHORT.contains(&prose.word(at)) && prose.gap(at).starts_with('.'));
        // Capitals alone are an abbreviation, unless they shout a name.
        let first = prose.word(at);
        let shouted = first.chars().all(char::is_uppercase) && first.chars().count() <= 4;
        // "YXNzIDEg" is no name; "McDonald" is.
        let inner = first.chars().skip(1).filter(|c| c.is_uppercase()).count();
        let mixed = inner > 1 && !first.chars().all(char::is_uppercase);
        if !part && !shouted && !mixed {
            out.push(Name { words: at..end, key: squeeze(prose.phrase(at..end)) });
        }
        at = end;
    }
    out
}

/// How often a capitalised word is followed by a capital, of all times it
/// stands, by its number.
fn followed(prose: &Prose<'_>) -> HashMap<u32, (usize, usize)> {
    let mut out: HashMap<u32, (usize, usize)> = HashMap::new();
    for at in (0..prose.words.len()).filter(|i| prose.is_capital(*i)) {
        let yes = at + 1 < prose.words.len() && prose.gap(at) == " " && prose.is_capital(at + 1);
        let entry = out.entry(prose.words[at].id).or_default();
        entry.0 += usize::from(yes);
        entry.1 += 1;
    }
    out
}

/// Initials just before a word: where they begin, and what they are.
fn initials(prose: &Prose<'_>, at: usize) -> Option<(usize, String)> {
    let is = |i: usize| {
        let word = prose.word(i);
        prose.is_capital(i)
            && (word.chars().count() == 1 || SHORT.contains(&word))
            && matches!(prose.gap(i), "." | ". " | ".\u{a0}")
    };
    let mut start = at;
    while start > 0 && at - start < 3 && is(start - 1) {
        start -= 1;
    }
    if start == at {
        return None;
    }
    // The letter of a list.
    if start == 0 || prose.gap_before(start).contains('\n') {
        return None;
    }
    let letters = (start..at).map(|i| squeeze(prose.word(i))).collect::<Vec<_>>().concat();
    Some((start, letters))
}

fn follows_title(prose: &Prose<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    matches!(prose.gap(before), " " | ". ")
        && (prose.gap(before) == " " || matches!(prose.word(before), "Mr" | "Mrs" | "Ms" | "Dr"))
        && TITLES.contains(&prose.word(before).to_lowercase().as_str())
}

/// Pairs of names that stand together now and then, by the first and the
/// second: "Rasul Guliev", of which neither needs a title or initials.
pub(super) fn pairs(prose: &Prose<'_>) -> BTreeMap<String, People> {
    let names = names(prose, &small_words(prose));
    let followed = followed(prose);
    let leads = |id: u32| followed.get(&id).is_some_and(|(yes, all)| yes * 5 >= all * 3);
    let mut out: BTreeMap<String, People> = BTreeMap::new();
    for pair in names.windows(2) {
        let [a, b] = [&pair[0], &pair[1]];
        let together = a.words.end == b.words.start && prose.gap(a.words.end - 1) == " ";
        let first = prose.words[a.words.start].id;
        let shouts = |n: &Name| prose.word(n.words.start).chars().all(char::is_uppercase);
        let bodies = shouts(b) || BODIES.contains(&b.key.as_str()) || is_patronymic(&b.key);
        if !together || bodies || a.words.len() > 1 || !leads(first) {
            continue;
        }
        let words = a.words.start..b.words.end;
        let surname = out.entry(a.key.clone()).or_default().entry(b.key.clone());
        let surname =
            surname.or_insert_with(|| Surname { all: seen(prose, words), given: BTreeMap::new() });
        surname.all.count += 1;
    }
    out
}

/// What is known of the words that may stand before surnames.
struct BeforeSurnames<'n> {
    names: &'n [Name],
    by_start: &'n HashMap<usize, usize>,
    givens: &'n HashSet<&'n str>,
    /// Whether a word is mostly followed by a capital.
    leads: &'n dyn Fn(u32) -> bool,
}

/// The initials or given name before a surname, and where they begin.
fn given_before(
    prose: &Prose<'_>,
    known: &BeforeSurnames<'_>,
    at: usize,
) -> Option<(usize, Given)> {
    if let Some((start, letters)) = initials(prose, at) {
        // "Vladimir N. Kazimirov": the name before says more, even if it is
        // also a word.
        let name = start.checked_sub(1).filter(|b| {
            let word = prose.word(*b);
            prose.gap(*b) == " "
                && prose.is_capital(*b)
                && word.chars().count() >= 3
                && at - start == 1
                && !TITLES.contains(&word.to_lowercase().as_str())
                && (known.leads)(prose.words[*b].id)
        });
        return Some(match name {
            Some(b) => (b, Given::Name(squeeze(prose.word(b)))),
            None => (start, Given::Initials(letters)),
        });
    }
    let before = at.checked_sub(1).filter(|b| prose.gap(*b) == " ")?;
    let name = &known.names[*known.by_start.get(&before)?];
    if is_patronymic(&name.key) {
        return given_before(prose, known, before);
    }
    known.givens.contains(name.key.as_str()).then(|| (before, Given::Name(name.key.clone())))
}
