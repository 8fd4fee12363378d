//! Every page of the forms, in every language, as a browser parses it: nothing
//! runs or loads, every field has a label, and hostile words are words.

use std::collections::BTreeSet;

use variorum::desk::{
    self, Challenge, DeskError, EvidenceFile, Reader, Sign, SignKind, SubmitDraft, Taken,
};
use variorum::pages::{
    self, ClaimFields, DecideFields, DeskState, Language, LoginState, QuestionFields, ReplyFields,
    Room, Setting,
};

use super::dom::Page;
use super::{Desk, WORDS, draft};

/// Everything that could break out of a page.
const EVIL: &str = "</textarea></title><script>alert(1)</script><img src=x onerror=y>\" onload=\"z' \u{202e}gnp.exe <a href=\"javascript:q\">&lt;";

/// Elements that a page with forms may have besides.
const ELEMENTS: &[&str] = &[
    "link", "script", "b", "mark", "del", "ins", "form", "label", "input", "textarea", "select",
    "option", "button", "fieldset", "legend", "details", "summary",
];

/// Looks at a page as one that must not do anything, and that everybody can use.
fn check(what: &str, html: &str) -> Page {
    let page = Page::read(html);
    page.does_nothing(what, &[ELEMENTS], &["src", "action"]);
    let mut ids = BTreeSet::new();
    for e in &page.0 {
        for (name, value) in &e.attributes {
            if ["href", "src", "action"].contains(&name.as_str()) {
                let outside = value.contains(':') || value.starts_with("//");
                assert!(!outside, "{what}: <{} {name}={value}>", e.name);
            }
        }
        if e.name == "script" {
            let src = e.get("src").unwrap_or_default();
            assert!(src.ends_with("room.js") || src.ends_with("desk.js"), "{what}: {src}");
            assert!(e.text.is_empty(), "{what}: a script with words in it");
        }
        if let Some(id) = e.get("id") {
            assert!(ids.insert(id.to_string()), "{what}: the id {id} twice");
        }
    }
    let labels: BTreeSet<&str> = page.of("label").filter_map(|l| l.get("for")).collect();
    for e in page.0.iter().filter(|e| ["input", "textarea", "select"].contains(&e.name.as_str())) {
        if e.get("type") == Some("hidden") {
            continue;
        }
        let id =
            e.get("id").unwrap_or_else(|| panic!("{what}: a field without id: {:?}", e.attributes));
        assert!(labels.contains(id), "{what}: {id} has no label");
        if e.name == "input" && e.get("type") == Some("text") {
            assert!(e.get("autocomplete").is_some(), "{what}: {id}");
        }
    }
    for e in &page.0 {
        for name in ["aria-describedby", "aria-labelledby", "for"] {
            for id in e.get(name).unwrap_or_default().split(' ').filter(|i| !i.is_empty()) {
                assert!(ids.contains(id), "{what}: {name} leads to {id}, which is not there");
            }
        }
        if let Some(id) = e.get("href").and_then(|h| h.strip_prefix('#')) {
            assert!(ids.contains(id), "{what}: a way to #{id}, which is not there");
        }
    }
    for form in page.of("form") {
        assert_eq!(form.get("method"), Some("post"), "{what}");
    }
    assert_eq!(page.of("h1").count(), 1, "{what}");
    assert!(page.of("html").next().unwrap().get("lang").is_some());
    assert!(
        !html.contains('\u{202e}') || what.contains("typed"),
        "{what}: a character that steers"
    );
    page
}

/// All pages of one room.
fn pages_of(desk: &Desk, language: Language, correction: &str) -> Vec<(String, Page)> {
    let reader = Reader::new(&desk.archive).unwrap();
    let setting = Setting { language, live: true, ..Setting::default() };
    let room = Room::new(&reader, setting).unwrap();
    let keeper = desk.keeper();
    let mut out = Vec::new();
    let mut add = |what: &str, html: String| {
        let page = check(what, &html);
        assert_eq!(page.of("html").next().unwrap().get("lang"), Some(language.tag()));
        out.push((what.to_string(), page));
    };

    let place = ReplyFields::for_place(&desk.archive, "F@1:17-18").unwrap();
    assert!(place.quote.contains("church"), "{}", place.quote);
    add("empty reply", pages::reply_form(&room, &place, &[]));
    let evil = || EVIL.to_string();
    let typed = ReplyFields {
        at: evil(),
        quote: evil(),
        says: evil(),
        should_read: evil(),
        sort: evil(),
        how: evil(),
        grounds: evil(),
        promised: evil(),
        name: evil(),
        contact: evil(),
        language: evil(),
        token: evil(),
        kept: evil(),
        files: vec![(evil(), 3)],
        ..ReplyFields::default()
    };
    let mut troubles = typed.handed(Vec::new(), None).unwrap_err();
    let codes =
        ["quotation-not-found", "contact", "language", "source", "evidence-too-many", "other"];
    for code in codes {
        troubles.push(pages::trouble_of(&DeskError::usage(code, EVIL).hint(EVIL)));
    }
    add("typed reply", pages::reply_form(&room, &typed, &troubles));

    let others = desk::similar_replies(&desk.archive, &draft("x")).unwrap();
    assert!(!others.is_empty());
    add("others", pages::others_said(&room, &place, &others));
    add("sent", pages::sent(&room, correction).unwrap().unwrap());
    assert!(pages::sent(&room, EVIL).unwrap().is_none());
    assert!(pages::sent(&room, "C-000000").unwrap().is_none());
    let signs: Vec<Sign> = SignKind::ALL.iter().map(|k| Sign { kind: *k, weight: 1 }).collect();
    add("held", pages::held_back(&room, "F@1:3", &signs));
    add("held, all are", pages::held_back(&room, EVIL, &[]));

    let challenge = Challenge { id: evil(), line: evil(), command: evil() };
    let trouble = DeskError::refused("log-in", EVIL);
    let login =
        LoginState { name: EVIL, csrf: "x", challenge: Some(&challenge), trouble: Some(&trouble) };
    add("typed login", pages::login(&room, &login));
    add("login", pages::login(&room, &LoginState::default()));

    let view = desk::at_the_desk(&desk.archive, &keeper).unwrap();
    assert!(view.inbox.items.len() > 1 && !view.held.items.is_empty() && !view.last.is_empty());
    let plain = DeskState {
        at: "desk",
        view: &view,
        csrf: "x",
        done: Some("D-1a2b3c"),
        failed: None,
        trouble: None,
    };
    add("desk", pages::desk(&room, &plain));
    let failed = DecideFields {
        correction: view.inbox.items[0].replies[0].correction.clone(),
        verdict: "decline".into(),
        reason: evil(),
        text: evil(),
        same_as: evil(),
        ..DecideFields::default()
    };
    for code in ["no-reason", "no-verdict", "same-as", "overlap"] {
        let e = DeskError::usage(code, EVIL);
        let state = DeskState { failed: Some((&failed, &e)), done: None, ..plain };
        add("typed desk", pages::desk(&room, &state));
    }
    let gone = DecideFields { correction: "C-000000".into(), ..failed.clone() };
    let e = DeskError::refused("already-adopted", EVIL);
    add(
        "desk, answered meanwhile",
        pages::desk(&room, &DeskState { failed: Some((&gone, &e)), ..plain }),
    );

    let question = QuestionFields {
        wording: evil(),
        id: evil(),
        facet: evil(),
        event: evil(),
        csrf: evil(),
        at: evil(),
        quote: evil(),
    };
    add("typed question", pages::question_form(&room, &question, question.entry().err().as_ref()));
    let claim =
        ClaimFields { at: "F@1:17-18".into(), quote: WORDS.into(), ..ClaimFields::default() };
    let (claim, wrong) = claim.shown(&desk.archive);
    assert!(wrong.is_none() && claim.at == "F@1:17-18");
    assert!(claim.passage.contains("churchyard"), "{}", claim.passage);
    add("claim", pages::claim_form(&room, &claim, None));
    let claim = ClaimFields {
        at: evil(),
        quote: evil(),
        value: evil(),
        teller: evil(),
        note: evil(),
        passage: evil(),
        ..claim
    };
    add("typed claim", pages::claim_form(&room, &claim, claim.entry().err().as_ref()));
    out
}

/// A desk with hostile replies: waiting, answered, held.
fn hostile() -> (Desk, String) {
    let mut desk = Desk::new();
    let mut ids = Vec::new();
    for n in 0..4 {
        let reply = SubmitDraft {
            says: format!("{n} {EVIL}"),
            replacement: (n != 1).then(|| format!("{} {EVIL}", n.min(2))),
            grounds: Some(EVIL.into()),
            name: Some(EVIL.into()),
            hide_name: n == 2,
            evidence: vec![EvidenceFile { name: EVIL.into(), bytes: vec![1] }],
            promised: vec![EVIL.into()],
            ..draft("")
        };
        let (trap, contact) = (if n == 3 { "x" } else { "" }, "<b>z</b>@example.org");
        match desk.hand(reply, Some(contact), trap) {
            Taken::Recorded(sent) => ids.push(sent.correction),
            Taken::Held { .. } => assert_eq!(n, 3),
        }
    }
    let context = desk.keeper();
    let fields = DecideFields {
        correction: ids[0].clone(),
        verdict: "alongside".into(),
        reason: EVIL.into(),
        ..DecideFields::default()
    };
    desk::decide(&mut desk.archive, &fields.draft().unwrap(), &context).unwrap();
    (desk, ids[2].clone())
}

#[test]
fn every_form_is_safe_and_labelled_in_every_language() {
    let (desk, id) = hostile();
    for language in Language::ALL {
        let pages = pages_of(&desk, language, &id);
        let page = |what: &str| &pages.iter().find(|(w, _)| w == what).unwrap().1;
        // What was typed is still there, to the letter.
        let typed = page("typed reply");
        assert_eq!(typed.by_id("says").text.trim_start_matches('\n'), EVIL);
        assert_eq!(typed.by_id("name").get("value"), Some(EVIL));
        assert!(typed.by_id("contact").get("aria-invalid").is_some());
        assert!(typed.of("title").next().unwrap().text.contains(match language {
            Language::English => "Not sent yet",
            Language::Russian => "Ещё не отправлено",
        }));
        assert_eq!(
            page("typed desk").of("div").filter(|d| d.get("id") == Some("troubles")).count(),
            1
        );
    }
}

#[test]
fn the_forms_ask_for_what_a_witness_can_give() {
    let (desk, id) = hostile();
    let pages = pages_of(&desk, Language::English, &id);
    let form = &pages[0].1;
    let names: BTreeSet<&str> = form.0.iter().filter_map(|e| e.get("name")).collect();
    for name in [
        "at",
        "quote",
        "gap",
        "says",
        "should_read",
        "sort",
        "how",
        "grounds",
        "evidence",
        "promised",
        "name",
        "hide_name",
        "contact",
        "language",
        "website",
        "token",
        "kept",
    ] {
        assert!(names.contains(name), "{name}");
    }
    assert_eq!(form.by_id("name").get("autocomplete"), Some("name"));
    assert_eq!(form.by_id("contact").get("autocomplete"), Some("email"));
    let sent = &pages.iter().find(|(w, _)| w == "sent").unwrap().1;
    let receipt = sent.of("a").find(|a| a.get("download").is_some()).unwrap();
    assert_eq!(receipt.get("href"), Some(format!("../../reply/{id}.receipt.txt").as_str()));
    assert!(sent.0.iter().any(|e| e.text.contains("variorum verify --receipt R-")));
    let desk_page = &pages.iter().find(|(w, _)| w == "desk").unwrap().1;
    let actions: BTreeSet<&str> = desk_page.of("form").filter_map(|f| f.get("action")).collect();
    let wanted =
        ["desk/decide", "desk/undo", "desk/held/release", "desk/held/discard", "desk/logout"];
    assert_eq!(actions, wanted.into_iter().collect());
    assert!(desk_page.0.iter().any(|e| e.text.contains("<b>z</b>@example.org")), "contact");
}

#[test]
fn a_question_and_a_claim_are_entered() {
    let mut desk = Desk::new();
    let question = QuestionFields {
        wording: "How many are in the churchyard?".into(),
        facet: "number".into(),
        ..QuestionFields::default()
    };
    let context = desk.keeper();
    let made = desk::enter(&mut desk.archive, &question.entry().unwrap(), false, &context).unwrap();
    assert_eq!(made[0].name, "question/how-many-are-in-the-churchyard");
    let claim = ClaimFields {
        question: made[0].name.clone(),
        at: "F".into(),
        quote: WORDS.into(),
        stance: "asserts".into(),
        sort: "number".into(),
        value: "3".into(),
        teller: "Aurel Dorn".into(),
        ..ClaimFields::default()
    };
    let claim = claim.placed(&desk.archive).unwrap();
    let context = desk.keeper();
    desk::enter(&mut desk.archive, &claim.entry().unwrap(), false, &context).unwrap();
    let audit = desk::audit(&desk.archive, &made[0].name).unwrap();
    assert!(audit.ok);
}
