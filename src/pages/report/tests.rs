//! What the page must say, and what no foreign text may make of it.

use crate::audit::question::{
    CitedPlace, Dependence, PlaceCheck, QuestionAudit, Shows, State, ToldValue, ToldValues, samples,
};
use crate::desk::{AuditAnswer, ByHand, ByHandWhy, LogState, Timestamp};
use crate::digest::Digest;
use crate::model::{Amount, DateRole, RelationKind, When};
use crate::pages::Language;
use crate::pages::left_in_latin::{in_cyrillic, left_in_latin};
use crate::sign::to_base64;

/// The report in English.
fn report(answer: &AuditAnswer, made: Option<Timestamp>) -> String {
    super::report(answer, Language::English, made)
}

fn answer(audit: QuestionAudit) -> AuditAnswer {
    AuditAnswer {
        asked: audit.question.name.clone(),
        claim: None,
        ok: audit.broken.is_empty(),
        audit,
        further: Vec::new(),
        log: LogState {
            index: 4,
            size: 90,
            checkpoint: "example.org/ferry\n90\nQUJD\n\n— example.org/ferry SIGNED\n".into(),
        },
        by_hand: vec![ByHand {
            command: "sha256sum records/c1/c1/x.toml".into(),
            why: ByHandWhy::Prints("c1".into()),
        }],
        cite: "“When was the lamp lit?” entry 4.".into(),
    }
}

/// What a reader sees: the text of the page without its markup, a space
/// where a new block begins.
fn read(page: &str) -> String {
    const IN_LINE: &[&str] = &["a", "bdi", "code", "em", "span", "strong", "time", "wbr"];
    let body = page.split_once("<body>").map_or(page, |(_, b)| b);
    let mut out = String::new();
    for piece in body.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        if !IN_LINE.contains(&name) {
            out.push(' ');
        }
        out.push_str(text);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn at(text: &str, what: &str) -> usize {
    text.find(what).unwrap_or_else(|| panic!("{what:?} is not in {text}"))
}

/// Every element is closed in order: one that is not would swallow the rest.
fn well_formed(page: &str) {
    const ALONE: &[&str] = &["meta", "br", "wbr"];
    let mut open: Vec<&str> = Vec::new();
    for tag in page.split('<').skip(1) {
        let name = tag.split(|c: char| c == '>' || c.is_whitespace()).next().unwrap_or_default();
        if name.starts_with('!') || ALONE.contains(&name) {
            continue;
        }
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "closed out of order"),
            None => open.push(name),
        }
    }
    assert_eq!(open, Vec::<&str>::new(), "left open");
}

#[test]
fn one_file_that_may_do_nothing_but_apply_its_style() {
    let page = report(&answer(samples::audit()), None);
    let style = page.split_once("<style>").and_then(|(_, r)| r.split_once("</style>")).unwrap().0;
    let digest = to_base64(Digest::of(style.as_bytes()).as_bytes());
    assert!(page.contains(&format!(
        "content=\"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\""
    )));
    assert_eq!(page.matches("<style").count(), 1);
    for never in
        ["<script", "<link", "<img", "<iframe", "style=", "url(", "@import", "src=", "http:"]
    {
        assert!(!page.contains(never), "{never}");
    }
    well_formed(&page);
}

#[test]
fn the_order_is_question_state_not_held_told_and_the_rest() {
    let text = read(&report(&answer(samples::audit()), None));
    let order = [
        "When was the lamp lit?",
        "State Told 3 times with 3 values, of which some cannot both be so. \
         Assessed: undecidable (Ida Voss).",
        "date: it asks when",
        "Not held Lost:",
        "What is told",
        "Compared",
        "Origins At most 2; dependence found: Anna Dorn tells it 2 times: one witness; \
         not examined: Anna Dorn and Karl Hemm.",
        "Looked for “lamp”, “lantern”",
        "Assessed outcome: undecidable, by Ida Voss",
        "Custody",
        "Provenance",
        "Check by hand",
        "Cite",
        "Shows who says what, where and when",
        "Does not show truth",
    ];
    let mut from = at(&text, "When was the lamp lit? State");
    for what in order {
        // The contents name the sections before they come.
        let nav = from < at(&text, "Not held What is told Compared");
        from += at(&text[from..], what);
        if nav && what.starts_with("date") {
            from = at(&text, "What this is Not held") + "What this is ".len();
        }
    }
}

#[test]
fn a_claim_stands_with_its_whole_proof() {
    let text = read(&report(&answer(samples::audit()), None));
    for what in [
        "1 Anna Dorn asserts, as probable",
        "In own words; told May 1931 [1931-05]. How known, by the teller’s own word: saw",
        "“The lamp was lit at nine.”",
        "F@1:1-2, lines 1–2, printed page 7 (±1), bytes 100–140, in F/letter-3 (Third letter).",
        &format!("Passage sha256 {}", "01".repeat(32)),
        "Log book of the landing (evidence/log-book): promised, not shown",
        "Ink Anna Dorn: signed, as “keeper of the lamp”, 3 May 1931 [1931-05-03], Hollen; \
         reservation: as to the hour",
        "Ida Voss says that Karl Hemm said it (letter), F@1:5",
        "Karl Hemm says that Anna Dorn said it (letter), F@1:6",
        "the hour is from the margin",
        "came with F@1 (recorded), 40 bytes; in F@2:14: changed, by comparison",
        "entry 11 of the log, recorded by Editors, dated 2026-01-02T03:04:05Z; sha256",
        "2 Karl Hemm denies",
        "As reported by Ida Voss; told May 1931 [1931-05] (date of the part)",
        "The words are not supplied here. G@1:3-4",
        "Not read: the text is not supplied here",
        "Passage digest not published",
    ] {
        at(&text, what);
    }
    // The second link of the chain stands within the first.
    let page = report(&answer(samples::audit()), None);
    let chain = page.split_once("<ol class=\"chain\">").unwrap().1;
    assert!(chain.find("<ol class=\"chain\">").unwrap() < chain.find("</ol>").unwrap());
}

#[test]
fn what_is_not_here_is_said_before_what_is() {
    let text = read(&report(&answer(samples::audit()), None));
    let held = &text[at(&text, "Not held Lost")..at(&text, "What is told Values")];
    for what in [
        "Lost: The sheet of the third letter, copy/letter-3-original; which wording it bears",
        "Promised, not shown: Log book of the landing, evidence/log-book (evidence)",
        "Withheld: The Landing, G@1; its bytes were not at hand",
    ] {
        at(held, what);
    }
}

#[test]
fn broken_proof_is_said_first_and_in_words() {
    let mut audit = samples::audit();
    audit.broken.push("F@1:1-2: these bytes stand at lines 2-3".into());
    audit.claims[0].places[0].checked = PlaceCheck::Broken;
    let text = read(&report(&answer(audit), None));
    assert!(at(&text, "Broken The proof does not hold.") < at(&text, "Not held"));
    at(&text, "these bytes stand at lines 2-3");
    at(&text, "BROKEN: it does not stand where the record says");
}

#[test]
fn words_carry_their_language_and_an_unknown_one_says_so() {
    let mut audit = samples::audit();
    audit.claims[0].places[0].language = Some("vi".into());
    audit.claims[0].places[1].language = None;
    audit.claims[1].places[0].language = Some("\"><b>".into());
    let page = report(&answer(audit), None);
    assert!(page.contains("<html lang=\"en\">"));
    assert!(page.contains("<blockquote lang=\"vi\""));
    assert_eq!(page.matches("<blockquote lang=\"\"").count(), 2);
}

#[test]
fn the_drawing_is_told_in_words_too() {
    let page = report(&answer(samples::audit()), None);
    let svg = page.split_once("<svg").and_then(|(_, r)| r.split_once("</svg>")).unwrap().0;
    assert!(svg.contains("role=\"img\" aria-labelledby=\"graph-0-title graph-0-text\""));
    assert!(svg.contains("<title id=\"graph-0-title\">Provenance of claims 1 to 3</title>"));
    assert!(svg.contains("Claim 1, Anna Dorn, stands on F@1:1-2 and F@1:12."));
    assert!(svg.contains("g-line g-against") && svg.contains("g-line g-open"));
    assert!(svg.contains("passage 01010101…"));
}

#[test]
fn many_claims_are_drawn_on_several_sheets_and_none_is_left_out() {
    let mut audit = samples::audit();
    let one = audit.claims[1].clone();
    for n in 0..60_u64 {
        let mut more = one.clone();
        more.id = format!("claim/more-{n}");
        more.places[0].address = format!("F@1:{n}");
        audit.groups[1].claims.push(more.id.clone());
        audit.claims.push(more);
    }
    let page = report(&answer(audit), None);
    assert_eq!(page.matches("<svg").count(), 3);
    assert!(page.contains("Drawing 3 of 3."));
    assert_eq!(page.matches("<rect class=\"g-claim\"").count(), 63);
    assert_eq!(page.matches("<article class=\"claim\"").count(), 63);
    well_formed(&page);
}

#[test]
fn several_questions_share_a_page_without_sharing_ids() {
    let mut both = answer(samples::audit());
    both.further.push(samples::audit());
    both.asked = "event/lamp".into();
    let page = report(&both, "2026-02-03T04:05:06Z".parse().ok());
    let mut ids: Vec<&str> =
        page.split(" id=\"").skip(1).filter_map(|r| r.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice");
    for to in page.split("href=\"#").skip(1).filter_map(|r| r.split('"').next()) {
        assert!(ids.contains(&to), "no {to}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
    let text = read(&page);
    at(&text, "The lamp of Hollen");
    at(&text, "Question 2 of 2");
    at(&text, "Made 2026-02-03 04:05 UTC");
    well_formed(&page);
}

/// Every string of the answer replaced by one that tries to be markup.
#[test]
fn no_string_of_the_answer_becomes_markup() {
    const EVIL: &str = "\"'><script>alert(1)</script><img src=x onerror=y>&\u{202e}\u{0}";
    let calm = report(&answer(samples::audit()), None);
    let mut evil = answer(samples::audit());
    for s in strings(&mut evil) {
        s.push_str(EVIL);
    }
    let page = report(&evil, None);
    for never in ["<script", "<img", "\u{202e}", "\u{0}"] {
        assert!(!page.contains(never), "{never:?}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains("‹U+202E›"));
    well_formed(&page);
    // Nothing but text was added: the same elements, but for breaks in
    // digests and lines of the drawing.
    for element in ["<p", "<li", "<dd", "<article", "<section", "<a ", "<figure", "<blockquote"] {
        assert_eq!(page.matches(element).count(), calm.matches(element).count(), "{element}");
    }
}

/// Every string that a record could have brought: data, and the words of
/// closed lists.
fn strings(a: &mut AuditAnswer) -> Vec<&mut String> {
    let (mut all, closed) = data_and_closed(a);
    all.extend(closed);
    all
}

/// Every string of data, and every word of a closed list but those that steer
/// what is shown. Links between parts of the answer stay out.
fn data_and_closed(a: &mut AuditAnswer) -> (Vec<&mut String>, Vec<&mut String>) {
    let audit = &mut a.audit;
    let mut out = vec![&mut a.asked, &mut a.cite, &mut a.log.checkpoint];
    let mut closed = Vec::new();
    for line in &mut a.by_hand {
        out.push(&mut line.command);
        let (ByHandWhy::Prints(s) | ByHandWhy::Lines(s) | ByHandWhy::Passage(s)) = &mut line.why;
        out.push(s);
    }
    let q = &mut audit.question;
    closed.push(&mut q.facet);
    out.extend([&mut q.wording, &mut q.name]);
    out.extend(q.event.iter_mut().chain(&mut q.event_title).chain(&mut q.asked_by));
    out.extend(q.recorded_by.iter_mut().chain(&mut q.about));
    for c in &mut audit.claims {
        out.extend([&mut c.teller, &mut c.recorded, &mut c.cite]);
        closed.push(&mut c.known);
        closed.extend(&mut c.modality);
        out.extend(c.told.iter_mut().chain(&mut c.note));
        out.extend(c.reported_by.iter_mut().chain(&mut c.recorded_by));
        out.extend(c.corrections.iter_mut().chain(&mut c.questioned));
        let mut places: Vec<&mut CitedPlace> = c.places.iter_mut().collect();
        for l in &mut c.chain {
            out.extend([&mut l.reporter, &mut l.speaker]);
            out.extend(&mut l.note);
            places.extend(&mut l.places);
        }
        for p in places {
            out.push(&mut p.address);
            out.extend(p.part.iter_mut().chain(&mut p.part_title).chain(&mut p.quote));
        }
        for e in &mut c.evidence {
            out.extend([&mut e.name, &mut e.title]);
            closed.push(&mut e.state);
            closed.extend(&mut e.axes);
            for s in &mut e.signatures {
                out.push(&mut s.agent);
                closed.push(&mut s.state);
                out.extend(s.date.iter_mut().chain(&mut s.place).chain(&mut s.capacity));
                out.extend(&mut s.reservation);
            }
        }
    }
    for value in audit.groups.iter_mut().flat_map(|g| &mut g.value.0) {
        match value {
            ToldValue::Named(s) | ToldValue::Text(s) => out.push(s),
            ToldValue::Date(w) => out.extend(w.told.iter_mut().chain(&mut w.zone)),
            ToldValue::Number(n) => out.extend(&mut n.unit),
            ToldValue::Yes(_) | ToldValue::Blank => {}
        }
    }
    for d in &mut audit.differences {
        out.extend([&mut d.one, &mut d.other]);
        for a in &mut d.assessed {
            out.extend([&mut a.by, &mut a.reason]);
            closed.push(&mut a.finding);
        }
    }
    out.extend(&mut audit.origins.tellers);
    for d in &mut audit.origins.dependence {
        match d {
            Dependence::Retold { teller, .. } => out.push(teller),
            Dependence::Reported { teller, by } => out.extend([teller, by]),
            Dependence::Related { from, to, by, basis, .. } => {
                out.extend([from, to, by]);
                out.extend(basis);
            }
            Dependence::Judged { reason, by } => out.extend([reason, by]),
        }
    }
    out.extend(audit.origins.not_examined.iter_mut().flat_map(|n| [&mut n.0, &mut n.1]));
    for s in &mut audit.not_found {
        out.extend([&mut s.name, &mut s.within]);
        closed.extend([&mut s.view, &mut s.by]);
        out.extend(s.spellings.iter_mut().chain(&mut s.gaps));
    }
    for x in &mut audit.assessments {
        out.extend([&mut x.name, &mut x.by, &mut x.reason]);
        for p in &mut x.places {
            out.push(&mut p.address);
            out.extend(p.part.iter_mut().chain(&mut p.part_title).chain(&mut p.quote));
        }
        closed.extend([&mut x.sort, &mut x.finding]);
    }
    for n in &mut audit.not_held {
        out.extend([&mut n.name, &mut n.title]);
        closed.push(&mut n.holding);
    }
    for c in &mut audit.custody {
        out.push(&mut c.title);
        out.extend(&mut c.received);
        // A word that is not "held" is one more thing that is not held.
        closed.extend(Some(&mut c.holding).filter(|h| *h != "held"));
    }
    (out, closed)
}

/// The sample with more of everything, and all that is data in Cyrillic.
fn russian() -> Vec<(&'static str, AuditAnswer)> {
    let mut full = samples::audit();
    let told = When {
        told: Some("in spring".into()),
        zone: Some("local".into()),
        role: Some(DateRole::Received),
        ..When::default()
    };
    let amount =
        |min, max, about| ToldValue::Number(Amount { min, max, unit: Some("men".into()), about });
    full.groups[0].value = ToldValues(vec![
        ToldValue::Date(told),
        ToldValue::Text("dusk".into()),
        ToldValue::Yes(true),
        ToldValue::Blank,
        amount(Some(3), Some(3), true),
        amount(Some(3), Some(4), false),
        amount(Some(3), None, false),
        amount(None, Some(4), false),
        amount(None, None, false),
    ]);
    full.groups[2].value = ToldValues(Vec::new());
    full.differences[1].assessed = full.differences[0].assessed.clone();
    full.differences[1].assessed[0].finding = "agreed".into();
    full.origins.dependence = vec![
        Dependence::Retold { teller: "Ida".into(), times: 3 },
        Dependence::Reported { teller: "Ida".into(), by: "Karl".into() },
        Dependence::Related {
            from: "F".into(),
            relation: RelationKind::Copies,
            to: "G".into(),
            by: "Ida".into(),
            basis: Some("same slips".into()),
        },
        Dependence::Judged { reason: "one source".into(), by: "Ida".into() },
    ];
    full.not_found.push(full.not_found[0].clone());
    full.not_found[1].hits = 5;
    full.not_found[1].view = "raw".into();
    full.not_found[1].by = "eye".into();
    full.custody[0].revisions_since = 4;
    full.custody[1].received = None;
    full.question.interpretation = true;
    full.claims[0].chain[1].medium = None;
    full.claims[1].voice = "via document".into();
    full.claims[2].attribution = full.claims[0].attribution.clone();
    full.claims[2].attribution[0].basis = "inferred".into();

    let mut broken = full.clone();
    broken.broken.push("F@1:1-2: these bytes stand at lines 2-3".into());
    broken.shows = Shows::Broken;
    broken.claims[0].places[0].checked = PlaceCheck::Broken;
    broken.claims[0].chain[0].places[0].checked = PlaceCheck::Broken;
    broken.claims[1].reported_by = None;
    (broken.question.asked_by, broken.question.rewordings) = (None, 0);

    let mut empty = samples::audit();
    empty.claims.clear();
    empty.groups.clear();
    empty.differences.clear();
    empty.not_found.clear();
    empty.assessments.clear();
    empty.not_held.clear();
    empty.custody.clear();
    empty.origins.dependence.clear();
    empty.origins.not_examined.clear();
    (empty.state, empty.shows) = (State::Untold, Shows::NoClaim);
    (empty.question.asked_by, empty.question.recorded_by) = (None, None);

    let mut long = samples::audit();
    let one = long.claims[1].clone();
    long.claims.extend(std::iter::repeat_n(one, 30));
    let pair = long.origins.not_examined[0].clone();
    long.origins.not_examined.extend(std::iter::repeat_n(pair, 8));
    (long.state, long.shows) = (State::NotComparable, Shows::Read);

    let mut all: Vec<(&str, AuditAnswer)> =
        [("full", full), ("broken", broken), ("empty", empty), ("long", long)]
            .map(|(name, audit)| (name, answer(audit)))
            .into();
    for (n, state) in [State::ToldOnce, State::Agree].into_iter().enumerate() {
        let mut audit = samples::audit();
        audit.state = state;
        audit.groups.truncate(1 + n);
        all.push(("state", answer(audit)));
    }
    all[0].1.claim = Some(all[0].1.audit.claims[0].id.clone());
    all[2].1.by_hand.clear();
    all[0].1.by_hand.push(ByHand { command: "sed".into(), why: ByHandWhy::Lines("F@1".into()) });
    all[0].1.by_hand.push(ByHand { command: "show".into(), why: ByHandWhy::Passage("0".into()) });
    for (_, a) in &mut all {
        let id = a.claim.clone();
        data_and_closed(a).0.into_iter().for_each(|s| *s = in_cyrillic(s));
        a.claim = id;
        // The drawing names texts without marking them as typed.
        for c in &mut a.audit.claims {
            c.places.iter_mut().for_each(|p| p.revision = in_cyrillic(&p.revision));
        }
        a.audit.custody.iter_mut().for_each(|c| c.revision = in_cyrillic(&c.revision));
    }
    let mut several = all[0].1.clone();
    several.further.push(all[1].1.audit.clone());
    several.ok = false;
    all.push(("several", several));
    all
}

#[test]
fn a_russian_report_has_no_english_word_of_ours() {
    let made = "2026-02-03T04:05:06Z".parse().ok();
    for (name, answer) in russian() {
        let page = super::report(&answer, Language::Russian, made);
        assert!(page.contains("<html lang=\"ru\">"));
        assert_eq!(left_in_latin(&page, "ru"), Vec::<String>::new(), "{name}");
        well_formed(&page);
        // The same answer in English: nearly every word is seen by this test.
        let english = super::report(&answer, Language::English, made);
        assert!(left_in_latin(&english, "en").len() > 100, "{name}");
        for ours in ["<p lang=", "<dd lang=", "<ul lang="] {
            assert!(!english.contains(ours), "{ours}");
        }
        assert_eq!(page.matches("<svg").count(), english.matches("<svg").count());
    }
}

#[test]
fn a_russian_report_reads_as_russian() {
    let answer = answer(samples::audit());
    let page = super::report(&answer, Language::Russian, None);
    let text = read(&page);
    for what in [
        "Проверка вопроса When was the lamp lit?",
        "Состояние Рассказано 3 раза, с 3 разными значениями; некоторые из них не могут быть верны \
         вместе. Оценено: неразрешимо (Ida Voss).",
        "дата: спрашивается, когда",
        "Не: nine o’clock",
        "1 Anna Dorn утверждает, как вероятное",
        "Откуда известно, по словам самого рассказчика: видел(а).",
        "строки 1–2, печатная страница 7 (±1), байты 100–140",
        "Обещано, не показано: Log book of the landing",
        "Подпись Anna Dorn: подписано, в качестве: «keeper of the lamp»",
        "появились в F@1 (записано), 40 байт; в F@2:14: изменены, по сравнению",
        "запись 11 журнала; записано: Editors",
        "«lamp», «lantern» в G@1, строки 1–9, в тексте для чтения, искали программой: не найдено",
        "текст изменён 1 раз; новый стоит рядом с этим",
    ] {
        at(&text, what);
    }
    // What is to be copied stays as it is, and says its language.
    assert!(page.contains("<p lang=\"en\"><bdi>“When was the lamp lit?” entry 4.</bdi>"));
    assert!(page.contains("<dd lang=\"en\"><bdi>A. Dorn. The Ferry"));
}
