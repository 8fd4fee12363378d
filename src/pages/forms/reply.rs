//! The form for replies. Nothing in it needs an account, and only what the
//! person says is required.

use maud::{Markup, html};

use super::parts::{Field, Input, described, hidden, summary, tick, words, wrong};
use super::replied::ReplyFields;
use super::trouble::FieldTrouble;
use crate::desk::{CorrectionType, EVIDENCE_FILES, HANDED_LIMIT, HowKnown};
use crate::pages::foreign::said;
use crate::pages::language::Language;
use crate::pages::room::events::link;
use crate::pages::room::frame::{self, Sheet};
use crate::pages::room::{Room, Route};

/// The page of the form, with what was typed and what is wrong with it.
pub fn reply_form(room: &Room<'_>, fields: &ReplyFields, troubles: &[FieldTrouble]) -> String {
    let (say, here) = (room.say(), Route::Live("reply/new".into()));
    let title = match fields.at.trim() {
        "" => say.reply_short().to_string(),
        at => format!("{} {at}", say.reply_to()),
    };
    let body = html! {
        header.title {
            h1 { @if fields.at.trim().is_empty() { (say.reply_short()) } @else { (say.reply_to()) " " (link(room, &here, fields.at.trim())) } }
            p { (say.reply_why()) }
            p.why { (say.optional_why()) }
        }
        (summary(say, troubles, ""))
        form.reply-form method="post" action=(room.href(&here, &here)) enctype="multipart/form-data" {
            (carried(fields))
            (what_the_text_says(say, fields, troubles))
            (what_you_say(say, fields, troubles))
            (how_you_know(say, fields, troubles))
            (evidence(say, fields, troubles))
            (who_you_are(say, fields, troubles))
            p { button type="submit" { (say.send()) } }
        }
    };
    let title = if troubles.is_empty() { title } else { format!("{}: {title}", say.error_title()) };
    frame::page(room, &Sheet { class: "form-page", ..Sheet::new(&here, title) }, &body)
}

/// What the form carries along unseen, and a field that only programs fill in.
fn carried(fields: &ReplyFields) -> Markup {
    html! {
        (hidden("token", &fields.token))
        (hidden("kept", &fields.kept))
    }
}

fn what_the_text_says(say: Language, f: &ReplyFields, t: &[FieldTrouble]) -> Markup {
    html! {
        fieldset {
            legend { (say.text_says()) }
            (Field::lines("quote", say.text_says(), &f.quote, 5).hint(say.quote_hint()).show(say, t))
            (tick("gap", "gap", say.gap_label(), None, f.gap))
            (Field::line("at", say.at_label(), &f.at).hint(say.at_hint()).show(say, t))
        }
    }
}

fn what_you_say(say: Language, f: &ReplyFields, t: &[FieldTrouble]) -> Markup {
    let lang = Some(f.language.trim()).filter(|l| !l.is_empty());
    let says = Field::lines("says", say.you_say(), &f.says, 6).hint(say.you_say_hint());
    html! {
        fieldset {
            legend { (say.you_say()) }
            (Field { lang, ..says }.show(say, t))
            (Field { lang, ..Field::lines("should_read", say.should_read(), &f.should_read, 3) }.show(say, t))
            (Field::choice("sort", say.what_sort(), &f.sort, words(say, say.sort_unsaid(), CorrectionType::ALL)).show(say, t))
            (Field::line("language", say.reply_language(), &f.language).hint(say.language_hint()).show(say, t))
        }
    }
}

fn how_you_know(say: Language, f: &ReplyFields, t: &[FieldTrouble]) -> Markup {
    let known = HowKnown::ALL.iter().filter(|k| **k != HowKnown::NotSaid);
    let nothing = say.word("not said").to_string();
    html! {
        fieldset {
            legend { (say.how_you_know()) }
            (Field::choice("how", say.how_you_know(), &f.how, words(say, &nothing, known)).show(say, t))
            (Field::lines("grounds", say.grounds_label(), &f.grounds, 3).hint(say.how_hint()).show(say, t))
        }
    }
}

fn evidence(say: Language, f: &ReplyFields, troubles: &[FieldTrouble]) -> Markup {
    let trouble = troubles.iter().find(|t| t.field == "evidence");
    html! {
        fieldset {
            legend { (say.evidence()) }
            @if !f.files.is_empty() {
                p { (say.files_kept()) }
                ul { @for (name, bytes) in &f.files { li { (said(name)) " " span.facts { (bytes) " " (say.bytes()) } } } }
            }
            div.field {
                label for="evidence" { (say.evidence()) }
                p.hint #evidence-hint { (say.evidence_hint()) " ≤ " (EVIDENCE_FILES) "; ≤ " (HANDED_LIMIT / 1024 / 1024) " MiB" }
                (wrong(say, "evidence", trouble))
                input type="file" name="evidence" id="evidence" multiple
                    aria-describedby=[described("evidence", true, trouble.is_some())] aria-invalid=[trouble.map(|_| "true")];
            }
            (Field::lines("promised", say.evidence_later(), &f.promised, 2).hint(say.promised_hint()).show(say, troubles))
        }
    }
}

fn who_you_are(say: Language, f: &ReplyFields, t: &[FieldTrouble]) -> Markup {
    let line = |autocomplete, sort| Input::Line { sort, autocomplete };
    let name = Field::line("name", say.your_name(), &f.name).hint(say.name_hint());
    let contact = Field::line("contact", say.your_contact(), &f.contact).hint(say.contact_hint());
    html! {
        fieldset {
            legend { (say.more_about_you()) }
            (Field { input: line("name", "text"), ..name }.show(say, t))
            (tick("hide_name", "hide_name", say.hide_name(), Some(say.hide_name_hint()), f.hide_name))
            (Field { input: line("email", "text"), ..contact }.show(say, t))
            // Out of sight, out of the order of tabs, and named for who reads it aloud.
            div.trap aria-hidden="true" {
                label for="website" { (say.leave_empty()) }
                input type="text" name="website" id="website" value=(f.website) tabindex="-1" autocomplete="off";
            }
        }
    }
}
