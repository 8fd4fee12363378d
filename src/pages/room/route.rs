//! The pages of the reading room and their paths: the same on a disk and on a
//! server, so that a link found on one works on the other.
//!
//! A name in a path keeps ASCII letters, digits, `-`, `_` and inner points;
//! every other byte is written `=` and two hexadecimal digits, so that no name
//! leaves its folder, and the path is the same in every file system and needs
//! no escaping in a URL.

/// One file of the room.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Route {
    /// What the archive is, what it holds, and what was said last.
    Home,
    /// A text: its revisions and contents.
    Text(String),
    /// A chapter, from 1, of the newest revision or of the one with the number.
    Chapter(String, Option<usize>, usize),
    /// A paragraph of the newest revision, by its name.
    Passage(String, String),
    /// What revisions changed, a page of them, from 1.
    Changes(String, usize),
    /// Two revisions, word by word.
    Difference(String, usize, usize),
    /// All whole editions of a text side by side.
    Apparatus(String),
    /// All events.
    Events,
    /// An event with its accounts.
    Event(String),
    /// All questions.
    Questions,
    /// A question with its audit.
    Question(String),
    /// Dates as told.
    Timeline,
    /// All replies.
    Replies,
    /// A reply with its answers.
    Reply(String),
    /// The receipt of a reply, as a file.
    Receipt(String),
    /// Entries of the log, a page of them, from 1, the newest first.
    Log(usize),
    /// Agents.
    People,
    /// Search.
    Search,
    /// The words that the search looks through, of one text.
    SearchText(String),
    /// Names and where they stand.
    Index,
    /// The head of the log, for people.
    Checkpoint,
    /// The same as the file that is signed.
    CheckpointFile,
    /// The newest of everything.
    Feed,
    /// The newest about a text.
    TextFeed(String),
    /// The newest about an event.
    EventFeed(String),
    /// All pages, for machines.
    Sitemap,
    /// The style sheet.
    Style,
    /// What is shown in place of a page that does not exist; it can stand
    /// anywhere, so its links begin at the root of the server.
    Missing,
    /// The script of the room: it only makes easier what works without it.
    Script,
    /// What only a server answers, by its path: `reply/new`, `desk`.
    Live(String),
}

impl Route {
    /// The path from the root of the site, without a leading slash.
    pub fn path(&self) -> String {
        let text = |siglum: &str, rest: &str| format!("text/{}/{rest}", segment(siglum));
        match self {
            Route::Home => "index.html".into(),
            Route::Text(s) => text(s, "index.html"),
            Route::Chapter(s, None, n) => text(s, &format!("{n}.html")),
            Route::Chapter(s, Some(r), n) => text(s, &format!("revision-{r}/{n}.html")),
            Route::Passage(s, name) => text(s, &format!("passage/{}.html", segment(name))),
            Route::Changes(s, n) => text(s, &format!("changes-{n}.html")),
            Route::Difference(s, a, b) => text(s, &format!("difference-{a}-{b}.html")),
            Route::Apparatus(s) => text(s, "apparatus.html"),
            Route::TextFeed(s) => text(s, "feed.atom"),
            Route::SearchText(s) => text(s, "search.js"),
            Route::Events => "event/index.html".into(),
            Route::Event(name) => format!("event/{}.html", segment(name)),
            Route::EventFeed(name) => format!("event/{}.atom", segment(name)),
            Route::Questions => "question/index.html".into(),
            Route::Question(name) => format!("question/{}.html", segment(name)),
            Route::Timeline => "timeline.html".into(),
            Route::Replies => "reply/index.html".into(),
            Route::Reply(id) => format!("reply/{}.html", segment(id)),
            Route::Receipt(id) => format!("reply/{}.receipt.txt", segment(id)),
            Route::Log(n) => format!("log/{n}.html"),
            Route::Checkpoint => "log/checkpoint.html".into(),
            Route::CheckpointFile => "log/checkpoint.txt".into(),
            Route::People => "people.html".into(),
            Route::Search => "search.html".into(),
            Route::Index => "names.html".into(),
            Route::Feed => "feed.atom".into(),
            Route::Sitemap => "sitemap.xml".into(),
            Route::Style => "room.css".into(),
            Route::Script => "room.js".into(),
            Route::Missing => "404.html".into(),
            Route::Live(path) => path.clone(),
        }
    }

    /// The page that a path names; none where no page has such a path.
    pub fn of_path(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        let route = match parts[..] {
            ["" | "index.html"] => Route::Home,
            ["text", siglum, ref rest @ ..] => of_text(name(siglum)?, rest)?,
            ["event", "" | "index.html"] => Route::Events,
            ["event", file] => match file.strip_suffix(".atom") {
                Some(event) => Route::EventFeed(name(event)?),
                None => Route::Event(name(file.strip_suffix(".html")?)?),
            },
            ["question", "" | "index.html"] => Route::Questions,
            ["question", file] => Route::Question(name(file.strip_suffix(".html")?)?),
            ["reply", "" | "index.html"] => Route::Replies,
            ["reply", file] => match file.strip_suffix(".receipt.txt") {
                Some(id) => Route::Receipt(name(id)?),
                None => Route::Reply(name(file.strip_suffix(".html")?)?),
            },
            ["log", "checkpoint.html"] => Route::Checkpoint,
            ["log", "checkpoint.txt"] => Route::CheckpointFile,
            ["log", file] => Route::Log(number(file.strip_suffix(".html")?)?),
            ["timeline.html"] => Route::Timeline,
            ["people.html"] => Route::People,
            ["search.html"] => Route::Search,
            ["names.html"] => Route::Index,
            ["feed.atom"] => Route::Feed,
            ["sitemap.xml"] => Route::Sitemap,
            ["room.css"] => Route::Style,
            ["room.js"] => Route::Script,
            _ => return None,
        };
        Some(route)
    }

    /// Its media type, as a server names it.
    pub fn media(&self) -> &'static str {
        match self {
            Route::Receipt(_) | Route::CheckpointFile => "text/plain; charset=utf-8",
            Route::Feed | Route::TextFeed(_) | Route::EventFeed(_) => {
                "application/atom+xml; charset=utf-8"
            }
            Route::Sitemap => "application/xml; charset=utf-8",
            Route::Style => "text/css; charset=utf-8",
            Route::Script | Route::SearchText(_) => "text/javascript; charset=utf-8",
            _ => "text/html; charset=utf-8",
        }
    }

    /// Whether it is a page for people.
    pub fn is_page(&self) -> bool {
        self.media().starts_with("text/html")
    }

    /// From this page to the root of the site: as many `../` as it takes.
    pub fn to_root(&self) -> String {
        match self {
            Route::Missing => "/".into(),
            _ => "../".repeat(self.path().matches('/').count()),
        }
    }
}

fn of_text(siglum: String, rest: &[&str]) -> Option<Route> {
    let html = |file: &str| file.strip_suffix(".html").map(str::to_string);
    Some(match *rest {
        ["" | "index.html"] => Route::Text(siglum),
        ["feed.atom"] => Route::TextFeed(siglum),
        ["search.js"] => Route::SearchText(siglum),
        ["apparatus.html"] => Route::Apparatus(siglum),
        ["passage", file] => Route::Passage(siglum, name(&html(file)?)?),
        [folder, file] => {
            let revision = number(folder.strip_prefix("revision-")?)?;
            Route::Chapter(siglum, Some(revision), number(&html(file)?)?)
        }
        [file] => {
            let file = html(file)?;
            if let Some(n) = file.strip_prefix("changes-") {
                Route::Changes(siglum, number(n)?)
            } else if let Some(pair) = file.strip_prefix("difference-") {
                let (a, b) = pair.split_once('-')?;
                Route::Difference(siglum, number(a)?, number(b)?)
            } else {
                Route::Chapter(siglum, None, number(&file)?)
            }
        }
        _ => return None,
    })
}

/// A number as a path writes it: no sign, no leading zero.
fn number(digits: &str) -> Option<usize> {
    let n: usize = digits.parse().ok()?;
    (n > 0 && n.to_string() == digits).then_some(n)
}

fn segment(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for (n, byte) in name.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'_')
            || (byte == b'.' && n > 0 && n + 1 < name.len());
        match plain {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("={byte:02x}")),
        }
    }
    out
}

/// The name that a path writes so; none for any other spelling.
fn name(segment_: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment_.len());
    let mut rest = segment_.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'=' {
            bytes.push(byte);
            continue;
        }
        let pair = [rest.next()?, rest.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?);
    }
    let name = String::from_utf8(bytes).ok()?;
    (!name.is_empty() && segment(&name) == segment_).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_back() {
        let s = || "M".to_string();
        let all = [
            Route::Home,
            Route::Text("../x y".into()),
            Route::Chapter(s(), None, 3),
            Route::Chapter(s(), Some(2), 3),
            Route::Passage(s(), "ab12-2".into()),
            Route::Changes(s(), 1),
            Route::Difference(s(), 1, 20),
            Route::Apparatus(s()),
            Route::Events,
            Route::Event("Đà Nẵng".into()),
            Route::EventFeed("x.html".into()),
            Route::Questions,
            Route::Question("index".into()),
            Route::Timeline,
            Route::Replies,
            Route::Reply("C-1a2b".into()),
            Route::Receipt("C-1a2b".into()),
            Route::Log(7),
            Route::People,
            Route::Search,
            Route::SearchText(s()),
            Route::Index,
            Route::Checkpoint,
            Route::CheckpointFile,
            Route::Feed,
            Route::TextFeed(s()),
            Route::Sitemap,
            Route::Style,
            Route::Script,
        ];
        for route in all {
            let path = route.path();
            if route != Route::Question("index".into()) {
                assert_eq!(Route::of_path(&path).as_ref(), Some(&route), "{path}");
            }
            assert!(
                path.bytes().all(|b| b.is_ascii_graphic() && !b"?#%&\\:*\"'<>|".contains(&b)),
                "{path}"
            );
            assert!(path.split('/').all(|p| !p.starts_with('.') && !p.is_empty()), "{path}");
        }
    }

    #[test]
    fn a_path_has_one_spelling() {
        for path in [
            "text/M/01.html",
            "text/M/+1.html",
            "text/=4d/1.html",
            "text//1.html",
            "text/M/passage/=zz.html",
            "../index.html",
            "text/../index.html",
            "log/0.html",
        ] {
            assert_eq!(Route::of_path(path), None, "{path}");
        }
    }
}
