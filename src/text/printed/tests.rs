use super::*;
use crate::text::View;
use proptest::prelude::*;

/// A page of a made-up book: `lines` lines of prose that stop in mid-sentence.
fn prose(page: u32, lines: u32) -> String {
    let line = |k| format!("and so the ferry of page {page} went on along the shore {k}\n");
    (0..lines).map(line).collect()
}

/// How the pages of a made-up book are set.
struct Book {
    /// Before the first line of a page.
    mark: &'static str,
    /// Numbers at the foot, else at the head.
    foot: bool,
    /// Which pages print their number.
    numbered: fn(u32) -> bool,
    /// Which pages lost the mark of their start.
    unmarked: fn(u32) -> bool,
    /// What stands in the middle of a page.
    inside: fn(u32) -> &'static str,
}

const PLAIN: Book =
    Book { mark: " ", foot: false, numbered: |n| n % 5 == 0, unmarked: |_| false, inside: |_| "" };

impl Book {
    /// Pages 3 to 62.
    fn view(&self) -> View {
        let mut text = String::new();
        for n in 3..=62 {
            let number = (self.numbered)(n);
            let mark = if (self.unmarked)(n) { "" } else { self.mark };
            let lines = 16 + n % 3;
            let body = prose(n, lines) + (self.inside)(n) + &prose(n, lines);
            text += &match (number, self.foot) {
                (true, true) => format!("{mark}{body}\n\n{n}\n\n"),
                // One start is marked with its number, and tells of the others.
                (true, false) if n == 30 => format!("{mark}{n}\n\n{body}"),
                (true, false) => format!("\n\n{n}\n\n{body}"),
                (false, _) => format!("{mark}{body}"),
            };
        }
        View::new(text.into())
    }
}

/// Whether every page said to be right is, and the others keep the margin;
/// how many pages are exact, and the largest margin.
fn check(view: &View) -> (usize, u32) {
    let pages = view.pages();
    let (mut exact, mut worst) = (0, 0);
    for n in 4..=61 {
        let at = view.source().find(&format!("of page {n} ")).unwrap();
        let (number, margin) = pages.page_of(at).unwrap_or_else(|| panic!("no page at {n}"));
        assert!(number.abs_diff(n) <= margin, "{n} was taken for {number} ±{margin}");
        let (span, margin) = pages.span_of(n).unwrap();
        if margin == 0 {
            exact += 1;
            assert!(span.contains(&at), "{n} lies elsewhere");
        }
        worst = worst.max(margin);
    }
    (exact, worst)
}

#[test]
fn a_book_with_marks_and_some_numbers() {
    let view = PLAIN.view();
    // 5 to 60 are between printed numbers.
    assert_eq!(check(&view), (56, 1));
    let signs = view.pages().starts().iter().filter(|s| s.sign == PageSign::Printed).count();
    assert_eq!(signs, 12);
    let (number, margin) = view.pages().page_of(view.source().len() - 1).unwrap();
    assert_eq!((number, margin), (62, 1));
    assert_eq!(view.pages().page_of(view.source().len()), None);
    assert_eq!(view.pages().span_of(63), None);
    assert_eq!(view.pages().span_of(2), None);
}

#[test]
fn numbers_at_the_foot_with_form_feeds() {
    let book = Book { mark: "\u{c}", foot: true, numbered: |n| n % 4 == 0, ..PLAIN };
    // 4 to 60.
    assert_eq!(check(&book.view()), (57, 1));
}

#[test]
fn numbers_alone_mark_their_pages() {
    let book = Book { mark: "", ..PLAIN };
    let view = book.view();
    let (exact, worst) = check(&view);
    // Whether 25 is at the head of its page or at the foot of another is not
    // known: nothing is exact.
    assert!(exact == 0 && worst <= 4, "{exact} {worst}");
    let every = Book { mark: "\n\n", numbered: |_| true, ..PLAIN };
    assert_eq!(check(&every.view()), (0, 1));
}

#[test]
fn lost_and_false_starts_widen_the_margin() {
    let lost = Book { unmarked: |n| n == 18, ..PLAIN };
    // 16 to 19 lie between 15 and 20.
    assert_eq!(check(&lost.view()), (52, 1));
    let list = Book {
        inside: |n| if n == 18 { "\n – the first\n – the second\n" } else { "" },
        ..PLAIN
    };
    assert_eq!(check(&list.view()), (52, 1));
    let indent = Book { inside: |n| if n == 18 { "\n Then one\n" } else { "" }, ..PLAIN };
    assert_eq!(check(&indent.view()), (52, 1));
    let odd = Book { inside: |n| if n == 18 { "Then\n one more\n" } else { "" }, ..PLAIN };
    // What is false cannot be told: one more or less.
    assert_eq!(check(&odd.view()), (52, 2));
}

#[test]
fn numbers_in_running_heads() {
    let mut text = String::new();
    for n in 3..=62 {
        let head = match n % 2 {
            0 if n % 6 == 0 => format!("\n\n{n} ON FERRIES\n\n"),
            1 if n % 9 == 0 => format!("\n\nOn the Second Day {n}\n\n"),
            _ => " ".to_owned(),
        };
        text += &format!("{head}{}", prose(n, 33));
    }
    let view = View::new(text.into());
    let (exact, worst) = check(&view);
    assert!(exact == 0 && worst <= 2, "{exact} {worst}");
    let numbers = view.pages().starts().iter().filter(|s| s.sign == PageSign::Printed);
    assert_eq!(numbers.count(), 13);
}

#[test]
fn where_no_number_survives_there_are_no_pages() {
    let none = |t: &str| View::new(t.into()).pages().is_empty();
    assert!(none(""));
    assert!(none("\n\n"));
    assert!(none(Book { numbered: |_| false, ..PLAIN }.view().source()));
    assert!(none(Book { numbered: |n| n == 30, ..PLAIN }.view().source()));
    // Numbers that no sentence runs around: chapters, years, a list.
    let parts = |first: u32, step: u32| {
        (0..40)
            .map(|k| {
                format!(
                    "{}\n\nThe ferry left. {}It came.\n\n",
                    first + k * step,
                    "It went. ".repeat(200)
                )
            })
            .collect::<String>()
    };
    assert!(none(&parts(1, 1)));
    assert!(none(&parts(1991, 1)));
    assert!(none(&(1..50).map(|n| format!("{n}\n\n")).collect::<String>()));
    // Numbers that fall, or do not keep the pace.
    let wild =
        (0..40).map(|k| format!("\n\n{}\n\n{}", 900 - k * 7, prose(k, 33))).collect::<String>();
    assert!(none(&wild));
}

proptest! {
    #[test]
    fn any_text_has_pages_in_order(parts in prop::collection::vec(prop_oneof![
        4 => (1_u32..40).prop_map(|n| prose(n, n)),
        3 => (1_u32..80).prop_map(|n| format!("\n\n{n}\n\n")),
        2 => (1_u32..80).prop_map(|n| format!("\n\nHead {n}\n\n")),
        2 => Just(" ".to_owned()),
        1 => Just("\u{c}".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => Just("é\n – item\n".to_owned()),
    ], 0..120)) {
        let view = View::new(parts.concat().into());
        let pages = view.pages();
        for w in pages.starts().windows(2) {
            prop_assert!(w[0].byte < w[1].byte && w[0].number <= w[1].number, "{:?}", w);
        }
        for s in pages.starts() {
            prop_assert!(view.source().is_char_boundary(s.byte) && s.byte < view.source().len());
            prop_assert_eq!(pages.page_of(s.byte), Some((s.number, s.margin)));
            let (span, margin) = pages.span_of(s.number).unwrap();
            prop_assert!(span.contains(&s.byte) && margin >= s.margin);
            if s.sign == PageSign::Printed {
                let line = view.lines().range_of(s.line..=view.lines().count()).unwrap();
                prop_assert!(view.source()[line].contains(&s.number.to_string()));
            }
        }
    }
}
