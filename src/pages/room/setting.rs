//! How a room is set up, whatever it shows.

use crate::pages::language::Language;

/// The setting of a room.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// In which language the room speaks.
    pub language: Language,
    /// Where the room is published, `https://example.org/book/`; feeds and the
    /// sitemap need whole addresses.
    pub url: Option<String>,
    /// To which address replies are sent by mail.
    pub mail: Option<String>,
    /// A server answers: replies are taken by a form of its own.
    pub live: bool,
}

impl Setting {
    /// The base address with a slash at its end.
    pub(super) fn base(&self) -> Option<String> {
        self.url.as_ref().map(|u| format!("{}/", u.trim_end_matches('/')))
    }
}
