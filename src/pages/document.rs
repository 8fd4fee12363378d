//! The frame of every page: one file that loads nothing and runs nothing.
//!
//! The policy in the head lets a browser do nothing but apply the one style
//! sheet, which it names by digest: no script, no picture, no font, no request,
//! no frame, no form, whatever a foreign text may hold.

use maud::{DOCTYPE, Markup, html};

use super::foreign::visible;
use super::language::Language;
use crate::digest::Digest;
use crate::sign::to_base64;

/// A whole file: its language, its title, its style, what stands on it.
pub(super) fn document(say: Language, title: &str, style: &str, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang=(say.tag()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(style));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (visible(title)) }
                style { (maud::PreEscaped(style)) }
            }
            body { (body) }
        }
    }
    .into_string()
}

fn policy(style: &str) -> String {
    let digest = to_base64(Digest::of(style.as_bytes()).as_bytes());
    format!("default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'")
}
