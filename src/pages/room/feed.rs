//! Atom feeds (RFC 4287) of the archive, of a text and of an event, and the
//! sitemap. Ids are digests, so that an entry is the same in every copy.

use std::fmt::Write as _;

use super::room::Room;
use super::route::Route;
use super::summary;
use crate::desk::{DeskError, LogDraft, LogItem};
use crate::export::escape;
use crate::pages::foreign::visible;

/// So many entries a feed has.
const ENTRIES: usize = 60;

pub(super) fn all(room: &Room<'_>) -> Result<String, DeskError> {
    let items = room.entries()?;
    Ok(atom(room, &Route::Feed, &room.status.title, &Route::Home, items.iter()))
}

pub(super) fn text(room: &Room<'_>, siglum: &str) -> Result<Option<String>, DeskError> {
    let Some(shelved) = room.shelved(siglum) else { return Ok(None) };
    let items = match shelved.shut {
        None => of(room, siglum)?,
        Some(_) => Vec::new(),
    };
    let here = Route::TextFeed(siglum.to_string());
    let about = Route::Text(siglum.to_string());
    Ok(Some(atom(room, &here, &shelved.text.title, &about, items.iter())))
}

pub(super) fn event(room: &Room<'_>, name: &str) -> Result<Option<String>, DeskError> {
    let address = format!("event/{name}");
    let Some(event) = room.events.iter().find(|e| e.name == address) else { return Ok(None) };
    let items = of(room, &address)?;
    let here = Route::EventFeed(name.to_string());
    Ok(Some(atom(room, &here, &event.title, &Route::Event(name.to_string()), items.iter())))
}

fn of(room: &Room<'_>, address: &str) -> Result<Vec<LogItem>, DeskError> {
    let draft = LogDraft { address: Some(address.to_string()), limit: Some(ENTRIES), all: false };
    Ok(room.reader.log(&draft)?.items)
}

fn atom<'i>(
    room: &Room<'_>,
    here: &Route,
    title: &str,
    about: &Route,
    items: impl Iterator<Item = &'i LogItem>,
) -> String {
    let say = room.say();
    // Without an address of its own, links are relative to the feed (xml:base).
    let link = |to: &Route| match room.setting.base() {
        Some(base) => format!("{base}{}", to.path()),
        None => room.href(here, to),
    };
    let origin = &room.status.origin;
    let items: Vec<&LogItem> = items.take(ENTRIES).collect();
    let time = |i: &LogItem| i.received.or(i.claimed);
    let updated = items.iter().filter_map(|i| time(i)).max().or(room.status.last_received);
    let updated = updated.map_or_else(|| "1970-01-01T00:00:00Z".to_string(), |t| t.to_string());
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ =
        writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", say.tag());
    let _ = writeln!(out, "  <id>urn:variorum:{}:{}</id>", xml(origin), xml(&here.path()));
    let _ = writeln!(out, "  <title>{}</title>", xml(title));
    let _ = writeln!(out, "  <updated>{updated}</updated>");
    let _ = writeln!(out, "  <author><name>{}</name></author>", xml(&room.status.title));
    let _ = writeln!(out, "  <link rel=\"self\" href=\"{}\"/>", xml(&link(here)));
    let _ = writeln!(
        out,
        "  <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>",
        xml(&link(about))
    );
    for i in items {
        let to = room.route_to(&i.name).unwrap_or(Route::Log(1));
        let kind = i.kind.split('/').next().unwrap_or_default();
        let _ = writeln!(out, "  <entry>");
        let _ = writeln!(out, "    <id>urn:sha256:{}</id>", i.id);
        let _ = writeln!(out, "    <title>{}: {}</title>", xml(say.word(kind)), xml(&i.name));
        let _ = writeln!(
            out,
            "    <updated>{}</updated>",
            time(i).map_or_else(|| updated.clone(), |t| t.to_string())
        );
        let _ = writeln!(
            out,
            "    <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>",
            xml(&link(&to))
        );
        let _ =
            writeln!(out, "    <summary>{}</summary>", xml(&summary::line(room.say(), &i.summary)));
        let _ = writeln!(out, "  </entry>");
    }
    out.push_str("</feed>\n");
    out
}

/// All pages, where the site has an address (sitemaps.org 0.9).
pub(super) fn sitemap(room: &Room<'_>) -> Result<Option<String>, DeskError> {
    let Some(base) = room.setting.base() else { return Ok(None) };
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    // A sitemap holds at most 50,000 addresses.
    for route in room.routes()?.iter().filter(|r| r.is_page()).take(50_000) {
        let _ = writeln!(out, "  <url><loc>{}{}</loc></url>", xml(&base), xml(&route.path()));
    }
    out.push_str("</urlset>\n");
    Ok(Some(out))
}

/// Text in XML; what steers is shown by name.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&visible(text), &mut out);
    out
}
