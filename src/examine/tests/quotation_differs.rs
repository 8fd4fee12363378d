use super::finding::{beside, found};
use crate::examine::OddityCode::QuotationDiffers as CODE;

const ORDER: &str = "The council decided in spring. Keepers shall report every passing vessel \
    without delay and shall keep the northern lamp burning until sunrise. It was printed.";

fn filler(from: usize) -> String {
    (from..from + 600).map(|n| format!("w{n}x{}", n * 7)).collect::<Vec<_>>().join(" ")
}

fn text(quotation: &str) -> String {
    format!("{ORDER}\n\n{}.\n\nLater they read it out: {quotation}, and went home.", filler(0))
}

#[test]
fn a_changed_word_is_found_and_named() {
    let quoted = "‘shall report every passing ship without delay and shall keep the northern lamp \
                  burning until sunrise’";
    let text = text(quoted);
    let o = found(&text, CODE);
    assert_eq!(o.len(), 1);
    assert!(o[0].text.contains("(words changed): “ship” for “vessel”."), "{}", o[0].text);
    assert!(text[o[0].against[0].clone()].starts_with("shall report every passing vessel"));
    let held = beside(&format!("They read: {quoted}."), ORDER, CODE);
    assert_eq!(held[0].held.as_deref(), Some("H"));
    assert_eq!(&ORDER[held[0].against[0].clone()][..12], "shall report");
}

#[test]
fn the_kind_of_difference_is_told() {
    for (quoted, kind) in [
        (
            "“Keepers shall report every vessel without delay and shall keep the lamp burning \
             until sunrise”",
            "words left out",
        ),
        (
            "“Keepers shall always report every passing vessel without delay and shall keep the \
             northern lamp burning brightly until sunrise”",
            "words added",
        ),
        (
            "“Keepers shall report without delay every passing vessel and shall keep the northern \
             lamp burning until sunrise”",
            "order changed",
        ),
    ] {
        let o = found(&text(quoted), CODE);
        assert_eq!(o.len(), 1, "{quoted}");
        assert!(o[0].text.contains(kind), "{}", o[0].text);
    }
}

#[test]
fn right_cut_and_foreign_quotations_are_not() {
    for quoted in [
        // Word for word, over a broken line, with other marks and spelling of marks.
        "‘shall report every pass-\ning vessel without delay and shall keep the northern lamp’",
        "“Keepers shall report every passing vessel … shall keep the northern lamp burning until sunrise”",
        "“Keepers shall report every passing vessel [that is, all of them] without delay and shall \
         keep the northern lamp burning”",
        // Too short, or another sentence.
        "‘every passing ship without delay’",
        "‘shall we dance until the northern council has gone home and the spring is over’",
        // A title.
        "“Keepers’ Northern Lamp Council Report on the Vessel Delay of Sunrise Keepers”",
    ] {
        let o = found(&text(quoted), CODE);
        assert_eq!(o, [], "{quoted}");
    }
    // Not in quotation marks at all.
    let plain =
        "that keepers shall report every passing ship without delay and shall keep the lamp";
    assert_eq!(found(&text(plain), CODE), []);
}

#[test]
fn apostrophes_do_not_end_quotations() {
    let quoted = "‘the keepers’ office shall report every passing ship without delay and shall keep \
                  the keeper’s northern lamp burning until sunrise’";
    let o = found(&text(quoted), CODE);
    assert_eq!(o.len(), 1);
    assert!(o[0].said.starts_with("the keepers’ office") && o[0].said.ends_with("until sunrise"));
}

#[test]
fn code_is_not_a_quotation() {
    let text = format!(
        "Files: src/lamp.c, src/lamp.h, src/keeper.c, doc/lamp.txt now.\n\n{}\n\nThe 'src/lamp.c, \
         src/lamp.h, src/report.c, doc/lamp.txt' list.",
        filler(0)
    );
    assert_eq!(found(&text, CODE), []);
}
