//! What the memoir of `../shared/seeds`, and the short texts beside it, say
//! against themselves. Every finding was read by hand against its lines; the
//! counts are asserted, so that a change is noticed, and the oddities known
//! from reading the book that are found. Where the texts are missing, every
//! test here says so and passes. `VARIORUM_SHOW=near-copy` prints the findings
//! of a code, `VARIORUM_SHOW=all` all of them.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::ops::RangeInclusive;
use std::time::Instant;

use variorum::examine::{Division, Given, Held, Oddity, OddityCode, examine};
use variorum::text::View;

fn seed(number: &str) -> Option<View> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds");
    let Ok(files) = std::fs::read_dir(folder) else {
        println!("skipped: ../shared/seeds is not here");
        return None;
    };
    let mut paths = files.map(|f| f.unwrap().path());
    let path =
        paths.find(|p| p.file_name().unwrap().to_string_lossy().starts_with(number)).unwrap();
    Some(View::new(std::fs::read_to_string(path).unwrap().into()))
}

/// The two chronicles of the memoir.
fn given(view: &View) -> Given<'static> {
    let division = |name, lines: RangeInclusive<usize>, genre| Division {
        name,
        span: view.lines().range_of(lines).unwrap(),
        genre,
    };
    let divisions = vec![
        division("calendar", 13450..=13702, "calendar"),
        division("timeline", 18066..=21502, "chronicle"),
    ];
    Given { divisions, held: Vec::new() }
}

fn show(view: &View, found: &[Oddity]) {
    let asked = std::env::var("VARIORUM_SHOW").unwrap_or_default();
    let line = |byte: usize| view.lines().line_of(byte);
    for o in found.iter().filter(|o| asked == "all" || asked == o.code.name()) {
        println!("{} {}: {}\n   {}", o.code.name(), line(o.span.start), o.text, o.said);
        for a in o.against.iter().filter(|_| o.held.is_none()) {
            let there: String = view.reading(a.clone()).chars().take(200).collect();
            println!("   {}: {}", line(a.start), there.replace('\n', " "));
        }
    }
}

/// The oddities of a code that touch a line.
fn at<'f>(view: &View, found: &'f [Oddity], code: OddityCode, line: usize) -> Vec<&'f Oddity> {
    let line = view.lines().range_of(line..=line).unwrap();
    let touches = |o: &&Oddity| o.span.start < line.end && line.start < o.span.end;
    found.iter().filter(|o| o.code == code).filter(touches).collect()
}

#[test]
fn memoir() {
    let Some(view) = seed("001_") else { return };
    let start = Instant::now();
    let found = examine(&view, &given(&view));
    println!("{} findings in {:?}", found.len(), start.elapsed());
    show(&view, &found);
    let count = |code| found.iter().filter(|o| o.code == code).count();
    let counts = OddityCode::ALL.map(|code| (code.name(), count(code)));
    println!("{counts:?}");
    assert_eq!(
        counts,
        [
            ("weekday-mismatch", 1),
            ("chronicle-order", 5),
            ("impossible-range", 1),
            ("near-copy", 25),
            ("quotation-differs", 17),
            ("reference-dangling", 2),
            ("sum-mismatch", 1),
            ("name-variants", 56),
            ("name-shared", 12),
            ("mixed-script", 17),
        ]
    );
}

#[test]
fn known_oddities() {
    let Some(view) = seed("001_") else { return };
    let found = examine(&view, &given(&view));
    use OddityCode::*;
    let here = |code, line| !at(&view, &found, code, line).is_empty();
    for line in [18849, 19056, 19382, 19557, 19598] {
        assert!(here(ChronicleOrder, line), "{line}");
    }
    for line in [286, 300, 693, 901, 4966, 11183, 11975, 14241, 16884] {
        assert!(here(MixedScript, line), "{line}");
    }
    assert!(
        here(WeekdayMismatch, 5312) && here(ImpossibleRange, 21562) && here(SumMismatch, 11012)
    );
    assert!(here(ReferenceDangling, 6460) && here(ReferenceDangling, 15505));
    for line in [7203, 11277, 12203, 12285] {
        assert!(here(QuotationDiffers, line), "{line}");
    }
    // The strayed passage, and the proposals that use each other's words.
    let copies = |from: usize, to: usize| {
        at(&view, &found, NearCopy, from).iter().any(|o| {
            let to = view.lines().range_of(to..=to).unwrap();
            o.against.iter().any(|a| a.start < to.end && to.start < a.end)
        })
    };
    for (from, to) in [(12330, 21520), (17100, 17400), (17120, 17775), (17450, 17800)] {
        assert!(copies(from, to), "{from} {to}");
    }
    let names = |code, wanted: &[&str]| {
        let mut texts = found.iter().filter(|o| o.code == code).map(|o| &o.text);
        assert!(texts.any(|t| wanted.iter().all(|w| t.contains(w))), "{wanted:?}");
    };
    names(NameVariants, &["Aliyev (", "Aliev ("]);
    names(NameVariants, &["Grachev (", "Grachyov ("]);
    names(NameVariants, &["Bakhmanov (", "Batmanov (", "Bahmanov ("]);
    names(NameVariants, &["Ghukasyan (", "Gukasyan ("]);
    names(NameShared, &["Yakub", "Mammedrafi"]);
    names(NameShared, &["Serzh", "Vazgen"]);
}

/// With no part named, the timeline is recognised by itself.
#[test]
fn nothing_given() {
    let Some(view) = seed("001_") else { return };
    let found = examine(&view, &Given::default());
    let order = found.iter().filter(|o| o.code == OddityCode::ChronicleOrder).count();
    assert_eq!(order, 5);
}

#[test]
fn short_texts() {
    let Some(memoir) = seed("001_") else { return };
    let told = |number: &str| -> Vec<(&'static str, usize)> {
        let view = seed(number).unwrap();
        let held = vec![Held { name: "M", view: &memoir }];
        let found = examine(&view, &Given { divisions: Vec::new(), held });
        show(&view, &found);
        let place = |o: &Oddity| (o.code.name(), view.lines().line_of(o.span.start));
        found.iter().map(place).collect()
    };
    assert_eq!(told("000_"), [("quotation-differs", 19), ("name-variants", 42)]);
    assert_eq!(told("002_"), [("near-copy", 5)]);
    assert_eq!(told("003_"), []);
}
