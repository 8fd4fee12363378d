//! The form as people fill it in, and as the program writes it.

use super::*;
use proptest::prelude::*;

#[test]
fn a_form_as_people_write_it() {
    let text = "To: notes@example.org\r
Subject: Re: [M 9f2c-41] reply\r
> the bridge was opened\r
> on the twelfth of May\r
KIND: fact\r
i  say : It was opened on the ninth.\r
I stood there, with my sister:\r
\r
Note: she remembers it too.\r
Should read: the ninth of May\r
How I know: took part\r
Evidence: photograph.jpg; https://example.org/a;b (saved page attached)\r
Evidence: my diary\r
Name: A. Ferryman\r
Hide my name: Yes\r
Language: en\r
-- \r
Sent from my boat\r
";
    let form = ReplyForm::parse(text).unwrap();
    assert_eq!(
        form,
        ReplyForm {
            siglum: Some("M".into()),
            at: Some("9f2c-41".into()),
            quote: "the bridge was opened\non the twelfth of May".into(),
            kind: Some("fact".into()),
            says: "It was opened on the ninth.\nI stood there, with my sister:\n\nNote: she remembers it too.".into(),
            replacement: Some("the ninth of May".into()),
            how_known: Some("took part".into()),
            evidence: vec![
                "photograph.jpg".into(),
                "https://example.org/a;b (saved page attached)".into(),
                "my diary".into()
            ],
            name: Some("A. Ferryman".into()),
            hide_name: true,
            language: Some("en".into()),
        }
    );
    assert_eq!(ReplyForm::parse(&form.to_text()).unwrap(), form);
}

#[test]
fn a_whole_mail() {
    let mail = "From ferryman@example.org Mon May  9 10:00:00 1994
Received: from a.example by b.example;
\tMon, 9 May 1994 10:00:00 +0000
From: A. Ferryman <ferryman@example.org>
Subject: [M/App9] reply
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

> the ferry
I say: There were two.";
    let form = ReplyForm::parse(mail).unwrap();
    assert_eq!(
        (form.siglum.as_deref(), form.quote.as_str(), form.says.as_str()),
        (Some("M/App9"), "the ferry", "There were two.")
    );
    assert_eq!(form.name, None, "the sender's address is nobody's business");
    for (from, to) in [("8bit", "base64"), ("text/plain", "multipart/mixed")] {
        assert!(matches!(
            ReplyForm::parse(&mail.replace(from, to)),
            Err(ReplyFormError::Packed { .. })
        ));
    }
}

#[test]
fn the_empty_form_says_what_is_missing() {
    let empty = ReplyForm::default().to_text();
    let ReplyFormError::Missing(parts) = ReplyForm::parse(&empty).unwrap_err() else { panic!() };
    let line = |start: &str| 1 + empty.lines().position(|l| l.starts_with(start)).unwrap();
    assert_eq!(
        parts,
        [
            MissingPart { part: QUOTE, line: line(">") },
            MissingPart { part: "I say", line: line("I say:") },
        ]
    );
    assert_eq!(
        ReplyForm::parse("> a\nKind: fact\n").unwrap_err().to_string(),
        "still missing in the form: I say (line 2)"
    );
    assert_eq!(
        ReplyForm::parse("").unwrap_err().to_string(),
        "still missing in the form: the quoted lines (> …) (line 1); I say (line 1)"
    );
    // A place stands in for the quotation, new words for the statement.
    assert!(ReplyForm::parse("At: M:164\nI say: There is a gap here.\n").is_ok());
    assert!(ReplyForm::parse("> teh\nShould read: the\n").is_ok());
}

#[test]
fn faults_have_their_line() {
    let line = |text: &str| match ReplyForm::parse(text).unwrap_err() {
        ReplyFormError::Unexpected { line, .. }
        | ReplyFormError::Twice { line, .. }
        | ReplyFormError::Value { line, .. } => line,
        other => panic!("{other}"),
    };
    assert_eq!(line("Dear editor,\n> a\nI say: b"), 1);
    assert_eq!(line("> a\nand a line that lost its mark\nI say: b"), 2);
    assert_eq!(line("> a\nKind: fact\nI sya: b"), 3);
    assert_eq!(line("> a\nI say: b\nI say: c"), 3);
    assert_eq!(line("> a\nI say: b\n> c"), 3);
    assert_eq!(line("> a\n\n> c\nI say: b"), 3);
    assert_eq!(line("> a\nI say: b\nHide my name: perhaps"), 3);
    let long = "x".repeat(MAX_FORM + 1);
    assert_eq!(
        ReplyForm::parse(&long).unwrap_err(),
        ReplyFormError::TooLong { bytes: MAX_FORM + 1 }
    );
}

/// Text of one or more lines, as it comes out of the reader: nothing blank
/// around it, but anything inside, also what looks like a part.
fn long() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[^\n\r]{0,30}",
        Just("Kind: not a kind".to_owned()),
        Just("> not a quotation".to_owned()),
        Just("-- ".to_owned()),
        Just("  indented".to_owned()),
        Just(String::new()),
        Just("# not a comment".to_owned()),
    ];
    proptest::collection::vec(line, 1..6)
        // A line of spaces alone is an empty line to the reader.
        .prop_map(|lines| {
            lines
                .iter()
                .map(|l| if l.trim().is_empty() { "" } else { l })
                .collect::<Vec<_>>()
                .join("\n")
        })
        .prop_map(|t| t.trim_matches(BLANK).to_owned())
        .prop_filter("a value", |t| !t.is_empty())
}

fn short() -> impl Strategy<Value = String> {
    "[^\n\r]{1,20}"
        .prop_map(|t| t.trim_matches(BLANK).to_owned())
        .prop_filter("a value", |t| !t.is_empty())
}

proptest! {
    #[test]
    fn forms_round_trip(
        siglum in proptest::option::of("[A-Z][a-z0-9/@]{0,5}"),
        (at, kind, name, language) in (proptest::option::of(short()), proptest::option::of(short()), proptest::option::of(short()), proptest::option::of(short())),
        (quote, says) in (long(), long()),
        (replacement, how_known) in (proptest::option::of(long()), proptest::option::of(long())),
        evidence in proptest::collection::vec("[a-zа-я0-9:/.#?]{1,20}", 0..4),
        hide_name: bool,
        crlf: bool,
    ) {
        let form = ReplyForm { siglum, at, quote, kind, says, replacement, how_known, evidence, name, hide_name, language };
        let text = form.to_text();
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        prop_assert_eq!(ReplyForm::parse(&text).unwrap(), form);
    }

    #[test]
    fn hostile_forms_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = ReplyForm::parse(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn hostile_lines_never_panic(lines in proptest::collection::vec("(> |I say: |Subject: \\[|Evidence:|  |\\[M|Kind : )?[^\n]{0,20}", 0..8)) {
        let _ = ReplyForm::parse(&lines.join("\n"));
    }
}
