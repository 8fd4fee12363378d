use super::finding::{found, said};
use crate::examine::OddityCode::ReferenceDangling as CODE;

const LIST: &str = "\
APPENDIX 1

The order.

APPENDIX 2

The reply.

Appendix 12

The map.

Document 11. From the island. On oil (17.08.93).
Document 12. From the island. On glass and
rope (30.08.93).
Document 17. From the town. On the winter stores (16.12.93).
Document 18. From the town. On the lamp (18.12.93).
Document 20. From the island. On the spring races (26.04.94).
";

fn text(sentence: &str) -> String {
    let apart = "Then nothing happened for a long while. ".repeat(60);
    format!("{sentence}\n\n{apart}\n\n{LIST}")
}

#[test]
fn a_target_that_does_not_exist() {
    let o = found(&text("We asked for oil (see Appendix 21). They agreed."), CODE);
    assert_eq!(o.len(), 1);
    assert_eq!(o[0].text, "There is no Appendix 21; the text has Appendix 1 to 12.");
    assert_eq!(said(&text("As told (Document No 14), we went."), CODE), ["Document No 14"]);
    assert_eq!(
        said(&text("As told (see Documents 12 and 14), we went."), CODE),
        ["Documents 12 and 14"]
    );
}

#[test]
fn two_numberings_fit() {
    let o = found(&text("It was printed long ago (see Appendix, Document 12)."), CODE);
    assert_eq!(
        o[0].text,
        "There are both Document 12 and Appendix 12; which is meant is not said."
    );
    assert_eq!(o[0].against.len(), 2);
}

#[test]
fn the_list_shows_that_another_is_meant() {
    let passage = "In December 1993 it froze. On December 16, 1993 we wrote to the town; on \
        December 17 nobody answered, on December 18 we wrote again, and on December 19 came \
        a reply (see No 20 among the appended documents).";
    let o = found(&text(passage), CODE);
    assert_eq!(o.len(), 1);
    assert!(o[0].text.contains("December 1993; of that month are 17, 18"), "{}", o[0].text);
    // The right one, or a passage of several months.
    assert_eq!(found(&text(&passage.replace("No 20", "No 17")), CODE), []);
    assert_eq!(found(&text(&passage.replace("December 18", "April 18")), CODE), []);
}

#[test]
fn references_to_elsewhere_are_not() {
    for sentence in [
        "We asked for oil (see Appendix 12, below).",
        "see Appendix 21 to this letter",
        "see Appendix 21 of the harbour report",
        "the unwritten Appendix 21 was lost",
        "see Chapter 14",
        "Resolution No 853 (see Resolution No 853)",
        "see document S/25539 there",
        "see page 79 of the Danish edition",
        "(see Table 9)",
    ] {
        assert_eq!(said(&text(sentence), CODE), Vec::<String>::new(), "{sentence}");
    }
}

#[test]
fn pages_past_the_end() {
    let mut book = String::new();
    for page in 20..60 {
        for line in 0..30 {
            book.push_str(&format!("line {line} goes on and on and ends in mid\n"));
        }
        book.push_str(&format!("\n{page}\n\n"));
    }
    book.push_str("as was said there (see p. 512). And see p. 31.\n");
    assert_eq!(said(&book, CODE), ["p. 512"]);
}
