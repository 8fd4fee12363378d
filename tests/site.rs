//! The static site: every page as a browser parses it, every link followed,
//! hostile words as words, and nothing published that is private.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod dom;
mod door;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::PathBuf;

use dom::{DRAWN, Page};
use door::Room;

/// Elements that a page of the room may have besides.
const ELEMENTS: &[&str] = &[
    "link", "script", "aside", "b", "q", "mark", "del", "ins", "line", "form", "label", "input",
    "textarea", "button", "fieldset", "legend", "details", "summary", "noscript",
];

const ARCHIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/archive");

/// Writes a site and gives its files by their paths.
fn site(room: &Room, archive: &str, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let args = [&["-C", archive, "site", "-o", "site", "--json"], more].concat();
    let answer = room.run(&args).exits(0).data();
    let root = room.path("site");
    let all: BTreeMap<String, Vec<u8>> = door::files(&root)
        .into_iter()
        .map(|p| {
            (p.strip_prefix(&root).unwrap().to_str().unwrap().to_string(), fs::read(p).unwrap())
        })
        .collect();
    assert_eq!(answer["files"], all.len());
    assert_eq!(answer["bytes"], all.values().map(Vec::len).sum::<usize>());
    assert_eq!(answer["pages"], all.keys().filter(|p| p.ends_with(".html")).count());
    all
}

/// All pages, parsed; each keeps what every page has to keep.
fn pages(site: &BTreeMap<String, Vec<u8>>) -> HashMap<&str, Page> {
    let mut out = HashMap::new();
    for (path, bytes) in site.iter().filter(|(p, _)| p.ends_with(".html")) {
        let page = Page::read(std::str::from_utf8(bytes).unwrap());
        page.does_nothing(path, &[DRAWN, ELEMENTS], &["src"]);
        let mut ids = BTreeSet::new();
        for e in &page.0 {
            if let Some(id) = e.get("id") {
                assert!(ids.insert(id), "{path}: two elements are {id}");
            }
            assert!(e.name == "script" || e.get("src").is_none(), "{path}: <{} src>", e.name);
            if e.name == "script" {
                assert!(
                    e.text.is_empty() && e.get("src").is_some(),
                    "{path}: a script in the page"
                );
            }
        }
        let one = |name: &str| {
            let all: Vec<_> = page.of(name).collect();
            // Drawings have titles of their own.
            let one = all.len() == 1 || (name == "title" && !all.is_empty());
            assert!(one, "{path}: {} <{name}>", all.len());
            assert!(!all[0].text.trim().is_empty(), "{path}: <{name}> is empty");
        };
        ["title", "h1", "main"].iter().for_each(|name| one(name));
        assert!(page.of("html").next().unwrap().get("lang").is_some());
        let policy =
            page.of("meta").find(|m| m.get("http-equiv") == Some("Content-Security-Policy"));
        assert!(policy.unwrap().get("content").unwrap().starts_with("default-src 'none';"));
        let checkpoint = page
            .of("a")
            .filter(|a| a.get("href").is_some_and(|h| h.ends_with("log/checkpoint.html")));
        assert!(checkpoint.count() >= 1, "{path}: no link to the checkpoint");
        out.insert(path.as_str(), page);
    }
    out
}

/// Where a link leads: to a file of the site, and to an id on it.
fn target(from: &str, href: &str) -> (String, Option<String>) {
    let (path, id) = match href.split_once('#') {
        Some((path, id)) => (path, Some(id.to_string())),
        None => (href, None),
    };
    if path.is_empty() {
        return (from.to_string(), id);
    }
    let mut at: Vec<&str> = from.split('/').collect();
    at.pop();
    for part in path.split('/') {
        match part {
            ".." => assert!(at.pop().is_some(), "{from}: {href} leaves the site"),
            part => at.push(part),
        }
    }
    (at.join("/"), id)
}

/// Follows every link of every page.
fn links(site: &BTreeMap<String, Vec<u8>>, pages: &HashMap<&str, Page>) {
    for (path, page) in pages {
        for e in &page.0 {
            if e.get("rel") == Some("canonical") {
                continue;
            }
            for name in ["href", "src"] {
                let Some(href) = e.get(name) else { continue };
                if let Some(letter) = href.strip_prefix("mailto:") {
                    assert!(letter.contains("?subject="), "{path}: {href}");
                    continue;
                }
                if href.starts_with("data:text/plain;charset=utf-8,") {
                    assert!(e.get("download").is_some(), "{path}: {href}");
                    continue;
                }
                assert!(!href.contains(':') && !href.starts_with('/'), "{path}: {href}");
                let (to, id) = target(path, href);
                assert!(site.contains_key(&to), "{path}: {href} leads to {to}, which is not there");
                if let Some(id) = id {
                    assert!(
                        pages[to.as_str()].0.iter().any(|e| e.get("id") == Some(&id)),
                        "{path}: {href}: no such place"
                    );
                }
            }
        }
    }
}

#[test]
fn the_history_is_a_site_whose_links_all_lead_somewhere() {
    let room = Room::empty();
    let site = site(&room, ARCHIVE, &["--url", "https://history.example/"]);
    let pages = pages(&site);
    links(&site, &pages);
    let questions = room.run(&["-C", ARCHIVE, "list", "questions", "--json"]).exits(0).data();
    let questions = questions["items"].as_array().unwrap();
    let of = |folder: &str| pages.keys().filter(|p| p.starts_with(folder)).count();
    assert_eq!(of("question/"), questions.len() + 1);
    // What is not held comes before what is.
    let home = std::str::from_utf8(&site["index.html"]).unwrap();
    assert!(home.find("id=\"not-held\"").unwrap() < home.find("id=\"held\"").unwrap());
    // Feeds and the sitemap are XML, and name whole addresses.
    for (path, bytes) in site.iter().filter(|(p, _)| p.ends_with(".atom") || p.ends_with(".xml")) {
        let mut reader = quick_xml::Reader::from_reader(&bytes[..]);
        let mut depth = 0;
        loop {
            match reader.read_event_into(&mut Vec::new()).unwrap() {
                quick_xml::events::Event::Start(_) => depth += 1,
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{path}");
        assert!(String::from_utf8_lossy(bytes).contains("https://history.example/"), "{path}");
    }
    // The log says what the answers say.
    let log = room.run(&["-C", ARCHIVE, "log", "-n", "5000", "--json"]).exits(0).data();
    let told: HashMap<&str, &str> = pages
        .iter()
        .filter(|(path, _)| path.starts_with("log/"))
        .flat_map(|(_, page)| page.of("li"))
        .filter_map(|e| Some((e.get("id")?, e.text.as_str())))
        .collect();
    for item in log["items"].as_array().unwrap() {
        let (line, summary) = (told[&*format!("entry-{}", item["index"])], &item["summary"]);
        assert!(line.contains(summary.as_str().unwrap()), "{summary} is not in {line}");
    }
    // What each page is about, in the words of schema.org.
    for (kind, of, tells) in [
        ("Quotation", "/passage/", &["text", "isPartOf", "creditText"][..]),
        ("Event", "event/", &["name"]),
        ("Question", "question/", &["name"]),
        ("Comment", "reply/", &["author", "text", "dateCreated"]),
        ("CreativeWork", "text/", &["name"]),
    ] {
        let wanted = format!("https://schema.org/{kind}");
        let typed = |page: &&Page| page.of("main").any(|m| m.get("itemtype") == Some(&wanted));
        let these = pages.iter().filter(|(path, _)| path.contains(of)).map(|(_, page)| page);
        let these: Vec<&Page> = these.filter(typed).collect();
        assert!(!these.is_empty(), "no page is a {kind}");
        for page in these {
            for property in tells {
                let told = page.0.iter().find(|e| e.get("itemprop") == Some(property));
                let told = told.unwrap_or_else(|| panic!("a {kind} has no {property}"));
                assert!(!told.text.trim().is_empty() || told.get("content").is_some(), "{kind}");
            }
        }
    }
    let sitemap = String::from_utf8_lossy(&site["sitemap.xml"]).into_owned();
    assert_eq!(sitemap.matches("<loc>").count(), pages.len());
}

#[test]
fn the_same_archive_gives_the_same_bytes_and_replaces_an_earlier_site() {
    let room = Room::new();
    let first = site(&room, "a", &[]);
    let second = site(&room, "a", &[]);
    assert_eq!(first, second);
    room.reply(&[
        "--in",
        "F",
        "--quote",
        "the night we closed the Hollen landing",
        "--say",
        "It was the other pier.",
        "--name",
        "Ida",
    ]);
    let third = site(&room, "a", &[]);
    assert_ne!(first["index.html"], third["index.html"]);
    // Nothing of the making is left beside it.
    let left: Vec<PathBuf> = fs::read_dir(room.path("site").parent().unwrap())
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.file_name().unwrap().to_string_lossy().starts_with("site."))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    // A folder of other things is left alone.
    fs::create_dir(room.path("mine")).unwrap();
    room.write("mine/letter.txt", "keep me");
    room.a(&["site", "-o", "mine"]).exits(5).says(&["holds other files than a site"]);
    assert_eq!(room.read("mine/letter.txt"), b"keep me");
}

/// What a hostile source, or a careless one, puts everywhere.
const EVIL: &str = "</title></script><script>alert(1)</script><img src=x onerror=alert(2)> \" onload=alert(3) '\u{202e}";

#[test]
fn hostile_words_are_words() {
    let room = Room::empty();
    room.run(&[
        "init",
        "a",
        "--title",
        EVIL,
        "--as",
        EVIL,
        "--origin",
        "test.example/a",
        "--private",
        "p",
    ])
    .exits(0);
    room.write(
        "evil.txt",
        format!("{EVIL} Heading\n\nThe first words {EVIL} stand here.\n\n* * *\n\nThe last.\n"),
    );
    room.a(&["add", "evil.txt", "--siglum", "E", "--title", EVIL, "--by", EVIL]).exits(0);
    let c = room.reply(&[
        "--in",
        "E",
        "--quote",
        "The first words",
        "--say",
        EVIL,
        "--should-read",
        EVIL,
        "--name",
        EVIL,
        "--grounds",
        EVIL,
        "--how",
        "saw",
    ]);
    room.a(&["decide", &c, "adopt", "--reason", EVIL]).exits(0);
    let site = site(&room, "a", &["--mail", "editor@test.example"]);
    let pages = pages(&site);
    links(&site, &pages);
    for (path, page) in &pages {
        // The whole of it is read as text, and what steers is named.
        let all = page.of("body").next().unwrap();
        assert!(!all.text.contains('\u{202e}'), "{path}");
        assert_eq!(
            page.of("script").count(),
            page.of("script").filter(|s| s.get("src").is_some()).count()
        );
    }
    let home = &pages["index.html"].of("h1").next().unwrap().text;
    assert!(home.contains("<script>alert(1)</script>") && home.contains("‹U+202E›"), "{home}");
    // The words for the search are one call with strings.
    let search = String::from_utf8_lossy(&site["text/E/search.js"]).into_owned();
    assert!(!search.contains('<') && search.starts_with("variorumText(\"E\","), "{search}");
}

#[test]
fn what_is_private_or_not_supplied_is_on_no_page() {
    let room = Room::new();
    room.write("secret.txt", "Nobody may read the word xylophone here.\n\nNot this either.\n");
    room.a(&["add", "secret.txt", "--siglum", "S", "--title", "A private letter", "--private"])
        .exits(0);
    room.reply(&["--in", "S", "--quote", "the word xylophone", "--say", "I know it."]);
    let site = site(&room, "a", &[]);
    links(&site, &pages(&site));
    for (path, bytes) in &site {
        // A receipt holds what its replier sent, and is the replier's.
        assert!(
            !String::from_utf8_lossy(bytes).contains("xylophone"),
            "{path} tells words of a private text"
        );
    }
    let home = String::from_utf8_lossy(&site["index.html"]).into_owned();
    assert!(home.contains("A private letter"));
    assert!(home.contains("A private text: its words are not published."));
}

#[test]
fn the_pages_speak_russian() {
    let room = Room::new();
    let c = room.reply(&[
        "--in",
        "F",
        "--quote",
        "the night we closed the Hollen landing",
        "--say",
        "It was the other pier.",
    ]);
    room.a(&["decide", &c, "alongside", "--reason", "Both are told."]).exits(0);
    let site = site(&room, "a", &["--language", "ru"]);
    let pages = pages(&site);
    links(&site, &pages);
    let reply = &pages[format!("reply/{c}.html").as_str()];
    assert_eq!(reply.of("html").next().unwrap().get("lang"), Some("ru"));
    let text = &reply.of("body").next().unwrap().text;
    for words in ["Отклик", "поставлено рядом", "Расписка", "Контрольная запись"]
    {
        assert!(text.contains(words), "{words}");
    }
    for words in ["Receipt", "waits for", "Log", "alongside"] {
        assert!(!text.contains(words), "{words} is English");
    }
    // Audits, comparisons and apparatus speak it too.
    let site = self::site(&Room::empty(), ARCHIVE, &["--language", "ru"]);
    let mut seen = [0; 3];
    for (path, html) in site.iter().filter(|(p, _)| p.ends_with(".html")) {
        let kinds = ["question/", "/difference-", "/apparatus.html"];
        let Some(kind) = kinds.iter().position(|k| path.contains(k)) else { continue };
        seen[kind] += 1;
        let html = std::str::from_utf8(html).unwrap();
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"ru\">"), "{path}");
        assert_eq!(dom::own_latin_words(html), Vec::<String>::new(), "{path}");
    }
    assert!(seen[0] > 300 && seen[1] > 0 && seen[2] > 0, "{seen:?}");
    // What stands beside names, and values that are words of ours.
    let said = [", as reported", ", by a document", "<bdi>yes</bdi>", "<bdi>no</bdi>", " or “"];
    for (path, html) in site.iter().filter(|(p, _)| p.ends_with(".html")) {
        let html = std::str::from_utf8(html).unwrap();
        if path.starts_with("event/") || path == "timeline.html" {
            assert_eq!(said.iter().find(|s| html.contains(**s)), None, "{path}");
        }
    }
    // The lines of the log, and what questions ask for.
    let text = |path: &str| String::from_utf8(site[path].clone()).unwrap();
    let log: String = (1..)
        .map_while(|n| site.get(&format!("log/{n}.html")))
        .map(|b| String::from_utf8_lossy(b))
        .collect();
    let ours = [
        "person ",
        " adopts ",
        " record(s) ",
        " places of ",
        "account of ",
        ", by ",
        "source ",
        "seal (",
        "evidence, ",
        "key of ",
        "policy: ",
        " says that ",
    ];
    for words in ours {
        // Where a line begins, or between the data in it.
        let found = log.contains(&format!("<span dir=\"auto\"><bdi>{words}"));
        assert!(!found, "{words:?} is English");
    }
    for words in ["принимает", "мест 0, искали", "рассказ о event/", "источник M"]
    {
        assert!(log.contains(words), "{words:?} is not in the log");
    }
    let questions = text("question/index.html");
    assert!(questions.contains("дата") && !questions.contains("[date]"), "{questions}");
    room.a(&["site", "-o", "x", "--language", "tlh"]).exits(2).says(&["en, ru"]);
}

#[test]
fn a_reply_stands_beside_the_words_it_answers() {
    let room = Room::new();
    let words = "the night we closed the hollen landing";
    let c = room.reply(&[
        "--in",
        "F",
        "--quote",
        words,
        "--say",
        "It was the other pier.",
        "--name",
        "Ida Holm",
    ]);
    let site = site(&room, "a", &[]);
    let pages = pages(&site);
    let (_, page) = pages
        .iter()
        .find(|(p, page)| {
            p.starts_with("text/F/") && !p.contains("passage") && page.of("mark").count() > 0
        })
        .expect("no chapter has a mark");
    let mark = page.of("mark").next().unwrap();
    assert_eq!(mark.text.to_lowercase(), words);
    let note = page.by_id(&format!("note-{c}"));
    assert!(note.text.contains("Ida Holm") && note.text.contains("It was the other pier."));
    let reference = page.of("a").find(|a| a.get("class") == Some("ref")).unwrap();
    assert_eq!(reference.get("href"), Some(format!("#note-{c}").as_str()));
}

#[test]
fn the_memoir_reads_in_chapters_that_travel_light() {
    let Some(room) = Room::of_the_memoir() else { return };
    let site = site(&room, "a", &[]);
    let pages = pages(&site);
    links(&site, &pages);
    let chapters: Vec<_> = pages
        .keys()
        .filter(|p| {
            p.starts_with("text/M/")
                && p.matches('/').count() == 2
                && p.trim_end_matches(".html").ends_with(|c: char| c.is_ascii_digit())
        })
        .collect();
    assert!((25..120).contains(&chapters.len()), "{} chapters", chapters.len());
    let light = |path: &str| {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut gz, &site[path]).unwrap();
        gz.finish().unwrap().len()
    };
    let heaviest = chapters.iter().map(|p| light(p)).max().unwrap() + light("room.css");
    assert!(heaviest < 150_000, "{heaviest} bytes compressed");
    // Every word of the memoir that is read is on some chapter, once.
    let passages = pages.keys().filter(|p| p.starts_with("text/M/passage/")).count();
    let paragraphs: usize = chapters
        .iter()
        .map(|p| {
            pages[**p]
                .of("section")
                .filter(|s| s.get("class").is_some_and(|c| c.starts_with("paragraph")))
                .count()
        })
        .sum();
    assert_eq!(passages, paragraphs);
}

#[test]
fn a_revision_tells_what_was_what_is_why_who_and_since_when() {
    let room = Room::new();
    let c = room.reply(&[
        "--in",
        "F",
        "--quote",
        "the night we closed the Hollen landing",
        "--should-read",
        "the evening we closed the Hollen landing",
        "--say",
        "It was still light.",
        "--name",
        "Ida Holm",
    ]);
    room.a(&["decide", &c, "adopt", "--reason", "The log says so.", "--nature", "editorial"])
        .exits(0);
    let site = site(&room, "a", &[]);
    let pages = pages(&site);
    links(&site, &pages);
    let changes = &pages["text/F/changes-1.html"];
    let told = &changes.by_id("revision-2").text;
    for words in ["night", "evening", "The log says so.", "Ida Holm", &c, "2026-03-02"] {
        assert!(told.contains(words), "{words:?} is not in {told}");
    }
    let of = |name: &str| changes.of(name).map(|e| e.text.clone()).collect::<Vec<_>>();
    assert_eq!((of("del"), of("ins")), (vec!["night".to_string()], vec!["evening".to_string()]));
    // The same words in their passage: who wrote them, and what stood there.
    let (path, passage) = pages
        .iter()
        .find(|(p, page)| {
            p.contains("/passage/")
                && page.of("main").any(|m| m.text.contains("the evening we closed"))
        })
        .unwrap();
    let all = &passage.of("main").next().unwrap().text;
    assert!(
        all.contains("Ida Holm, written in F@2") || all.contains("Ida Holm, written in"),
        "{path}: {all}"
    );
    assert!(all.contains("formerly: the night we closed the Hollen landing"), "{path}: {all}");
}

#[test]
fn words_that_moved_are_told_as_moved() {
    let room = Room::empty();
    room.run(&[
        "init",
        "a",
        "--title",
        "T",
        "--as",
        "K",
        "--origin",
        "test.example/t",
        "--private",
        "p",
    ])
    .exits(0);
    room.write("t.txt", "One stands first.\n\nTwo stands next.\n\nThree is last.\n");
    room.a(&["add", "t.txt", "--siglum", "T", "--title", "Three lines"]).exits(0);
    room.write(
        "changes.jsonl",
        "{\"agent\": \"Ada\", \"time\": \"2026-02-01T00:00:00Z\", \"reason\": \"order\", \"edits\": [{\"move\": {\"start\": 0, \"end\": 19, \"to\": 37}}]}\n",
    );
    room.a(&["import", "edits", "changes.jsonl", "--to", "T"]).exits(0);
    let site = site(&room, "a", &[]);
    let pages = pages(&site);
    links(&site, &pages);
    let told = &pages["text/T/changes-1.html"].by_id("revision-2").text;
    for words in ["moved here", "One stands first.", "order", "Ada"] {
        assert!(told.contains(words), "{words:?} is not in {told}");
    }
    assert_eq!(pages["text/T/changes-1.html"].of("del").count(), 0);
}

/// The page of the passage that holds these words.
fn passage_of<'p>(pages: &'p HashMap<&str, Page>, words: &str) -> &'p Page {
    let holds = |page: &Page| page.of("blockquote").any(|b| b.text.contains(words));
    let found = pages.iter().find(|(path, page)| path.contains("/passage/") && holds(page));
    found.unwrap_or_else(|| panic!("no passage says {words:?}")).1
}

#[test]
fn a_passage_tells_every_wording_that_stood_there() {
    let room = Room::empty();
    room.run(&["init", "a", "--title", "T", "--as", "K", "--private", "p"]).exits(0);
    let add = |text: &str, more: &[&str]| {
        room.write("t.txt", text);
        room.a(&[&["add", "t.txt", "--siglum", "T"], more].concat()).exits(0);
    };
    add("The ferry left at nine.\n\nIt rained all night on us.\n\nWe sang.\n", &["--by", "Ada"]);
    let adopt = |quote: &str, instead: &str, who: &str, why: &str| {
        let said = ["--say", "I know.", "--name", who, "--should-read", instead];
        let c = room.reply(&[&["--in", "T", "--quote", quote], &said[..]].concat());
        room.a(&["decide", &c, "adopt", "--reason", why, "--nature", "editorial"]).exits(0);
        c
    };
    let first = adopt("left at nine", "left at ten", "Ida Holm", "The log says ten.");
    adopt("ferry left", "steamer left", "M. Orr", "It was no ferry.");
    // A new edition comes whole; it changes one passage, and moves none.
    let edition = "The steamer left at ten.\n\nIt rained on us.\n\nWe sang.\n";
    add(edition, &["--edition", "second", "--by", "Ada"]);
    let site = site(&room, "a", &[]);
    let pages = pages(&site);
    links(&site, &pages);

    let ferry = &passage_of(&pages, "The steamer left").by_id("history-of");
    let told = |text: &str| -> Vec<usize> {
        ["It was no ferry.", "The log says ten.", "T@1"].map(|w| text.find(w).unwrap()).to_vec()
    };
    assert!(told(&ferry.text).is_sorted(), "the newest first: {}", ferry.text);
    for words in ["M. Orr", "Ida Holm", &first, "ferry", "nine", "steamer", "ten", "T@3", "T@2"] {
        assert!(ferry.text.contains(words), "{words:?} is not in {}", ferry.text);
    }
    assert!(!ferry.text.contains("T@4"), "the new edition left it as it was: {}", ferry.text);
    let gone = |page: &Page| page.of("del").map(|e| e.text.trim().to_string()).collect::<Vec<_>>();
    let ferry = passage_of(&pages, "The steamer left");
    assert!(gone(ferry).ends_with(&["ferry".to_string(), "nine".to_string()]), "{:?}", gone(ferry));

    // What went out with the new edition, found by comparing.
    let rain = passage_of(&pages, "It rained");
    let history = &rain.by_id("history-of").text;
    assert_eq!(gone(rain), ["all night"], "{history}");
    for words in ["T@4", "Inferred: two whole texts were compared."] {
        assert!(history.contains(words), "{words:?} is not in {history}");
    }
    let sang = &passage_of(&pages, "We sang").by_id("history-of").text;
    assert!(sang.contains("No change to these words is known") && sang.contains("T@1"), "{sang}");
}
