//! One made-up draft about a ferry with each kind of item, and drafts that are
//! refused.

use toml::Spanned;

use super::*;
use crate::model::{
    AssessmentKind, Channel, CorrectionType, DateComponent, DateRole, Facet, Genre, Holding,
    InkState, Judgement, Medium, Modality, RelationKind, ResponsibilityRole, SearchedBy, Shown,
    Stance, Targets, Voice,
};

const FERRY: &str = r#"
[draft]
maker = "Editors of the ferry papers"
time = "2026-03-01T00:00:00Z"

[[agent]]
name = "Ada Brandt"
type = "person"
spellings = [{ name = "A. Brant", at = "F:2" }]
roles = [{ role = "engineer", from = "1961", to = "spring 1970", at = ["F:3", "F:9-10"] }]
note = "keeper of the engine room"

[[place]]
name = "Sarn / Upper Sarn"
names = [{ name = "Upper Sarn", party = "Ada Brandt", from = "1961", at = "F:4" }]
within = "The Fjord"

[[source]]
siglum = "F"
title = "The Ferry"
type = "memoir"
holding = "withheld"
creators = ["Ada Brandt"]
date = "1994"
sha256 = "0808080808080808080808080808080808080808080808080808080808080808"
label = "print 1995"

[[part]]
of = "F"
name = "Letter2"
title = "Letter to the harbour master"
genre = "letter"
at = "F:20-24"
addressee = ["Jon Hale"]
date = { told = "Monday" }
published = "1994-05"

[[copy]]
id = "order-a"
of = "F/Letter2"
title = "the sheet in the ferry office"
form = "not said"
holding = "said to exist"
wording_known = "no"
counterparts = [{ copy = "copy/order-b", claimed_by = "Jon Hale", compared = "not held" }]
marks = [{ what = "stamp", where = "lower edge", at = "F:23" }]
at = "F:22"

[[event]]
id = "landing"
title = "The landing at Sarn"
also = ["The last run"]
date = "1994-05-09/1994-05-11"
part_of = "event/closing"

[[account]]
event = "event/landing"
at = "F:5-7"
teller = "Jon Hale"
voice = "reported by"
reported_by = "Ada Brandt"
known = "was told"

[[question]]
id = "landing-date"
event = "event/landing"
about = ["copy/order-a"]
facet = "date"
wording = "When did the ferry land?"

[[claim]]
id = "landing-date-f1"
question = "question/landing-date"
at = "F:5"
stance = "asserts"
value = { date = "1994-05-09", told = "on the 9th", role = "happened", supplied = [{ component = "year", from = "F:1" }] }
modality = "probable"
teller = "Ada Brandt"
voice = "direct"
known = "took part"
evidence = ["evidence/log-book"]
chain = [{ speaker = "Jon Hale", reporter = "Ada Brandt", at = "F:6", medium = "telephone" }]
contested = "by the harbour office"

[[assessment]]
id = "landing-date-open"
about = ["question/landing-date"]
kind = "outcome"
finding = "left to readers"
by = "Ada Brandt"
reason = "Two log books, two days."

[[evidence]]
id = "log-book"
title = "the log book of the ferry"
carrier = "original"
channel = "letter"
basis = "holds the record"
state = "promised, not shown"
at = "F:8"

[[relation]]
type = "cites"
from = "F:30"
as_written = "p. 12"
resolves = "none"
by = "Ada Brandt"

[[signature]]
of = "copy/order-a"
agent = "Ada Brandt"
state = "for another"
for = "Jon Hale"
date = { blank = true }
at = "F:24"

[[responsibility]]
of = "F/Letter2"
agent = "Jon Hale"
role = "in the name of"
for = "Ada Brandt"

[[search]]
id = "landing-in-f"
question = "landing-date"
for = ["landing", "landed"]
in = "F/Letter2"
by = "machine"
view = "reading"

[[correction]]
at = "F:5"
type = "other account"
says = "She says that it was two days later."
by = "Ada Brandt"
known = "remembers"
said_at = "F:40"
"#;

fn only<T: Clone>(list: &[Spanned<T>]) -> T {
    assert_eq!(list.len(), 1);
    list[0].get_ref().clone()
}

#[test]
fn each_kind_of_item_is_read() {
    let d = Draft::parse(FERRY).unwrap();
    assert_eq!(d.draft.maker, "Editors of the ferry papers");
    assert_eq!(d.draft.time.to_string(), "2026-03-01T00:00:00Z");

    let agent = only(&d.agent);
    assert_eq!((agent.spellings[0].at.0.len(), agent.roles[0].at.0.len()), (1, 2));
    assert_eq!(agent.roles[0].to.as_deref(), Some("spring 1970"));
    assert_eq!(only(&d.place).names[0].party.as_deref(), Some("Ada Brandt"));
    let source = only(&d.source);
    assert_eq!((source.holding, source.sha256.is_some()), (Holding::Withheld, true));
    assert_eq!(source.date.unwrap().0.edtf.unwrap().to_string(), "1994");
    let part = only(&d.part);
    assert_eq!((part.genre, part.at.0), (Genre::Letter, vec!["F:20-24".to_string()]));
    assert_eq!(part.date.unwrap().0.told.as_deref(), Some("Monday"));
    let copy = only(&d.copy);
    assert_eq!(copy.marks[0].r#where.as_deref(), Some("lower edge"));
    assert_eq!(copy.counterparts[0].copy, "copy/order-b");
    assert_eq!(only(&d.event).part_of.as_deref(), Some("event/closing"));
    assert_eq!(only(&d.account).voice, Voice::ReportedBy);
    assert_eq!(only(&d.question).facet, Facet::Date);

    let claim = only(&d.claim);
    assert_eq!((claim.stance, claim.modality), (Stance::Asserts, Some(Modality::Probable)));
    let value = claim.value.unwrap();
    assert_eq!(value.date.unwrap().0.edtf.unwrap().to_string(), "1994-05-09");
    assert_eq!((value.told.as_deref(), value.role), (Some("on the 9th"), Some(DateRole::Happened)));
    assert_eq!(value.supplied[0].component, DateComponent::Year);
    assert_eq!(claim.chain[0].medium, Some(Medium::Telephone));

    let assessment = only(&d.assessment);
    assert_eq!(
        (assessment.kind, assessment.finding),
        (AssessmentKind::Outcome, Judgement::LeftToReaders)
    );
    let evidence = only(&d.evidence);
    assert_eq!((evidence.channel, evidence.state), (Channel::Letter, Shown::Promised));
    let relation = only(&d.relation);
    assert_eq!((relation.r#type, relation.resolves), (RelationKind::Cites, Some(Targets::None)));
    assert!(relation.to.0.is_empty());
    let signature = only(&d.signature);
    assert_eq!((signature.state, signature.date.unwrap().0.blank), (InkState::ForAnother, true));
    let responsibility = only(&d.responsibility);
    assert_eq!(responsibility.role, ResponsibilityRole::InTheNameOf);
    let search = only(&d.search);
    assert_eq!((search.by, search.r#for.len()), (SearchedBy::Machine, 2));
    assert_eq!(only(&d.correction).r#type, CorrectionType::OtherAccount);
}

#[test]
fn an_item_knows_where_it_begins() {
    let d = Draft::parse(FERRY).unwrap();
    for (item, head) in [
        (d.agent[0].span().start, "[[agent]]"),
        (d.claim[0].span().start, "[[claim]]"),
        (d.correction[0].span().start, "[[correction]]"),
    ] {
        let line = 1 + FERRY.lines().position(|l| l == head).unwrap();
        assert_eq!(line_of(FERRY, item), line, "{head}");
    }
}

#[test]
fn each_form_of_a_value_is_read() {
    let values = r#"values = [
  { date = { edtf = "1994-05", told = "in May", zone = "harbour time" } },
  { place = "Sarn" }, { agents = ["Ada Brandt", "Jon Hale"] },
  { number = 50, unit = "lamps", about = true }, { min = 50, max = 56 },
  { text = "landing" }, { yes = false }, { ref = "copy/order-a" }, { blank = true },
]
"#;
    let claim = FERRY.find("value = { date").unwrap();
    let end = claim + FERRY[claim..].find('\n').unwrap() + 1;
    let d = Draft::parse(&[&FERRY[..claim], values, &FERRY[end..]].concat()).unwrap();
    let read = only(&d.claim).values;
    assert_eq!(read.len(), 9);
    assert_eq!(read[0].date.as_ref().unwrap().0.zone.as_deref(), Some("harbour time"));
    assert_eq!((read[3].number, read[3].about), (Some(50), true));
    assert_eq!((read[4].min, read[4].max, read[6].yes), (Some(50), Some(56), Some(false)));
    assert!(read[8].blank);
}

/// The line of `old` and what is said there, when `new` stands in its place.
fn refused(old: &str, new: &str) -> (usize, String) {
    let at = FERRY.find(old).unwrap_or_else(|| panic!("{old:?} is not in the draft"));
    let e = Draft::parse(&FERRY.replacen(old, new, 1)).unwrap_err();
    assert_eq!(e.line, line_of(FERRY, at), "{new:?}: {e}");
    assert!(e.to_string().starts_with(&format!("line {}: ", e.line)));
    (e.line, e.what)
}

#[test]
fn an_unknown_field_is_refused_at_its_line() {
    for (old, new, field) in [
        ("also = ", "alias = ", "alias"),
        ("contested = ", "disputed = ", "disputed"),
        ("[[event]]", "[[happening]]", "happening"),
        ("chain = [{ speaker", "chain = [{ speeker", "speeker"),
        ("date = { told", "date = { words", "words"),
        ("role = \"happened\"", "kind = \"happened\"", "kind"),
        ("label = ", "editor = \"\"\nlabel = ", "editor"),
    ] {
        let (_, what) = refused(old, new);
        assert!(what.contains(&format!("unknown field `{field}`")), "{what}");
    }
}

#[test]
fn a_word_of_no_list_is_refused_at_its_line() {
    for (old, new) in [
        ("stance = \"asserts\"", "stance = \"says\""),
        ("form = \"not said\"", "form = \"Not said\""),
        ("state = \"promised, not shown\"", "state = \"promised\""),
        ("medium = \"telephone\"", "medium = \"phone\""),
        ("component = \"year\"", "component = \"minute\""),
    ] {
        let (_, what) = refused(old, new);
        let word = new.split('"').nth(1).unwrap();
        assert!(what.contains(&format!("unknown variant `{word}`")), "{what}");
    }
}

#[test]
fn a_date_of_another_form_is_refused_at_its_line() {
    for new in [
        "date = 1994\n",
        "date = 1994-05-09\n",
        "date = [\"1994\"]\n",
        "date = true\n",
        "date = { edtf = 1994 }\n",
        "date = { blank = \"yes\" }\n",
        "date = { told = \"May\", supplied = [{ from = \"F:1\" }] }\n",
    ] {
        refused("date = \"1994\"\n", new);
    }
    let (_, what) = refused("date = \"1994\"\n", "date = 1994\n");
    assert!(what.contains("a date in EDTF, or a table"), "{what}");
    let (_, what) = refused("date = \"1994\"\n", "date = 1994-05-09\n");
    assert!(what.contains("in quotation marks"), "{what}");
    refused("value = { date = \"1994-05-09\"", "value = { date = 9");
    let (_, what) = refused("date = \"1994\"\n", "date = \"May 1994\"\n");
    assert!(what.contains("no date in EDTF: \"May 1994\""), "{what}");
    refused("value = { date = \"1994-05-09\"", "value = { date = \"1994-13-09\"");
}

#[test]
fn a_missing_field_and_broken_toml_are_refused() {
    // A missing field has no line of its own: that of the item counts.
    let e = Draft::parse(&FERRY.replacen("facet = \"date\"\n", "", 1)).unwrap_err();
    let item = 1 + FERRY.lines().position(|l| l == "[[question]]").unwrap();
    assert_eq!((e.line, e.what.contains("missing field `facet`")), (item, true), "{e}");

    refused("title = \"The Ferry\"", "title = The Ferry");
    refused("time = \"2026-03-01T00:00:00Z\"", "time = \"2026-03-01\"");
    assert!(Draft::parse("").unwrap_err().what.contains("missing field `draft`"));
}

#[test]
fn lines_are_counted_from_one() {
    assert_eq!([0, 1, 2, 3, 99].map(|byte| line_of("a\nb\n", byte)), [1, 1, 2, 2, 3]);
}
