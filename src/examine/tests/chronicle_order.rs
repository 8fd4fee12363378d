use super::finding::{found, in_chronicle};
use crate::examine::OddityCode::ChronicleOrder as CODE;

const RIGHT: &str = "\
1991
March 2 The first ferry leaves.

March 5–7 Storm.
March 30–April 3 The pier is repaired.

Early April A new captain comes
to the island.
April 3–5
and April 10

Two trips to the mainland.

April 11 and
April 14 Fog.
April The lamp is lit.
April 20The rope breaks.
October 28 –
November 3

Races are held. They begin on
October 1 (at noon) and last until
October 2. Nobody wins before
July 5 is over.
November The ice comes.
November 9 The ferry rests.
 1992
January 1 It thaws.
";

fn found_in(text: &str) -> Vec<String> {
    in_chronicle(text).into_iter().map(|o| o.said).collect()
}

#[test]
fn order_is_kept_over_all_shapes_of_entries() {
    assert_eq!(found_in(RIGHT), Vec::<String>::new());
}

#[test]
fn an_entry_astray_is_found() {
    let text = RIGHT.replace("March 30–April 3 The", "March 30–April 3 A gull.\nMarch 12 The");
    let o = in_chronicle(&text);
    assert_eq!(o.len(), 1);
    assert_eq!(o[0].said, "March 12");
    assert_eq!(o[0].text, "The entry of March 12, 1991 stands after that of March 30, 1991.");
    assert_eq!(&text[o[0].against[0].clone()], "March 30–April 3");
    // A date column of two lines.
    let split = RIGHT.replace("October 28 –\nNovember 3", "April 7\nand 15");
    assert_eq!(found_in(&split), ["April 7 and 15"]);
    // One that is too late stands before the others.
    let late = RIGHT.replace("March 5–7", "September 5–7");
    let o = in_chronicle(&late);
    assert_eq!(o[0].text, "The entry of September 5, 1991 stands before that of March 30, 1991.");
    // A month alone, and a year.
    assert_eq!(found_in(&RIGHT.replace("November The", "May The")), ["May"]);
    assert_eq!(found_in(&RIGHT.replace(" 1992", "1990")), ["1990"]);
}

#[test]
fn what_may_be_prose_is_left_alone() {
    // The line before does not end a sentence: unsure.
    let text = RIGHT.replace("Storm.\n", "Storm near the island where\nMarch 1 Street ends.\n");
    assert_eq!(found_in(&text), Vec::<String>::new());
    // Entries by subject, not by time.
    let mixed = "1991\nMay 2 A.\nMarch 5 B.\nJune 1 C.\nApril 7 D.\nMay 9 E.\nMarch 1 F.\n";
    assert_eq!(found_in(mixed), Vec::<String>::new());
}

#[test]
fn chronicles_are_recognised() {
    let text = format!("A tale of a ferry. On\nMay 5 it sank, in March 3 it rose.\n\n{RIGHT}");
    assert!(found(&text, CODE).is_empty());
    let astray = text.replace("March 30–April 3 The", "March 30–April 3 A gull.\nMarch 12 The");
    assert_eq!(found(&astray, CODE).len(), 1);
    let years: String = [2, 4, 9, 14, 21, 16, 25, 26, 27, 28, 29]
        .iter()
        .map(|d| format!("1993, June {d}. The boat leaves at noon.\nIt is late.\n\n"))
        .collect();
    let o = found(&years, CODE);
    assert_eq!(o.iter().map(|o| o.said.as_str()).collect::<Vec<_>>(), ["1993, June 16"]);
    // Too few to be one.
    let few = "1993, June 9. A.\n\n1993, June 3. B.\n\n";
    assert!(found(few, CODE).is_empty());
}
