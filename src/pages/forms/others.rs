//! What others said about the same words, shown before a reply is sent.

use maud::html;

use super::parts::hidden;
use super::replied::ReplyFields;
use crate::desk::SimilarReply;
use crate::pages::foreign::said;
use crate::pages::room::frame::{self, Sheet, word};
use crate::pages::room::{Room, Route, notes};

/// Most replies that are shown in full; the others are on the passage's page.
const SHOWN: usize = 20;

/// The page of what others said, with the choices that are left.
pub fn others_said(room: &Room<'_>, fields: &ReplyFields, others: &[SimilarReply]) -> String {
    let (say, here) = (room.say(), Route::Live("reply/new".into()));
    let body = html! {
        header.title {
            h1 { (say.others_title()) }
            p { (say.others_why()) }
        }
        form.reply-form method="post" action=(room.href(&here, &here)) enctype="multipart/form-data" {
            (hidden("token", &fields.token))
            (hidden("kept", &fields.kept))
            fieldset {
                legend { (say.your_choice()) }
                @for (n, other) in others.iter().take(SHOWN).enumerate() {
                    @let note = &other.note;
                    @let id = format!("choice-{n}");
                    article.note.other {
                        header {
                            (notes::by_whom(room, note)) " "
                            span.sort { (word(say, &note.r#type)) } " "
                            a href=(room.href(&here, &Route::Reply(note.correction.clone()))) { (said(&note.correction)) }
                            @if other.same { " " strong { (say.proposes_same()) } }
                            @if other.near { " " strong { (say.proposes_near()) } }
                        }
                        (notes::words(room, note))
                        p.option {
                            input type="radio" name="choice" id=(id) value=(note.correction) required;
                            " " label for=(id) { (say.send_as()) " " bdi { (note.correction) } }
                        }
                    }
                }
                p.option {
                    input type="radio" name="choice" id="choice-mine" value="mine" required checked;
                    " " label for="choice-mine" { (say.send_mine()) }
                }
            }
            p.ways {
                button type="submit" { (say.send()) }
                " " button type="submit" name="change" value="yes" formnovalidate { (say.change_mine()) }
            }
        }
    };
    frame::page(room, &Sheet { class: "form-page", ..Sheet::new(&here, say.others_title()) }, &body)
}
