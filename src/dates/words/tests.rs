use super::*;
use proptest::prelude::*;

/// The dates of a text as spans and EDTF in 1993.
fn read(text: &str) -> Vec<(&str, String)> {
    let edtf = |d: &DateInText| d.edtf(Some(1993)).map_or("?".into(), |e| e.to_string());
    dates_in(text).iter().map(|d| (&text[d.span.clone()], edtf(d))).collect()
}

fn one(text: &str) -> (&str, String) {
    let all = read(text);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all[0].clone()
}

#[test]
fn the_forms_of_a_book() {
    for (text, span, edtf) in [
        ("On May 7 they met.", "May 7", "1993-05-07"),
        ("on 7 May 1994, in the evening", "7 May 1994", "1994-05-07"),
        ("May 4-5, 1994", "May 4-5, 1994", "1994-05-04/1994-05-05"),
        ("September 20-23", "September 20-23", "1993-09-20/1993-09-23"),
        ("March 30-April 3", "March 30-April 3", "1993-03-30/1993-04-03"),
        ("Nov 29- Dec 2", "Nov 29- Dec 2", "1993-11-29/1993-12-02"),
        (
            "December 30 – January 2, 1994.",
            "December 30 – January 2, 1994",
            "1993-12-30/1994-01-02",
        ),
        ("December 30 – January 2", "December 30 – January 2", "1993-12-30/1994-01-02"),
        ("the fax of 17.06.93, faded", "17.06.93", "1993-06-17"),
        ("(7.6.1993)", "7.6.1993", "1993-06-07"),
        ("at 27.VI 1.45 a fax", "27.VI", "1993-06-27"),
        ("of 27.VI.94.", "27.VI.94", "1994-06-27"),
        ("27.V.94", "27.V.94", "1994-05-27"),
        ("in September 2001.", "September 2001", "2001-09"),
        ("in September of 2001.", "September of 2001", "2001-09"),
        ("Sept. 5, 1992", "Sept. 5, 1992", "1992-09-05"),
        ("8-9 May 1992", "8-9 May 1992", "1992-05-08/1992-05-09"),
        ("30 March - 3 April 1994", "30 March - 3 April 1994", "1994-03-30/1994-04-03"),
        ("from 26 July to 2 August", "26 July to 2 August", "1993-07-26/1993-08-02"),
        ("from July 26 to August 2", "July 26 to August 2", "1993-07-26/1993-08-02"),
        ("on the 9th of May, 1992", "9th of May, 1992", "1992-05-09"),
        ("on May 9th", "May 9th", "1993-05-09"),
        ("April 14The troops", "April 14", "1993-04-14"),
        ("July24-25 fax", "July24-25", "1993-07-24/1993-07-25"),
        ("on May\n5, 1994", "May\n5, 1994", "1994-05-05"),
        ("MAY 5, 1994", "MAY 5, 1994", "1994-05-05"),
        ("February 29, 1992", "February 29, 1992", "1992-02-29"),
        ("May 8 and 9", "May 8", "1993-05-08"),
        ("May 12-1994", "May 12", "1993-05-12"),
        ("May 7,1994", "May 7,1994", "1994-05-07"),
        ("in June. 5 men and June 6", "June 6", "1993-06-06"),
    ] {
        assert_eq!(one(text), (span, edtf.to_string()), "{text}");
    }
}

#[test]
fn weekdays_in_front_and_behind() {
    for (text, span, day) in [
        ("on Monday, November 21 he", "Monday, November 21", Some(Weekday::Monday)),
        ("Sunday 21 November 1993", "Sunday 21 November 1993", Some(Weekday::Sunday)),
        ("on Thursday the 12th of May", "Thursday the 12th of May", Some(Weekday::Thursday)),
        ("on Thu. May 12", "Thu. May 12", Some(Weekday::Thursday)),
        ("on May 12 (Thursday) it", "May 12 (Thursday)", Some(Weekday::Thursday)),
        ("on May 12, Thursday, it", "May 12, Thursday", Some(Weekday::Thursday)),
        ("on May 12. Thursday was", "May 12", None),
        ("It was Thursday. May 12 came.", "May 12", None),
        ("Monday, May 9-11", "Monday, May 9-11", Some(Weekday::Monday)),
    ] {
        let all = dates_in(text);
        assert_eq!(all.len(), 1, "{text}");
        assert_eq!((&text[all[0].span.clone()], all[0].weekday), (span, day), "{text}");
    }
    let two = dates_in("on May 5, Monday, May 9, Tuesday");
    assert_eq!(two.len(), 2);
    assert_eq!(two[0].weekday, None);
    assert_eq!(two[1].weekday, Some(Weekday::Monday));
}

#[test]
fn what_is_no_date() {
    for text in [
        "It may 5 times be so, and March on.",
        "May 35, June 31",
        "May 5,000 men",
        "May 5.30 pm and May 5:30",
        "May 5%",
        "section 1.2.93 and 12.13.93",
        "at 27.I went; 5.V.",
        "No. 5 May be wrong",
        "in item 5 May 7",
        "12.05.94.1 and 1.12.05.94",
        "Marchers 5, Mayor 7, Junes 8",
        "May\n\n7 men",
        "February 29, 1993",
        "May 5/6",
        "15.05 May",
        "in May, 1994 men",
        "5km May",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
    assert!(!dates_in("17.06.93")[0].century_told);
    assert!(dates_in("17.06.1993")[0].century_told);
    assert_eq!(dates_in("May 7")[0].first_day(None), None);
    assert_eq!(dates_in("February 29")[0].first_day(Some(1993)), None);
}

proptest! {
    #[test]
    fn any_text_is_read(parts in prop::collection::vec(prop_oneof![
        Just("May".to_owned()), Just("June.".to_owned()), Just("Monday".to_owned()), Just(" ".to_owned()),
        Just(" ".to_owned()), Just(", ".to_owned()), Just("-".to_owned()), Just("\n".to_owned()), Just(".".to_owned()),
        Just("to".to_owned()), Just("of".to_owned()), Just("th".to_owned()), Just("(".to_owned()), Just(")".to_owned()),
        Just("VI".to_owned()), "[0-9]{1,4}", "\\PC",
    ], 0..40)) {
        let text = parts.concat();
        let mut last = 0;
        for d in dates_in(&text) {
            prop_assert!(d.span.start >= last && d.span.end > d.span.start);
            last = d.span.end;
            prop_assert!(text.get(d.span.clone()).is_some());
            prop_assert!(d.day.is_some() || d.year.is_some());
            let (first, end) = (d.first_day(Some(1992)), d.last_day(Some(1992)));
            prop_assert!(first.zip(end).is_none_or(|(a, b)| a <= b));
            prop_assert!(d.day.is_none() || d.edtf(Some(1992)).is_some() == (first.is_some() && end.is_some()), "{:?}", d);
        }
    }
}
