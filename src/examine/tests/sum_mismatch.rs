use super::finding::{found, said};
use crate::examine::OddityCode::SumMismatch as CODE;

#[test]
fn parts_that_do_not_give_the_total() {
    for (text, wanted) in [
        (
            "They freed 110 sailors (Ferry – 39, Pier – 11 and Lighthouse – 50 people).",
            "39 + 11 + 50 is 100, not 110.",
        ),
        ("There were 110: 39, 11 and 50.", "39 + 11 + 50 is 100, not 110."),
        ("We saw 7 boats (5 whole and 3 broken).", "5 + 3 is 8, not 7."),
        (
            "They counted 23 gulls (fifteen on the pier, six on the roof, and three at sea).",
            "15 + 6 + 3 is 24, not 23.",
        ),
        (
            "It brought an estimated 1,221 crates, with 1,150 from the north and 61 from the south.",
            "1150 + 61 is 1211, not 1221.",
        ),
        ("The clerk wrote 13 + 3 + 2 = 25 there.", "13 + 3 + 2 is 18, not 25."),
        (
            "They freed 60 sailors, as the lists of the harbour office say (Ferry – 39, Pier – 11).",
            "39 + 11 is 50, not 60.",
        ),
    ] {
        let o = found(text, CODE);
        assert_eq!(o.len(), 1, "{text}");
        assert_eq!(o[0].text, wanted);
    }
}

#[test]
fn right_sums_and_other_numbers() {
    for text in [
        "They freed 110 sailors (Ferry – 39, Pier – 11 and Lighthouse – 60 people).",
        "We saw 7 boats (5 whole and 2 broken).",
        "2.5 + 8.5 = 11",
        // Dates, years, times, shares, verses, numbers of documents.
        "resolutions 822 (1993), 853 (1993) and 874 (1993)",
        "on 4 ships (May 5 and May 7)",
        "Luke 12: 5, 7 and 9",
        "10 boats (40% of wood, 50% of iron)",
        "Resolution 20 (clauses 5, 6 and 8)",
        "at 12 (10:30 and 11:30)",
        "bumped to 62.1 (Unicode 11, CLDR 33.1)",
        // Not all of it, or not exact.
        "We saw 12 boats (including 5 ferries and 4 yachts).",
        "over 12 boats (5 ferries and 4 yachts)",
        // No parts at all: far off.
        "The 9 boats (2 men and 1 dog)",
        "6 + 2 < 8 and 1 + 1 = 2 + 0",
    ] {
        assert_eq!(said(text, CODE), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn tables() {
    let table = "\
Ferries  Boats

Number of trips 4 2
Number of days held 25 0
including: in the harbour 13 0

of the old crew 3
of the new crew 2
of nobody 0

Number of nights 0 15
";
    let o = found(table, CODE);
    assert_eq!(o.len(), 1);
    assert_eq!(o[0].text, "13 + 3 + 2 + 0 is 18, not 25.");
    assert_eq!(o[0].said, "Number of days held 25 0");
    assert_eq!(o[0].against.len(), 4);
    assert_eq!(found(&table.replace("of the old crew 3", "of the old crew 10"), CODE), []);
    let total = "North 5 7\nSouth 6 1\nTotal 11 9\n";
    assert_eq!(found(total, CODE)[0].text, "7 + 1 is 8, not 9.");
    assert_eq!(found(&total.replace("11 9", "11 8"), CODE), []);
}
