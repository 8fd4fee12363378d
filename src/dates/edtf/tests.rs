use super::super::compare::{DateRelation, Side, compare};
use super::super::day::{Day as Calendar, Weekday};
use super::*;
use proptest::prelude::*;

fn edtf(s: &str) -> Edtf {
    s.parse().unwrap_or_else(|e| panic!("{e}"))
}

/// First day, last day, precision. Examples of the Library of Congress where
/// there are any.
#[test]
fn levels_0_and_1_and_sets() {
    use Precision::*;
    for (s, first, last, precision) in [
        // Level 0.
        ("1985-04-12", "1985-04-12", "1985-04-12", Day),
        ("1985-04", "1985-04-01", "1985-04-30", Month),
        ("1985", "1985-01-01", "1985-12-31", Year),
        ("0000", "0000-01-01", "0000-12-31", Year),
        ("1985-04-12T23:20:30", "1985-04-12", "1985-04-12", Second),
        ("1985-04-12T23:20:30Z", "1985-04-12", "1985-04-12", Second),
        ("1985-04-12T23:20:30-04", "1985-04-12", "1985-04-12", Second),
        ("1985-04-12T23:20:30+04:30", "1985-04-12", "1985-04-12", Second),
        ("1964/2008", "1964-01-01", "2008-12-31", Year),
        ("2004-06/2006-08", "2004-06-01", "2006-08-31", Month),
        ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08", Day),
        ("2004-02-01/2005-02", "2004-02-01", "2005-02-28", Month),
        ("2004-02-01/2005", "2004-02-01", "2005-12-31", Year),
        ("2005/2006-02", "2005-01-01", "2006-02-28", Year),
        // Level 1.
        ("Y170000002", "+170000002-01-01", "+170000002-12-31", Year),
        ("Y-170000002", "-170000002-01-01", "-170000002-12-31", Year),
        ("2001-21", "2001-01-01", "2001-12-31", Season),
        ("2001-24", "2001-01-01", "2002-03-31", Season),
        ("1984?", "1984-01-01", "1984-12-31", Year),
        ("2004-06~", "2004-06-01", "2004-06-30", Month),
        ("2004-06-11%", "2004-06-11", "2004-06-11", Day),
        ("201X", "2010-01-01", "2019-12-31", Decade),
        ("20XX", "2000-01-01", "2099-12-31", Century),
        ("-201X", "-2019-01-01", "-2010-12-31", Decade),
        ("-00XX", "-0099-01-01", "-0001-12-31", Century),
        ("2004-XX", "2004-01-01", "2004-12-31", Year),
        ("1985-04-XX", "1985-04-01", "1985-04-30", Month),
        ("1985-XX-XX", "1985-01-01", "1985-12-31", Year),
        ("1985-04-12/..", "1985-04-12", "", Day),
        ("1985-04/..", "1985-04-01", "", Month),
        ("1985/..", "1985-01-01", "", Year),
        ("../1985-04-12", "", "1985-04-12", Day),
        ("../1985", "", "1985-12-31", Year),
        ("1985-04-12/", "1985-04-12", "", Day),
        ("1985/", "1985-01-01", "", Year),
        ("/1985-04", "", "1985-04-30", Month),
        ("1984~/2004-06", "1984-01-01", "2004-06-30", Year),
        ("1984-06-02?/2004-08-08~", "1984-06-02", "2004-08-08", Day),
        ("2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03", Month),
        ("2003-22/2004-22", "2003-01-01", "2005-03-31", Season),
        ("-1985", "-1985-01-01", "-1985-12-31", Year),
        ("-0043-03-15", "-0043-03-15", "-0043-03-15", Day),
        ("0000-02-29", "0000-02-29", "0000-02-29", Day),
        // Sets of level 2.
        ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", Year),
        ("[..1760-12-03]", "", "1760-12-03", Day),
        ("[1760-12..]", "1760-12-01", "", Month),
        ("[1760-01,1760-02,1760-12..]", "1760-01-01", "", Month),
        ("[1667,1760-12]", "1667-01-01", "1760-12-31", Year),
        ("[..1984]", "", "1984-12-31", Year),
        ("{1667,1668,1670..1672}", "1667-01-01", "1672-12-31", Year),
        ("{1960,1961-12}", "1960-01-01", "1961-12-31", Year),
        ("{..1984}", "", "1984-12-31", Year),
        ("{1994-05-08?,1994-05-10..1994-05-12}", "1994-05-08", "1994-05-12", Day),
    ] {
        let e = edtf(s);
        assert_eq!(e.to_string(), s);
        let spelled = |d: Option<Calendar>| d.map_or(String::new(), |d| d.to_string());
        let (a, b) = e.bounds();
        assert_eq!((spelled(a), spelled(b)), (first.to_string(), last.to_string()), "{s}");
        assert_eq!(e.precision(), Some(precision), "{s}");
        let json = serde_json::to_string(&e).unwrap();
        assert_eq!(json, format!("{s:?}"));
        assert_eq!(serde_json::from_str::<Edtf>(&json).unwrap(), e);
    }
    for s in ["../..", "/..", "../"] {
        assert_eq!(edtf(s).to_string(), s);
        assert_eq!((edtf(s).bounds(), edtf(s).precision()), ((None, None), None));
    }
}

#[test]
fn refusals_name_the_place() {
    for (s, at, expected) in [
        ("", 0, "a year"),
        ("May 1994", 0, "a year"),
        ("94", 2, "a year"),
        ("1994-5", 5, "a month"),
        ("1994-13", 5, "a month"),
        ("1994-00", 5, "a month"),
        ("1994-25", 5, "a month"),
        ("1994-05-32", 8, "a day"),
        ("1993-02-29", 8, "a day"),
        ("1994-21-01", 7, "the end"),
        ("1994-05-12 ", 10, "the end"),
        ("1994-05-12?~", 11, "the end: a mark"),
        ("?1994", 0, "a year"),
        ("1994-05?-12", 8, "the end: a mark"),
        ("19940512", 4, "`-`"),
        ("Y1994", 1, "five digits"),
        ("Y012345", 1, "five digits"),
        ("Y1234567890123456", 16, "the end"),
        ("Y17E7", 1, "five digits"),
        ("-0000", 0, "0000"),
        ("1XXX", 3, "a year"),
        ("X994", 1, "a year"),
        ("199X-05", 4, "the end"),
        ("1994-XX-12", 8, "XX"),
        ("1994-05-1X", 8, "a day"),
        ("1994-05T12:00:00", 0, "a day"),
        ("1994-05-12T24:00:00", 11, "an hour"),
        ("1994-05-12T12:00", 16, "`:` and seconds"),
        ("1994-05-12T12:00:60", 17, "seconds"),
        ("1994-05-12T12:00:00z", 19, "the end"),
        ("1994-05-12T12:00:00-00:00", 19, "+00:00"),
        ("1994-05-12T12:00:00+14:30", 23, "an offset"),
        ("1994-05-12?T12:00:00", 0, "a day"),
        ("/", 1, "a date or"),
        ("1994/1993", 5, "an end"),
        ("1994/05/12", 7, "a year"),
        ("1994-05-08/09", 13, "a year"),
        ("1994-05-12T12:00:00/1995", 10, "`/`"),
        ("1994/1995/1996", 9, "the end of the interval"),
        ("[]", 1, "a year"),
        ("[1994", 5, "`,`"),
        ("[1994, 1995]", 6, "a year"),
        ("{1994]", 5, "`,`"),
        ("[1994..1993]", 7, "a date after"),
        ("[1994..1995-01]", 7, "as many parts"),
        ("[1994?..1995]", 1, "a year, month or day"),
        ("[1994..,1995]", 7, "the end of the set"),
        ("[1994,..1995]", 6, "a date: an open"),
        ("[..]", 3, "a year"),
        ("[1994-05-12T12:00:00]", 11, "`,`"),
        ("{0000-01-01..9999-12-31}", 1, "no more"),
    ] {
        let e = s.parse::<Edtf>().unwrap_err();
        assert_eq!(e.at, at, "{e}");
        assert!(e.expected.starts_with(expected), "{e}");
    }
    assert!(format!("[{}1994]", "1994,".repeat(900)).parse::<Edtf>().is_err());
}

#[test]
fn what_dates_tell() {
    assert_eq!(edtf("1994-05-12").weekday(), Some(Weekday::Thursday));
    assert_eq!(edtf("1993-11-21T10:00:00").weekday(), Some(Weekday::Sunday));
    assert_eq!(edtf("1994-05").weekday(), None);
    assert_eq!(edtf("1994-05").days(), Some(31));
    assert_eq!(edtf("{1994-05-09,1994-05-11,1994-05-11}").days(), Some(2));
    assert_eq!(edtf("1994/..").days(), None);
    let marks = |s| (edtf(s).is_uncertain(), edtf(s).is_approximate());
    assert_eq!(marks("1994"), (false, false));
    assert_eq!(marks("1994?"), (true, false));
    assert_eq!(marks("1994~/1995%"), (true, true));
    assert_eq!(marks("[1994,1995~]"), (false, true));
    assert!(edtf("[1994]").is_one_of() && edtf("{1994}").is_all_of());
    let members = |s| edtf(s).members().map(|m| m.to_string()).collect::<Vec<_>>().join(" ");
    assert_eq!(members("1994-05?"), "1994-05?");
    assert_eq!(members("{1667?,1670..1672}"), "1667? 1670 1671 1672");
    assert_eq!(
        members("[1992-02-28..1992-03-01,1994..]"),
        "1992-02-28 1992-02-29 1992-03-01 1994/.."
    );
    assert_eq!(members("{-0001..0001}"), "-0001 0000 0001");
}

#[test]
fn timelines_are_sorted() {
    let order = [
        "../1990",
        "1992",
        "1992-05-08",
        "1992-05-08/1992-05-09",
        "/1992-06-01",
        "1993-21",
        "1993-11-21T10:00:00",
        "1993-24",
        "1994-05",
        "1994-05-12T00:01:00",
        "1994-05-12T00:02:00",
    ];
    let mut sorted = order;
    sorted.reverse();
    sorted.sort_by_key(|s| edtf(s).sort_key());
    assert_eq!(sorted, order);
}

#[test]
fn relations() {
    use DateRelation::*;
    let (a, b) = (LessPrecise(Side::A), LessPrecise(Side::B));
    for (x, y, relation) in [
        ("1994-05-12", "1994-05-12?", Equal),
        ("1994-05", "1994-05-12", a),
        ("1994", "1994-05-12", a),
        ("199X", "1994-05", a),
        ("1994-05-XX", "1994-05", Equal),
        ("1993-07-28", "1993-07-24", Differs),
        ("1994-05", "1994-06-01", Differs),
        // Times.
        ("1994-05-12T00:01:00", "1994-05-12", b),
        ("1994-05-12T00:01:00", "1994-05", b),
        ("1994-05-12T00:01:00", "1994-05-11", Differs),
        ("1994-05-12T00:01:00", "1994-05-12T00:01:00", Equal),
        ("1994-05-12T00:01:00", "1994-05-12T00:02:00", Differs),
        ("1994-05-12T00:01:00+04:00", "1994-05-11T20:01:00Z", Equal),
        ("1994-05-12T00:01:00+04:00", "1994-05-12T00:01:00", b),
        ("1994-05-12T00:01:00+04:00", "1994-05-12T01:01:00", NotComparable),
        ("1994-05-12T00:01:00+04:00", "1994-05-14T01:01:00", Differs),
        ("1994-05-12T00:01:00+04", "1994-05-12T00:01:00Z", Differs),
        ("1994-05-12T00:01:00", "1994-05-11/1994-05-13", b),
        // One of.
        ("[1994-05-09,1994-05-10]", "1994-05-10", a),
        ("[1994-05-09,1994-05-10]", "1994-05-11", Differs),
        ("[1994-05-09,1994-05-10]", "[1994-05-10,1994-05-11]", Overlap),
        ("[1994-05-09,1994-05-10]", "[1994-05-10,1994-05-09]", Equal),
        ("[1994-05-01..1994-05-31]", "1994-05", Equal),
        ("[1994-05-09,1994-05-10]", "{1994-05-09,1994-05-10}", a),
        ("[1994-05-09,1994-05-11]", "{1994-05-09,1994-05-11}", a),
        ("[1994-05-09,1994-05-10]", "1994-05-09/1994-05-10", a),
        ("[..1994-05-09]", "1990", a),
        // All of.
        ("{1994-05-09,1994-05-10,1994-05-11}", "1994-05-09/1994-05-11", Equal),
        ("{1994-05-09..1994-05-11}", "1994-05-09/1994-05-11", Equal),
        ("{1994-05-09..1994-05-11}", "{1994-05-09,1994-05-10,1994-05-11}", Equal),
        ("{1994-05-09,1994-05-11}", "1994-05-09/1994-05-11", b),
        ("{1994-05-09,1994-05-10,1994-05-11}", "1994-05-10", Overlap),
        ("{1994-05-09,1994-05-10,1994-05-11}", "1994-05-12", Differs),
        ("{1994-05-09,1994-05-10,1994-05-11}", "1994-05", b),
        ("{1994-05-09,1994-05-11}", "{1994-05-09,1994-05-10}", Overlap),
        ("{1994-05,1994-06}", "{1994-05-09,1994-06-03}", a),
        ("{1994-05,1994-06}", "{1994-05-09,1994-05-11}", Overlap),
        ("{..1984}", "1980", Overlap),
        ("{..1984}", "../1984", Equal),
        ("{1994-05-09}", "1994-05-09", Equal),
        // Stretches.
        ("1994-05-09/1994-05-11", "1994-05-10", a),
        ("1992-05-08/1992-05-09", "1992-05-09", a),
        ("1992-05-09/1992-05-09", "1992-05-09", Equal),
        ("1994-05-05/1994-05-20", "1994-05-05/1994-05-12", Overlap),
        ("1994-05-05/1994-05-20", "1994-05/1994-05-20", b),
        ("1994-05/1994-06", "1994-05-10/1994-06-05", a),
        ("1994-05/1994-06-05", "1994-05-10/1994-06", Overlap),
        ("1994-05-01/1994-05-31", "1994-05", b),
        ("1994-05-01/1994-05-03", "1994-05-04/1994-05-06", Differs),
        ("1994/..", "1994/..", Equal),
        ("1994/..", "1994/1996", Overlap),
        ("1994/..", "1995", a),
        // Not known.
        ("1994/", "1994/", Equal),
        ("1994/", "1994/1996", a),
        ("1994/", "1994/..", a),
        ("1994/", "1995/1996", NotComparable),
        ("1994/", "1995", NotComparable),
        ("1994/", "1993", Differs),
        ("/1994", "1995/..", Differs),
        // Seasons.
        ("1994-21", "1994-21~", Equal),
        ("1994-21", "1994-22", Differs),
        ("1994-21", "1994", b),
        ("1993-24", "1993", b),
        ("1994-21", "199X", b),
        ("1994-21", "1994-05", NotComparable),
        ("1993-24", "1994-01-15", NotComparable),
        ("1994-21", "1995-05", Differs),
    ] {
        let found = compare(&edtf(x), &edtf(y)).relation;
        assert_eq!(found, relation, "{x} and {y}");
        assert_eq!(compare(&edtf(y), &edtf(x)).relation, relation.swapped(), "{y} and {x}");
    }
    let c = compare(&edtf("1994?"), &edtf("1994~"));
    assert_eq!((c.relation, c.uncertain, c.approximate), (Equal, true, true));
}

/// A date near 1994, so that dates meet, or anywhere.
fn plain() -> impl Strategy<Value = String> {
    prop_oneof![
        "199[0-9X]-?",
        "199[3-5]",
        "199[34]-(0[1-9]|1[0-2]|2[1-4]|XX)",
        "199[34]-0[45]-([01][1-9]|2[0-8]|XX)",
        "199[34]-XX-XX",
        "-?[0-9]{4}",
        "Y-?[1-9][0-9]{4,14}",
        "-?[0-9]{4}-[01][0-9]-[0-3][0-9]",
    ]
}

fn marked() -> impl Strategy<Value = String> {
    (plain(), prop_oneof![3 => Just(""), 1 => Just("?"), 1 => Just("~"), 1 => Just("%")])
        .prop_map(|(d, m)| d + m)
}

fn written() -> impl Strategy<Value = String> {
    let end = || prop_oneof![4 => marked(), 1 => Just("..".to_owned()), 1 => Just(String::new())];
    let item = || {
        prop_oneof![
            3 => marked(),
            2 => (1_u8..20, 1_u8..10).prop_map(|(a, n)| format!("1994-05-{a:02}..1994-05-{:02}", a + n)),
            1 => (1980_u16..1995, 1_u16..20).prop_map(|(a, n)| format!("{a}..{}", a + n)),
        ]
    };
    prop_oneof![
        3 => marked(),
        2 => "199[34]-05-1[0-3]T[01][0-9]:[0-5][0-9]:00(Z|[+-]0[0-9](:30)?)?",
        3 => (end(), end()).prop_map(|(a, b)| format!("{a}/{b}")),
        3 => (any::<bool>(), any::<(bool, bool)>(), prop::collection::vec(item(), 1..5)).prop_map(|(all, (open, close), items)| {
            let (a, b) = if all { ('{', '}') } else { ('[', ']') };
            let (open, close) = (if open { ".." } else { "" }, if close { ".." } else { "" });
            format!("{a}{open}{}{close}{b}", items.join(","))
        }),
    ]
}

fn dates() -> impl Strategy<Value = Edtf> {
    written().prop_filter_map("no date", |s| s.parse().ok())
}

proptest! {
    #[test]
    fn spelled_as_read(s in prop_oneof![written(), "[-0-9XYT:Z?~%/.,\\[\\]{}+]{0,24}", "\\PC{0,12}"]) {
        if let Ok(e) = s.parse::<Edtf>() {
            prop_assert_eq!(e.to_string(), s);
        }
    }

    #[test]
    fn refusals_lie_in_the_text(s in "\\PC{0,12}|[-0-9XYT:Z?~%/.,é]{0,12}") {
        if let Err(e) = s.parse::<Edtf>() {
            prop_assert!(e.at <= s.len() && s[..e.at].is_ascii());
        }
    }

    #[test]
    fn bounds_are_ordered_and_hold_the_members(e in dates()) {
        let (first, last) = e.bounds();
        prop_assert!(first.zip(last).is_none_or(|(a, b)| a <= b));
        prop_assert_eq!(e.days().is_some(), first.is_some() && last.is_some());
        let key = e.sort_key();
        prop_assert!(key.earliest.0 <= key.latest.0);
        for m in e.members() {
            let (a, b) = m.bounds();
            prop_assert!(first.is_none() || a >= first, "{} {}", e, m);
            prop_assert!(last.is_none() || (b.is_some() && b <= last));
            prop_assert_eq!(m.to_string().parse::<Edtf>(), Ok(m));
        }
    }

    #[test]
    fn comparing_has_two_sides(a in dates(), b in dates()) {
        let there = compare(&a, &b);
        let back = compare(&b, &a);
        prop_assert_eq!(there.relation, back.relation.swapped(), "{} {}", a, b);
        prop_assert_eq!((there.uncertain, there.approximate), (back.uncertain, back.approximate));
        prop_assert_eq!(compare(&a, &a).relation, DateRelation::Equal, "{}", a);
        if a.days().is_some() && b.days().is_some() {
            let apart = a.bounds().1 < b.bounds().0 || b.bounds().1 < a.bounds().0;
            let times = a.precision() == Some(Precision::Second) && b.precision() == Some(Precision::Second);
            prop_assert!(!apart || times || there.relation == DateRelation::Differs, "{} {}", a, b);
        }
    }

    /// A finer date within a coarser one stays within what holds the coarser.
    #[test]
    fn less_precise_goes_on(a in plain(), b in plain(), c in plain()) {
        let parse = |s: &str| s.parse::<Edtf>().ok().filter(|e| e.precision() != Some(Precision::Season));
        let (Some(a), Some(b), Some(c)) = (parse(&a), parse(&b), parse(&c)) else { return Ok(()) };
        let holds = |x, y| matches!(compare(x, y).relation, DateRelation::LessPrecise(Side::A) | DateRelation::Equal);
        prop_assert!(!(holds(&a, &b) && holds(&b, &c)) || holds(&a, &c));
    }
}
