//! How pages are set up, as it is typed: `site` and `serve` take the same; a
//! page that is one file takes the language alone.

use crate::desk::DeskError;
use crate::pages::{Language, Setting};

use super::args::PagesArgs;

/// The setting of a room.
///
/// # Errors
/// When the language is none of the pages', or an address is none.
pub(super) fn setting(args: &PagesArgs, live: bool) -> Result<Setting, DeskError> {
    let PagesArgs { language, url, mail } = args;
    let language = speaks(language)?;
    if let Some(url) = url.as_deref().filter(|u| !is_address(u)) {
        return Err(DeskError::usage("url", format!("{url:?} is not the address of a site"))
            .hint("write it whole: --url https://example.org/book/"));
    }
    if let Some(mail) = mail.as_deref().filter(|m| !is_mail(m)) {
        return Err(DeskError::usage("mail", format!("{mail:?} is not a mail address"))
            .hint("write it alone: --mail editor@example.org"));
    }
    Ok(Setting { language, url: url.clone(), mail: mail.clone(), live })
}

/// The language in which a page is to speak.
///
/// # Errors
/// When it is none of the pages'.
pub(super) fn speaks(tag: &str) -> Result<Language, DeskError> {
    Language::of_tag(tag).ok_or_else(|| {
        let known: Vec<&str> = Language::ALL.iter().map(|l| l.tag()).collect();
        DeskError::usage("language", format!("{tag:?} is no language of the pages"))
            .hint(format!("they speak: {}", known.join(", ")))
    })
}

/// An address that pages may be put below.
fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|r| {
        !r.is_empty()
            && !r.starts_with('/')
            && r.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/:%".contains(&b))
    })
}

/// One mail address, plain enough to stand in a link.
fn is_mail(mail: &str) -> bool {
    mail.split_once('@').is_some_and(|(name, host)| {
        let plain = |s: &str, more: &[u8]| {
            !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || more.contains(&b))
        };
        plain(name, b"-._+") && plain(host, b"-.")
    })
}
