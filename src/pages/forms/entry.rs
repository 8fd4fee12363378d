//! The forms in which an editor enters a question, or what a text says to one.

use maud::{Markup, html};

use super::entered::{ClaimFields, QuestionFields};
use super::parts::{Field, hidden, summary, words};
use super::trouble::{FieldTrouble, trouble_of};
use crate::desk::{DeskError, Facet, HowKnown, ListedNamed, Stance, Voice};
use crate::pages::foreign::{clip, said, visible};
use crate::pages::language::Language;
use crate::pages::room::events::link;
use crate::pages::room::frame::{self, Sheet, direction};
use crate::pages::room::{Room, Route};

/// Characters of a title in a list of choices.
const CLIP: usize = 80;

/// The form for a question.
pub fn question_form(room: &Room<'_>, f: &QuestionFields, trouble: Option<&DeskError>) -> String {
    let (say, here) = (room.say(), Route::Live("desk/question".into()));
    let t = troubles(trouble, &["id", "wording", "facet", "event"]);
    let body = html! {
        header.title { (to_desk(room, &here)) h1 { (say.enter_question()) } p.why { (say.question_why()) } }
        (summary(say, &t, ""))
        @if !f.at.trim().is_empty() {
            p.facts { (say.asked_of()) " " (link(room, &here, f.at.trim())) }
        }
        @if !f.quote.trim().is_empty() {
            blockquote.was-quoted dir="auto" { p { (said(f.quote.trim())) } }
        }
        form method="post" action=(room.href(&here, &here)) {
            (hidden("csrf", &f.csrf))
            (hidden("at", &f.at))
            (hidden("quote", &f.quote))
            (Field::lines("wording", say.wording_label(), &f.wording, 3).required().show(say, &t))
            (Field::choice("facet", say.facet_label(), &f.facet, words(say, "", Facet::ALL)).required().show(say, &t))
            (Field::choice("event", say.event_label(), &f.event, named("", &room.events)).show(say, &t))
            (Field::line("id", say.short_name(), &f.id).hint(say.short_name_hint()).show(say, &t))
            p { button type="submit" { (say.record()) } }
        }
    };
    frame::page(
        room,
        &Sheet { class: "form-page", ..Sheet::new(&here, say.enter_question()) },
        &body,
    )
}

/// The form for a claim.
pub fn claim_form(room: &Room<'_>, f: &ClaimFields, trouble: Option<&DeskError>) -> String {
    let (say, here) = (room.say(), Route::Live("desk/claim".into()));
    let t = troubles(
        trouble,
        &["id", "question", "at", "quote", "stance", "value", "teller", "voice", "told"],
    );
    let mut questions = named("", &room.questions);
    // One that was recorded a moment ago may not be in the room yet.
    if !f.question.trim().is_empty() && !questions.iter().any(|(name, _)| *name == f.question) {
        questions.push((f.question.clone(), visible(&clip(&f.question, CLIP)).into_owned()));
    }
    let body = html! {
        header.title { (to_desk(room, &here)) h1 { (say.enter_claim()) } p.why { (say.claim_why()) } }
        (summary(say, &t, ""))
        @if !f.passage.is_empty() {
            blockquote.passage dir=(direction(None)) tabindex="0" data-select="quote" { p { (said(&f.passage)) } }
        }
        form method="post" action=(room.href(&here, &here)) {
            (hidden("csrf", &f.csrf))
            (Field::lines("quote", say.words_selected(), &f.quote, 3).show(say, &t))
            (Field::line("at", say.at_label(), &f.at).required().show(say, &t))
            (Field::choice("question", say.question_label(), &f.question, questions).required().show(say, &t))
            (Field::choice("stance", say.stance_label(), &f.stance, words(say, "", Stance::ALL)).required().show(say, &t))
            (Field::choice("sort", say.value_sort(), &f.sort, sorts(say)).show(say, &t))
            (Field::line("value", say.value_label(), &f.value).hint(say.value_hint()).show(say, &t))
            (Field::line("teller", say.teller_label(), &f.teller).required().show(say, &t))
            (Field::choice("voice", say.voice_label(), &f.voice, voices(say)).show(say, &t))
            (Field::line("reported_by", say.reported_by(), &f.reported_by).show(say, &t))
            (Field::choice("how", say.how_teller_knows(), &f.how, words(say, "", HowKnown::ALL)).show(say, &t))
            (Field::line("told", say.told_label(), &f.told).show(say, &t))
            (Field::line("note", say.note_label_form(), &f.note).show(say, &t))
            (Field::line("id", say.short_name(), &f.id).hint(say.short_name_hint()).show(say, &t))
            p { button type="submit" { (say.record()) } }
        }
    };
    let sheet = Sheet {
        class: "form-page",
        scripts: vec![Route::Live("desk.js".into())],
        ..Sheet::new(&here, say.enter_claim())
    };
    frame::page(room, &sheet, &body)
}

fn to_desk(room: &Room<'_>, here: &Route) -> Markup {
    let desk = room.href(here, &Route::Live("desk".into()));
    html! { p.kicker { a href=(desk) { (room.say().desk_title()) } } }
}

/// The trouble at the field that its code names, where the form has such.
fn troubles(trouble: Option<&DeskError>, fields: &[&'static str]) -> Vec<FieldTrouble> {
    let told = trouble.map(|e| {
        let t = trouble_of(e);
        let named = |f: &&&'static str| **f == e.code || **f == t.field;
        let field = fields.iter().find(named).copied().unwrap_or("form");
        FieldTrouble { field, ..t }
    });
    told.into_iter().collect()
}

fn named(nothing: &str, all: &[ListedNamed]) -> Vec<(String, String)> {
    let mut out = vec![(String::new(), nothing.to_string())];
    let title = |n: &ListedNamed| clip(n.wording.as_ref().unwrap_or(&n.title), CLIP);
    out.extend(all.iter().map(|n| (n.name.clone(), visible(&title(n)).into_owned())));
    out
}

fn sorts(say: Language) -> Vec<(String, String)> {
    [
        ("text", say.as_text()),
        ("date", say.as_date()),
        ("number", say.as_number()),
        ("place", say.as_place()),
        ("yes", say.as_yes()),
        ("no", say.as_no()),
        ("none", say.as_none()),
    ]
    .map(|(value, word)| (value.to_string(), word.to_string()))
    .to_vec()
}

fn voices(say: Language) -> Vec<(String, String)> {
    let words = [say.direct(), say.via_document(), say.voice_reported()];
    Voice::ALL.iter().zip(words).map(|(v, w)| (v.word().to_string(), w.to_string())).collect()
}
