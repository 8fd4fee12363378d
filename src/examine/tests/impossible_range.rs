use super::finding::{found, said};
use crate::examine::OddityCode::ImpossibleRange as CODE;

#[test]
fn a_range_that_ends_too_early_is_found() {
    for (text, wanted) in [
        (
            "the harbour master (October 1992 – September 1990) left",
            "October 1992 – September 1990",
        ),
        ("in office 1992-1990, then", "1992-1990"),
        ("from May 17–15 they", "May 17–15"),
        ("on 17-15 May 1992 they", "17-15 May 1992"),
        ("March 3, 1994 – March 1, 1994", "March 3, 1994 – March 1, 1994"),
        ("see pp. 512–498 there", "pp. 512–498"),
    ] {
        assert_eq!(said(text, CODE), [wanted], "{text}");
    }
    assert_eq!(found("(October 1992 – September 1990)", CODE)[0].span.start, 1);
}

#[test]
fn others_are_right() {
    for text in [
        "(September 1990 – October 1992)",
        "in 1990-1992 and 1992–93",
        "May 30–June 2 and December 30 – January 3",
        "December 30, 1992 – January 3, 1993",
        "pp. 331-35",
        "the war of 1431-1404 BC",
        "phone 1992-1990-12",
        "tel. 2012-1980",
        "No 1995-1990",
        "sections 7-5",
        "at 12-10 am",
        "6.1.26 - 10 November 2010",
        "lamp-beta9 - 02 May 2000",
    ] {
        assert_eq!(said(text, CODE), Vec::<String>::new(), "{text}");
    }
}
