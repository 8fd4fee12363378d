//! The frame of every page of the room: head, the way to the other pages, and
//! the foot with the checkpoint from which the page was made.
//!
//! The policy in the head allows this site's own sheet and script and nothing
//! else, on a server and on a disk (`file:` is where a page on a disk finds
//! them; a page on a server cannot load from there).

use maud::{DOCTYPE, Markup, html};

use super::room::Room;
use super::route::Route;
use crate::pages::foreign::visible;
use crate::pages::language::Language;

/// The style sheet of the room and of the audits in it.
pub(super) const STYLE: &str = concat!(
    include_str!("../base.css"),
    include_str!("frame.css"),
    include_str!("reading.css"),
    include_str!("lists.css"),
    ".report {\n",
    include_str!("../report/style.css"),
    "}\n.comparison {\n",
    include_str!("../comparison/style.css"),
    "}\n.apparatus {\n",
    include_str!("../apparatus/style.css"),
    "}\n",
    include_str!("../forms/forms.css"),
);
/// The script of the room.
pub(super) const SCRIPT: &str = include_str!("room.js");

const POLICY: &str = "default-src 'none'; style-src 'self' file:; script-src 'self' file:; \
                      img-src 'self' data: file:; form-action 'self'; base-uri 'none'";

/// A page before it is framed.
pub(in crate::pages) struct Sheet<'a> {
    pub route: &'a Route,
    /// Plain; escaped here.
    pub title: String,
    /// In a sentence, for lists of results; plain.
    pub about: Option<String>,
    /// A feed of its own.
    pub feed: Option<Route>,
    /// The page before and after in a row.
    pub before: Option<Route>,
    pub after: Option<Route>,
    /// Further scripts.
    pub scripts: Vec<Route>,
    /// Class of the main part.
    pub class: &'static str,
    /// schema.org type of what the main part describes.
    pub item: Option<&'static str>,
}

impl<'a> Sheet<'a> {
    pub fn new(route: &'a Route, title: impl Into<String>) -> Self {
        Self {
            route,
            title: title.into(),
            about: None,
            feed: None,
            before: None,
            after: None,
            scripts: Vec::new(),
            class: "plain-page",
            item: None,
        }
    }
}

impl Room<'_> {
    /// A link from one page to another.
    pub(in crate::pages) fn href(&self, from: &Route, to: &Route) -> String {
        format!("{}{}", from.to_root(), to.path())
    }

    /// A link to a place on a page.
    pub(super) fn href_at(&self, from: &Route, to: &Route, id: &str) -> String {
        match from == to {
            true => format!("#{id}"),
            false => format!("{}#{id}", self.href(from, to)),
        }
    }
}

/// The whole page.
pub(in crate::pages) fn page(room: &Room<'_>, sheet: &Sheet<'_>, body: &Markup) -> String {
    let (say, from) = (room.say(), sheet.route);
    let title = format!("{} – {}", sheet.title, room.status.title);
    let item = sheet.item.map(|t| format!("https://schema.org/{t}"));
    html! {
        (DOCTYPE)
        html lang=(say.tag()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="same-origin";
                meta name="color-scheme" content="light dark";
                title { (visible(&title)) }
                @if let Some(about) = &sheet.about { meta name="description" content=(visible(about)); }
                link rel="stylesheet" href=(room.href(from, &Route::Style));
                @let feed = sheet.feed.as_ref().unwrap_or(&Route::Feed);
                link rel="alternate" type="application/atom+xml" href=(room.href(from, feed)) title=(say.feed());
                @if let Some(r) = &sheet.before { link rel="prev" href=(room.href(from, r)); }
                @if let Some(r) = &sheet.after { link rel="next" href=(room.href(from, r)); }
                @if let Some(base) = room.setting.base() { link rel="canonical" href=(format!("{base}{}", from.path())); }
                script src=(room.href(from, &Route::Script)) defer {}
                @for s in &sheet.scripts { script src=(room.href(from, s)) defer {} }
            }
            body data-root=(from.to_root()) {
                a.skip href="#main" { (say.skip()) }
                (head(room, from))
                main.(sheet.class) #main itemscope[item.is_some()] itemtype=[item] { (body) }
                (foot(room, from))
            }
        }
    }
    .into_string()
}

fn head(room: &Room<'_>, from: &Route) -> Markup {
    let say = room.say();
    let mut ways = vec![(Route::Home, say.texts())];
    if !room.events.is_empty() {
        ways.push((Route::Events, say.events()));
    }
    if !room.questions.is_empty() {
        ways.extend([(Route::Questions, say.questions()), (Route::Timeline, say.timeline())]);
    }
    ways.extend([
        (Route::Replies, say.all_replies()),
        (Route::Log(1), say.log()),
        (Route::People, say.people()),
        (Route::Index, say.word_index()),
        (Route::Search, say.search()),
    ]);
    html! {
        header.site-head {
            p.site-name { a href=(room.href(from, &Route::Home)) { bdi { (visible(&room.status.title)) } } }
            nav aria-label=(say.site_navigation()) {
                ul { @for (to, name) in ways {
                    li { a href=(room.href(from, &to)) aria-current=[(to == *from).then_some("page")] { (name) } }
                } }
            }
        }
    }
}

fn foot(room: &Room<'_>, from: &Route) -> Markup {
    let say = room.say();
    let status = &room.status;
    html! {
        footer.site-foot {
            p {
                (say.made_from()) " " (say.entries(status.log_size as usize)) ": "
                a href=(room.href(from, &Route::Checkpoint)) {
                    (say.checkpoint()) " " code { (status.log_root.short(16)) }
                }
                ". " (say.no_outside()) " "
                a href=(room.href(from, &Route::Feed)) { (say.feed()) }
            }
        }
    }
}

/// What is shown in place of a page that does not exist.
pub(super) fn missing(room: &Room<'_>) -> String {
    let say = room.say();
    let body = html! {
        h1 { (say.not_found_title()) }
        p { (say.not_found()) }
        p { a href=(room.href(&Route::Missing, &Route::Home)) { (say.home()) } }
    };
    page(room, &Sheet::new(&Route::Missing, say.not_found_title()), &body)
}

/// The language of foreign words, and the direction in which they run.
pub(in crate::pages) fn direction(language: Option<&str>) -> &'static str {
    const LEFTWARDS: [&str; 9] = ["ar", "fa", "he", "ur", "yi", "ps", "sd", "ckb", "dv"];
    match language.and_then(|l| l.split('-').next()) {
        Some(l) if LEFTWARDS.contains(&l.to_ascii_lowercase().as_str()) => "rtl",
        Some(_) => "ltr",
        None => "auto",
    }
}

/// A closed word in the language of the room.
pub(in crate::pages) fn word(say: Language, word: &impl ToString) -> String {
    let word = word.to_string();
    say.word(&word).to_string()
}
