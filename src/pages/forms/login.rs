//! The log-in of editors: a password, or a line sealed with an SSH key.

use maud::html;

use super::parts::{Field, Input, hidden, summary};
use super::trouble::trouble_of;
use crate::desk::{Challenge, DeskError};
use crate::pages::room::frame::{self, Sheet};
use crate::pages::room::{Room, Route};

/// What the log-in page shows.
#[derive(Debug, Default)]
pub struct LoginState<'a> {
    /// The name that was typed.
    pub name: &'a str,
    /// The guard against forms of other sites.
    pub csrf: &'a str,
    /// The line to be sealed; without one, only passwords are asked for.
    pub challenge: Option<&'a Challenge>,
    /// Why the last log-in failed.
    pub trouble: Option<&'a DeskError>,
}

/// The log-in page.
pub fn login(room: &Room<'_>, state: &LoginState<'_>) -> String {
    let (say, here) = (room.say(), Route::Live("desk/login".into()));
    let troubles: Vec<_> = state.trouble.map(trouble_of).into_iter().collect();
    let action = room.href(&here, &here);
    let line = |sort, autocomplete| Input::Line { sort, autocomplete };
    let name = |suffix| {
        let field = Field::line("name", say.login_name(), state.name).suffix(suffix).required();
        Field { input: line("text", "username"), ..field }.show(say, &[])
    };
    let password = Field::line("password", say.password(), "").required();
    let body = html! {
        header.title {
            h1 { (say.login_title()) }
            p.why { (say.login_why()) }
        }
        (summary(say, &troubles, ""))
        section aria-labelledby="by-password" {
            h2 #by-password { (say.by_password()) }
            form method="post" action=(action) {
                (hidden("csrf", state.csrf))
                (name("-password"))
                (Field { input: line("password", "current-password"), ..password }.show(say, &[]))
                p { button type="submit" { (say.log_in()) } }
            }
        }
        @if let Some(c) = state.challenge {
            section aria-labelledby="by-key" {
                h2 #by-key { (say.by_key()) }
                p { (say.by_key_why()) }
                pre.command tabindex="0" data-copy=(say.copied()) data-copy-label=(say.copy()) { (c.command) }
                form method="post" action=(action) {
                    (hidden("csrf", state.csrf))
                    (hidden("challenge", &c.id))
                    (name("-key"))
                    (Field::lines("seal", say.the_seal(), "", 8).required().show(say, &[]))
                    p { button type="submit" { (say.log_in()) } }
                }
            }
        }
    };
    frame::page(room, &Sheet { class: "form-page", ..Sheet::new(&here, say.login_title()) }, &body)
}
