use super::finding::{found, said};
use crate::examine::OddityCode::WeekdayMismatch as CODE;

#[test]
fn a_wrong_weekday_is_found() {
    for (text, wanted) in [
        ("We sailed on Monday, November 21, 1993, at dawn.", "Monday, November 21, 1993"),
        ("We sailed on Monday 21 November 1993 at dawn.", "Monday 21 November 1993"),
        ("It was June 27, 1993 (Saturday) in the log.", "June 27, 1993 (Saturday"),
        ("It was June 27, 1993, a Saturday.", "June 27, 1993, a Saturday"),
        ("Date: Mon, 21 Nov 1993 10:00", "Mon, 21 Nov 1993"),
        ("on Monday, Novem-\nber 21, 1993, the boat", "Monday, November 21, 1993"),
    ] {
        assert_eq!(said(text, CODE), [wanted], "{text}");
    }
    let o = &found("On Monday, November 21, 1993.", CODE)[0];
    assert_eq!(o.text, "November 21, 1993 was a Sunday, not a Monday.");
    assert_eq!(o.span, 3..28);
}

#[test]
fn a_right_one_is_not() {
    for text in [
        "on Sunday, November 21, 1993, the boat",
        "June 27, 1993 (Sunday)",
        // Old calendar.
        "On Sunday, January 9, 1905, they marched.",
        // No year, and none that is certain.
        "On Monday, November 21, we sailed.",
        // The weekday belongs to another date, or to a range.
        "on May 5, 1992, Wednesday, May 6, 1992 and so on",
        "from Sunday to Monday-Tuesday, May 5-6, 1992",
        "the Monday, May 5-9, 1992 week",
        "Until May 5, 1992, Monday's paper said nothing.",
        "May 35, 1992 (Monday)",
    ] {
        assert_eq!(said(text, CODE), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn the_year_is_lent_only_where_it_is_certain() {
    let around = "On November 9, 1993 we met. I heard of it on Monday, November 21, late.\n\n\
                  The Wreck of November 20, 1993\n\nIt was foggy.";
    let o = found(around, CODE);
    assert_eq!(o[0].said, "Monday, November 21");
    assert!(o[0].text.starts_with("In 1993, the year of the dates around it"), "{}", o[0].text);
    for text in [
        around.replace("November 9, 1993", "November 9, 1992"),
        around.replace("I heard", "Since 1989 I had waited. I heard"),
        around.replace("November 9", "May 9").replace("November 20", "May 20"),
        around.replace("Monday", "Sunday"),
    ] {
        assert_eq!(found(&text, CODE), [], "{text}");
    }
}
