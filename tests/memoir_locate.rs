//! Quotations of the real memoir, located. The texts lie outside the
//! repository, in `../shared`; where they are missing, every test here says so
//! and passes. `VARIORUM_FULL=1` runs all deletions instead of a sample.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Instant;

use variorum::anchor::{Locator, Resolution};
use variorum::text::{View, passages};

fn shared(path: &str) -> Option<String> {
    let found =
        std::fs::read_to_string(format!("{}/../shared/{path}", env!("CARGO_MANIFEST_DIR"))).ok();
    if found.is_none() {
        println!("skipped: ../shared/{path} is not here");
    }
    found
}

fn memoir() -> Option<String> {
    shared("seeds/001_6097d6e2ba019926.txt")
}

fn full() -> bool {
    std::env::var_os("VARIORUM_FULL").is_some()
}

struct Case {
    kind: String,
    quote: String,
    span: Range<usize>,
}

fn given_cases() -> Option<Vec<Case>> {
    let file = shared("cases/quotes.jsonl")?;
    let case = |line: &str| {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |k: &str| v[k].as_str().unwrap().to_owned();
        let byte = |k: &str| v[k].as_u64().unwrap() as usize;
        Case { kind: text("kind"), quote: text("quote"), span: byte("start")..byte("end") }
    };
    Some(file.lines().map(case).collect())
}

/// SplitMix64 (Steele et al. 2014), so that a failure can be had again.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// Byte ranges of the runs of characters between white space.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let at = |s: &str| s.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(|s| at(s)..at(s) + s.len()).collect()
}

/// A span as typed: hyphens at line ends gone, spaces single. Deliberately
/// cruder than the view: a head in the middle is typed along.
fn typed(span: &str, hyphen: &str) -> String {
    let mut out = String::new();
    let mut rest = span;
    while let Some(at) = rest.find("-\n") {
        out.push_str(&rest[..at]);
        out.push_str(hyphen);
        rest = rest[at + 1..].trim_start();
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn drawn_cases(text: &str, count: usize, seed: u64) -> Vec<Case> {
    let tokens = tokens(text);
    let mut dice = Dice(seed);
    let mut out = Vec::new();
    while out.len() < count {
        let kind = ["joined", "curly", "case", "nbsp", "edit2"][dice.below(5)];
        let least = if kind == "edit2" { 10 } else { 6 };
        let n = least + dice.below(50 - least);
        let first = dice.below(tokens.len() - n);
        let span = tokens[first].start..tokens[first + n - 1].end;
        let quote = typed(&text[span.clone()], "");
        let quote = match kind {
            "curly" => {
                quote.replace(['‘', '’'], "'").replace(['“', '”'], "\"").replace(['–', '—'], "-")
            }
            "case" if dice.below(2) == 0 => quote.to_lowercase(),
            "case" => {
                let mut c = quote.chars();
                let first = c.next().unwrap();
                let first: String = if first.is_uppercase() {
                    first.to_lowercase().collect()
                } else {
                    first.to_uppercase().collect()
                };
                first + c.as_str()
            }
            "nbsp" => quote.replace(' ', "\u{a0}"),
            "edit2" => {
                let mut words: Vec<&str> = quote.split(' ').collect();
                for _ in 0..2 {
                    let i = dice.below(words.len());
                    words[i] = &text[tokens[dice.below(tokens.len())].clone()];
                }
                words.join(" ")
            }
            _ => quote,
        };
        out.push(Case { kind: kind.into(), quote, span });
    }
    out
}

fn verdict(r: &Resolution, span: &Range<usize>) -> &'static str {
    match r {
        Resolution::Exact(s) if s == span => "exact",
        Resolution::Exact(_) => "EXACT ELSEWHERE",
        Resolution::Fuzzy { span: s, .. } if s == span => "fuzzy",
        Resolution::Fuzzy { .. } => "FUZZY ELSEWHERE",
        Resolution::Ambiguous { .. } => "ambiguous",
        Resolution::Lost { .. } => "lost",
    }
}

type Figures = BTreeMap<(String, &'static str), usize>;

fn run(
    locator: &Locator,
    cases: &[Case],
    show: &dyn Fn(&Case, &Resolution, &str) -> bool,
) -> Figures {
    let mut out = Figures::new();
    for c in cases {
        let r = locator.locate(&c.quote);
        let what = verdict(&r, &c.span);
        if show(c, &r, what) {
            println!(
                "{}: {what}\n  quoted {:?}\n  meant  {:?} {:?}\n  {r:?}",
                c.kind,
                c.quote,
                c.span,
                &locator.view().source()[c.span.clone()]
            );
        }
        *out.entry((c.kind.clone(), what)).or_default() += 1;
    }
    out
}

#[test]
fn given_quotations() {
    let (Some(text), Some(cases)) = (memoir(), given_cases()) else { return };
    let view = View::new(text.as_str().into());
    let figures = run(&Locator::new(&view), &cases, &|c, _, w| {
        w != "exact" && (c.kind != "edit2" || w != "fuzzy")
    });
    println!("{figures:#?}");
}

#[test]
fn drawn_quotations() {
    let Some(text) = memoir() else { return };
    let view = View::new(text.as_str().into());
    let cases = drawn_cases(&text, 2000, 7);
    let figures = run(&Locator::new(&view), &cases, &|_, _, w| !matches!(w, "exact" | "fuzzy"));
    println!("{figures:#?}");
}

/// Four ways of losing a place.
fn deletions(text: &str, span: &Range<usize>) -> [(&'static str, Range<usize>); 4] {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let passages: Vec<_> =
        passages(text).into_iter().filter(|p| p.start < span.end && span.start < p.end).collect();
    let line_start = text[..span.start].rfind('\n').map_or(0, |i| i + 1);
    let line_end = text[span.end..].find('\n').map_or(text.len(), |i| span.end + i + 1);
    [
        ("span", span.clone()),
        ("passages", passages[0].start..passages[passages.len() - 1].end),
        (
            "200 bytes round it",
            boundary(span.start.saturating_sub(200))..boundary((span.end + 200).min(text.len())),
        ),
        ("lines", line_start..line_end),
    ]
}

fn after_deletion(text: &str, cases: &[Case], every: usize) -> BTreeMap<&'static str, Figures> {
    let mut out: BTreeMap<&'static str, Figures> = BTreeMap::new();
    for c in cases.iter().step_by(every) {
        for (how, cut) in deletions(text, &c.span) {
            let rest = [&text[..cut.start], &text[cut.end..]].concat();
            let view = View::new(rest.as_str().into());
            let r = Locator::new(&view).locate(&c.quote);
            let what = verdict(&r, &(0..0));
            if !matches!(what, "ambiguous" | "lost") {
                let found = match &r {
                    Resolution::Exact(s) | Resolution::Fuzzy { span: s, .. } => &rest[s.clone()],
                    _ => "",
                };
                println!(
                    "{how}, {}: {what}\n  quoted {:?}\n  found {found:?}\n  {r:?}",
                    c.kind, c.quote
                );
            }
            *out.entry(how).or_default().entry((c.kind.clone(), what)).or_default() += 1;
        }
    }
    out
}

#[test]
fn deleted_quotations() {
    let (Some(text), Some(cases)) = (memoir(), given_cases()) else { return };
    let t = Instant::now();
    println!("{:#?} {:?}", after_deletion(&text, &cases, if full() { 1 } else { 10 }), t.elapsed());
}

#[test]
fn deleted_drawn_quotations() {
    let Some(text) = memoir() else { return };
    let cases = drawn_cases(&text, 2000, 11);
    println!("{:#?}", after_deletion(&text, &cases, if full() { 5 } else { 100 }));
}
