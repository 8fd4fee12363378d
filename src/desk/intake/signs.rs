//! Signs that a reply was not written by a person about this text. Each is
//! told in words with its weight; nobody else is asked. Their sum decides only
//! whether an editor looks before the reply is recorded, never what becomes of
//! it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::notes::fold_words;
use super::super::submit::SubmitDraft;
use super::script;

/// A reply of this weight is held back.
pub const HOLD_AT: u32 = 5;

/// Seconds below which nobody fills in the form.
const FAST: i64 = 4;
/// Seconds after which a form is stale: a week.
const STALE: i64 = 7 * 24 * 60 * 60;

/// What speaks against a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SignKind {
    /// The field that people do not see was filled in.
    Trap,
    /// The form was sent sooner than anybody could have filled it in.
    Fast,
    /// The form's mark of time is missing, made up, or very old.
    NoForm,
    /// The browser sent no cookie back with the form.
    NoCookie,
    /// It holds links.
    Links,
    /// It holds the markup of other sites: `[url=`, `<a href`.
    Markup,
    /// The same words came before.
    SameWords,
    /// Many replies came from this address today.
    ManyToday,
    /// Mostly capitals.
    Capitals,
    /// One character again and again.
    Repeated,
    /// It is in another script than the text and the language of the reply.
    OtherScript,
}

impl SignKind {
    /// Every sign.
    pub const ALL: &'static [SignKind] = &[
        SignKind::Trap,
        SignKind::Fast,
        SignKind::NoForm,
        SignKind::NoCookie,
        SignKind::Links,
        SignKind::Markup,
        SignKind::SameWords,
        SignKind::ManyToday,
        SignKind::Capitals,
        SignKind::Repeated,
        SignKind::OtherScript,
    ];

    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            SignKind::Trap => "filled in a field that people do not see",
            SignKind::Fast => "sent sooner than the form can be filled in",
            SignKind::NoForm => "not sent with a form that was shown here lately",
            SignKind::NoCookie => {
                "sent without the form’s cookie: this browser keeps or sends none"
            }
            SignKind::Links => "holds links",
            SignKind::Markup => "holds markup of other sites",
            SignKind::SameWords => "the same words came before",
            SignKind::ManyToday => "many replies from one address today",
            SignKind::Capitals => "mostly capitals",
            SignKind::Repeated => "one character again and again",
            SignKind::OtherScript => "another script than the text’s and the reply’s language",
        }
    }
}

/// A sign and how much it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sign {
    /// What.
    pub kind: SignKind,
    /// How much it counts; a reply of [`HOLD_AT`] or more is held back.
    pub weight: u32,
}

/// What all signs together count.
pub fn weight(signs: &[Sign]) -> u32 {
    signs.iter().map(|s| s.weight).sum()
}

/// What is known of how a reply came.
pub(super) struct Came<'a> {
    /// The form that it was sent with; none where a program sent it.
    pub form: Option<Form<'a>>,
    /// Replies from the same address before it today.
    pub before: usize,
    /// The same words came before.
    pub known_words: bool,
    /// The words of the text that it answers.
    pub text: &'a str,
}

/// A form as it came back.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    /// What stands in the field that people do not see.
    pub trap: &'a str,
    /// Seconds since the form was shown; none when its mark is not ours.
    pub age: Option<i64>,
    /// The browser sent no cookie with the form.
    pub no_cookie: bool,
}

/// The signs that speak against a reply.
pub(super) fn signs(draft: &SubmitDraft, came: &Came<'_>) -> Vec<Sign> {
    let mut out = Vec::new();
    let mut sign = |kind, weight| {
        if weight > 0 {
            out.push(Sign { kind, weight });
        }
    };
    if let Some(form) = &came.form {
        sign(SignKind::Trap, if form.trap.trim().is_empty() { 0 } else { 10 });
        match form.age {
            None if form.no_cookie => sign(SignKind::NoCookie, 5),
            None => sign(SignKind::NoForm, 5),
            Some(age) if age < FAST => sign(SignKind::Fast, 5),
            Some(age) if age > STALE => sign(SignKind::NoForm, 2),
            Some(_) => {}
        }
    }
    let words = all_words(draft);
    sign(
        SignKind::Links,
        match links(&words) {
            0 => 0,
            1 => 1,
            2..=4 => 3,
            _ => 6,
        },
    );
    let folded = words.to_lowercase();
    let markup = ["[url", "[link", "<a ", "href=", "<script"].iter().any(|m| folded.contains(m));
    sign(SignKind::Markup, if markup { 4 } else { 0 });
    sign(SignKind::SameWords, if came.known_words { 5 } else { 0 });
    sign(
        SignKind::ManyToday,
        match came.before {
            0..=9 => 0,
            10..=29 => 2,
            _ => 5,
        },
    );
    sign(SignKind::Capitals, if mostly_capitals(&words) { 2 } else { 0 });
    sign(SignKind::Repeated, if repeats(&words) { 3 } else { 0 });
    sign(SignKind::OtherScript, if other_script(draft, &words, came.text) { 2 } else { 0 });
    out
}

/// What a reply says, folded, to be known again; empty where it is too short
/// to be called the same.
pub(super) fn known_by(draft: &SubmitDraft) -> String {
    /// Shorter ones, as "no", are the same by chance.
    const WORDS: usize = 5;
    let folded = fold_words(&draft.says);
    if folded.split(' ').count() < WORDS { String::new() } else { folded }
}

fn all_words(draft: &SubmitDraft) -> String {
    let more = [&draft.replacement, &draft.grounds, &draft.name];
    let mut out = draft.says.clone();
    for part in more.into_iter().flatten().chain(&draft.promised) {
        out.push('\n');
        out.push_str(part);
    }
    out
}

fn links(words: &str) -> usize {
    let lower = words.to_lowercase();
    lower.matches("http://").count()
        + lower.matches("https://").count()
        + lower
            .split_whitespace()
            .filter(|w| w.trim_start_matches(['(', '"', '<']).starts_with("www."))
            .count()
}

/// At least 20 letters that have a case, three quarters of them capitals.
fn mostly_capitals(words: &str) -> bool {
    let upper = words.chars().filter(|c| c.is_uppercase()).count();
    let lower = words.chars().filter(|c| c.is_lowercase()).count();
    upper + lower >= 20 && upper > 3 * lower
}

/// Twelve of one letter or sign in a row, or half of a long text is one.
fn repeats(words: &str) -> bool {
    // Lines of dashes and points set parts of a letter off.
    let sets_off = |c: char| matches!(c, '-' | '.' | '_' | '=' | '*' | '—' | '…');
    let (mut last, mut run) = (' ', 0);
    let mut counts = std::collections::HashMap::new();
    let mut all = 0_usize;
    for c in words.chars().filter(|c| !c.is_whitespace() && !sets_off(*c)) {
        run = if c == last { run + 1 } else { 1 };
        last = c;
        if run >= 12 {
            return true;
        }
        *counts.entry(c).or_insert(0_usize) += 1;
        all += 1;
    }
    all >= 20 && counts.values().any(|n| *n * 2 > all)
}

fn other_script(draft: &SubmitDraft, words: &str, text: &str) -> bool {
    let Some(written) = script::of_words(words) else { return false };
    let of_text = script::of_words(text);
    let of_reply = draft.language.as_deref().map(script::of_language);
    // Where neither is known, there is nothing to differ from.
    (of_text.is_some() || of_reply.is_some())
        && of_text != Some(written)
        && of_reply != Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came() -> Came<'static> {
        Came {
            form: Some(Form { trap: "", age: Some(60), no_cookie: false }),
            before: 0,
            known_words: false,
            text: "The ferry left at nine.",
        }
    }

    fn of(says: &str) -> Vec<(SignKind, u32)> {
        let draft = SubmitDraft { says: says.into(), ..SubmitDraft::default() };
        signs(&draft, &came()).into_iter().map(|s| (s.kind, s.weight)).collect()
    }

    #[test]
    fn what_people_write_has_no_sign() {
        for says in [
            "It left at ten; I stood on the pier.",
            "No.",
            "See https://example.org/log for the log, page 12.", // one link weighs 1
            "NATO and the OSCE were not there.",
            "First part\n--------------------\nSecond part",
            "1994-05-09, 1994-05-10, 1994-05-11",
        ] {
            let found = of(says);
            assert!(
                found.iter().all(|(k, w)| *k == SignKind::Links && *w == 1),
                "{says}: {found:?}"
            );
        }
    }

    #[test]
    fn every_sign_is_seen() {
        assert_eq!(of("a http://x b https://y"), [(SignKind::Links, 3)]);
        assert_eq!(of("[url=x]buy[/url]"), [(SignKind::Markup, 4)]);
        assert_eq!(of("THIS IS ALL WRONG AND YOU KNOW"), [(SignKind::Capitals, 2)]);
        assert_eq!(of("aaaaaaaaaaaaaaaa"), [(SignKind::Repeated, 3)]);
        assert_eq!(of("Купите дешёвые часы сегодня"), [(SignKind::OtherScript, 2)]);
        let draft = SubmitDraft {
            says: "Нет, было не так".into(),
            language: Some("ru".into()),
            ..SubmitDraft::default()
        };
        assert_eq!(signs(&draft, &came()), [], "a Russian reply that says so");
        let said = |c: &Came<'_>| {
            let draft = SubmitDraft { says: "It left at ten.".into(), ..SubmitDraft::default() };
            weight(&signs(&draft, c))
        };
        assert_eq!(said(&came()), 0);
        let with = |trap, age, no_cookie| Form { trap, age, no_cookie };
        let form = |trap, age| Came { form: Some(with(trap, age, false)), ..came() };
        assert!(said(&form("x", Some(60))) >= HOLD_AT);
        assert!(said(&form("", Some(1))) >= HOLD_AT);
        assert!(said(&form("", None)) >= HOLD_AT);
        assert_eq!(said(&Came { form: None, ..came() }), 0, "a program has no form");
        let no_cookie = Came { form: Some(with("", None, true)), ..came() };
        assert!(said(&no_cookie) >= HOLD_AT);
        assert!(said(&Came { known_words: true, ..came() }) >= HOLD_AT);
        assert!(said(&Came { before: 40, ..came() }) >= HOLD_AT);
        assert!(said(&Came { before: 12, ..came() }) < HOLD_AT, "a class at one school");
        assert!(said(&form("", Some(STALE + 1))) < HOLD_AT);
    }

    #[test]
    fn every_sign_has_words_of_its_own() {
        let mut words: Vec<_> = SignKind::ALL.iter().map(|k| k.word()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), SignKind::ALL.len());
    }
}
