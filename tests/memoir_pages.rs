//! The printed pages of the memoir of `../shared/seeds`. Skipped, and said so,
//! where the seeds are not.
#![allow(clippy::print_stderr, clippy::unwrap_used)]

use std::path::Path;

use variorum::text::{PageSign, View};

fn memoir() -> Option<View> {
    let seeds = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds"));
    let Ok(files) = std::fs::read_dir(seeds) else {
        eprintln!("skipped: ../shared/seeds is not here");
        return None;
    };
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let mut files = files.map(|f| f.unwrap().path());
    let path = files.find(|path| name(path).starts_with("001_")).unwrap();
    Some(View::new(std::fs::read_to_string(path).unwrap().into()))
}

/// Lines on which a page number survives alone, read by eye.
const SURVIVING: [(usize, u32); 26] = [
    (199, 20),
    (1204, 49),
    (2307, 80),
    (2351, 81),
    (2415, 83),
    (3223, 105),
    (3343, 108),
    (3568, 114),
    (4541, 141),
    (5161, 158),
    (6073, 184),
    (6497, 195),
    (8757, 260),
    (9129, 270),
    (9422, 278),
    (9466, 279),
    (9946, 292),
    (10099, 298),
    (11951, 346),
    (13340, 383),
    (15594, 447),
    (16376, 472),
    (16911, 485),
    (17575, 502),
    (17589, 503),
    (18967, 557),
];

#[test]
fn every_surviving_number_is_exact() {
    let Some(view) = memoir() else { return };
    let pages = view.pages();
    let printed = pages.starts().iter().filter(|s| s.sign == PageSign::Printed);
    let printed: Vec<_> = printed.map(|s| (s.line, s.number)).collect();
    assert_eq!(printed, SURVIVING);
    for (line, number) in SURVIVING {
        let byte = view.lines().range_of(line..=line).unwrap().start;
        assert_eq!(pages.page_of(byte), Some((number, 0)));
        let (span, margin) = pages.span_of(number).unwrap();
        assert!(span.contains(&byte) && margin == 0, "{number}");
    }
}

#[test]
fn what_another_work_cites_is_found() {
    let Some(view) = memoir() else { return };
    let lines = |number| {
        let (span, margin) = view.pages().span_of(number).unwrap();
        (view.lines().line_of(span.start), view.lines().line_of(span.end - 1), margin)
    };
    // "pp. 39-40": between the printed 20 and 49 one start is false.
    assert_eq!((lines(39), lines(40)), ((835, 865, 1), (866, 903, 1)));
    // "pp. 278-281": counted from 279 to 292 without a gap.
    assert_eq!(lines(278), (9422, 9465, 0));
    assert_eq!(lines(281), (9542, 9578, 0));
    assert_eq!(view.pages().span_of(2), None);
}

/// Running heads with the title of an essay stand on odd pages, at the end of
/// the page's text: the page after is even. The pages are counted without
/// this, so it can judge them.
#[test]
fn the_sides_of_the_paper_agree() {
    let Some(view) = memoir() else { return };
    let heads: Vec<usize> =
        view.layout().iter().map(|h| view.lines().line_of(h.start as usize)).collect();
    let behind_head = |line: usize| heads.binary_search(&(line - 1)).is_ok();
    let (mut right, mut wrong) = (0, 0);
    for s in view.pages().starts().iter().filter(|s| behind_head(s.line)) {
        match (s.number % 2 == 0, s.margin) {
            (true, _) => right += 1,
            (false, 0..=1) => panic!("page {} ±{} is odd", s.number, s.margin),
            (false, _) => wrong += 1,
        }
    }
    assert!(right > 80 && wrong < 10, "{right} {wrong}");
}
