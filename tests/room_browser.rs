//! The reading room in a real browser: pages on a disk, with and without
//! script, by day and by night, on a telephone and on a desk, printed, and
//! looked over by axe-core.
#![allow(clippy::unwrap_used)]

mod browser;
mod door;

use std::fs;
use std::path::PathBuf;

use browser::Browser;
use door::Room;

/// The story of the demonstration: a text with replies that were answered in
/// every way, and the history with its questions.
const ARCHIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/archive");

/// A site of the built-in archive, and where it lies.
fn history() -> (Room, PathBuf) {
    let room = Room::empty();
    room.run(&["-C", ARCHIVE, "site", "-o", "site", "--mail", "editor@history.example"]).exits(0);
    let at = room.path("site");
    (room, at)
}

fn url(path: &std::path::Path) -> String {
    format!("file://{}", path.display())
}

/// The first file of a folder, in order, that is no index.
fn first(folder: PathBuf, ending: &str) -> PathBuf {
    let mut all = door::files(&folder);
    all.retain(|p| {
        let name = p.file_name().unwrap().to_str().unwrap();
        name.ends_with(ending) && name != "index.html"
    });
    all.into_iter().next().unwrap()
}

/// One page of each kind.
fn kinds(site: &std::path::Path) -> Vec<(&'static str, PathBuf)> {
    let replies = door::files(&site.join("reply"));
    // A chapter with notes, and the passage of its first note.
    let texts = door::files(&site.join("text"));
    let has = |p: &&PathBuf, what: &str| fs::read_to_string(p).unwrap().contains(what);
    let chapter = texts
        .iter()
        .filter(|p| {
            p.extension().is_some_and(|e| e == "html") && !p.to_str().unwrap().contains("passage")
        })
        .find(|p| has(p, "class=\"note\""))
        .unwrap();
    let passage = texts
        .iter()
        .filter(|p| p.to_str().unwrap().contains("/passage/"))
        .find(|p| has(p, "class=\"note\""))
        .unwrap();
    let named = |name: &str| {
        texts.iter().find(|p| p.file_name().unwrap().to_str().unwrap().starts_with(name)).cloned()
    };
    let mut out = vec![
        ("home", site.join("index.html")),
        ("text", chapter.with_file_name("index.html")),
        ("chapter", chapter.clone()),
        ("passage", passage.clone()),
        ("events", site.join("event/index.html")),
        ("event", first(site.join("event"), ".html")),
        ("questions", site.join("question/index.html")),
        ("question", site.join("question/ceasefire-signed-date.html")),
        ("timeline", site.join("timeline.html")),
        ("replies", site.join("reply/index.html")),
        (
            "reply",
            replies
                .iter()
                .find(|p| p.to_str().unwrap().ends_with(".html") && !p.ends_with("index.html"))
                .unwrap()
                .clone(),
        ),
        ("log", site.join("log/1.html")),
        ("checkpoint", site.join("log/checkpoint.html")),
        ("people", site.join("people.html")),
        ("names", site.join("names.html")),
        ("search", site.join("search.html")),
    ];
    out.extend(named("changes-").map(|p| ("changes", p)));
    out.extend(named("difference-").map(|p| ("difference", p)));
    out.extend(named("apparatus").map(|p| ("apparatus", p)));
    out
}

/// At 320 CSS pixels nothing is wider than the window (WCAG 2.2, 1.4.10).
const TOO_WIDE: &str =
    "document.documentElement.scrollWidth - document.documentElement.clientWidth";

#[test]
fn every_kind_of_page_opens_from_a_disk_and_axe_finds_no_fault() {
    let Some(mut browser) = Browser::start() else { return };
    let (_room, site) = history();
    let mut faults = Vec::new();
    for (kind, path) in kinds(&site) {
        for (width, dark, axe) in
            [(320, false, true), (768, true, false), (1280, false, false), (1280, true, true)]
        {
            browser.window(width, dark);
            browser.open(&url(&path));
            let here = format!("{kind} {width} {}", if dark { "night" } else { "day" });
            // The sheet and the script were found, and nothing else was asked for.
            assert_eq!(
                browser.eval("getComputedStyle(document.querySelector('.skip')).position"),
                "absolute",
                "{here}"
            );
            for asked in browser.requests() {
                assert!(asked.starts_with("file://"), "{here} asks for {asked}");
            }
            let complaints = browser.complaints();
            assert!(complaints.is_empty(), "{here}: {complaints:?}");
            if browser.eval(TOO_WIDE) != 0 {
                faults.push(format!("{here}: wider than the window by {}", browser.eval(TOO_WIDE)));
            }
            browser.picture(&format!("{kind}-{width}-{}", if dark { "night" } else { "day" }));
            if let Some(found) = axe.then(|| browser.axe()).flatten() {
                faults.extend(found.into_iter().map(|f| format!("{here}: {f}")));
            }
        }
        assert!(browser.print(kind) > 1000);
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn reading_needs_no_script() {
    let Some(mut browser) = Browser::start() else { return };
    let (_room, site) = history();
    let chapter = kinds(&site).into_iter().find(|(kind, _)| *kind == "chapter").unwrap().1;
    browser.window(1280, false);
    browser.scripts(false);
    browser.open(&url(&chapter));
    let shown = |browser: &mut Browser| {
        browser
            .eval("[...document.querySelectorAll('.note')].filter(n => n.checkVisibility()).length")
    };
    let with_notes = shown(&mut browser);
    assert!(with_notes.as_u64().unwrap() > 0);
    browser.click("#view-text", false);
    assert_eq!(shown(&mut browser), 0);
    browser.click("#view-all", false);
    assert_eq!(shown(&mut browser), with_notes);
    // From the mark to its note, and on to the passage.
    browser.click(".paragraph:not(.titled) .line", true);
    assert!(browser.eval("location.pathname").as_str().unwrap().contains("/passage/"));
    assert!(
        browser
            .eval("document.querySelector('[data-letter]').href")
            .as_str()
            .unwrap()
            .starts_with("mailto:editor@history.example?subject=")
    );
    assert!(
        browser
            .eval("document.querySelector('[data-form]').textContent")
            .as_str()
            .unwrap()
            .contains("I say:")
    );
    // Search says what it needs, and where else to look.
    browser.open(&url(&site.join("search.html")));
    assert_eq!(browser.eval("document.querySelector('form').checkVisibility()"), false);
}

/// The book that this program was made for, with a reply, without script.
#[test]
fn the_memoir_is_read_from_a_disk_without_script() {
    let Some(mut browser) = Browser::start() else { return };
    let Some(room) = Room::of_the_memoir() else { return };
    let words = "actual political will";
    let c = room.reply(&["--in", "M:7490-7510", "--quote", words, "--say", "Whose?"]);
    room.a(&["site", "-o", "site"]).exits(0);
    let site = room.path("site");
    let mut chapters = door::files(&site.join("text/M"));
    chapters.retain(|p| p.extension().is_some_and(|e| e == "html"));
    let note = format!("id=\"note-{c}\"");
    let holds = |p: &PathBuf, passage: bool| {
        let path = p.to_str().unwrap();
        path.contains("/passage/") == passage && fs::read_to_string(p).unwrap().contains(&note)
    };
    let chapter = chapters.iter().find(|p| holds(p, false)).unwrap();
    let passage = chapters.iter().find(|p| holds(p, true)).unwrap();
    browser.window(1280, false);
    browser.scripts(false);
    browser.open(&url(chapter));
    let shown = format!("document.querySelector('#note-{c}').checkVisibility()");
    assert_eq!(browser.eval(&shown), true);
    assert_eq!(browser.eval("document.querySelector('mark').textContent"), words);
    // Lines as long as those of a book.
    let measure = browser.eval(
        "(() => { const p = [...document.querySelectorAll('.paragraph p')].find(p => p.textContent.length > 600); \
         const r = document.createRange(); r.selectNodeContents(p); \
         return p.textContent.length / new Set([...r.getClientRects()].map(b => Math.round(b.bottom / 8))).size; })()",
    );
    let measure = measure.as_f64().unwrap();
    assert!((55.0..=80.0).contains(&measure), "{measure} characters in a line");
    browser.click("#view-text", false);
    assert_eq!(browser.eval(&shown), false);

    browser.scripts(true);
    let mut faults = Vec::new();
    for (kind, path) in [("memoir-chapter", chapter), ("memoir-passage", passage)] {
        for (width, dark) in [(320, false), (768, true), (1280, false)] {
            browser.window(width, dark);
            browser.open(&url(path));
            if browser.eval(TOO_WIDE) != 0 {
                faults.push(format!("{kind} {width} is wider than the window"));
            }
            browser.picture(&format!("{kind}-{width}-{}", if dark { "night" } else { "day" }));
            faults.extend(browser.axe().into_iter().flatten().map(|f| format!("{kind}: {f}")));
        }
        assert!(browser.print(kind) > 1000);
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn search_finds_words_on_a_disk() {
    let Some(mut browser) = Browser::start() else { return };
    let (_room, site) = history();
    browser.window(1280, false);
    browser.open(&url(&site.join("search.html")));
    let words = browser
        .eval("(() => { const t = document.querySelectorAll('script'); return t.length })()");
    assert!(words.as_u64().unwrap() > 1, "no text is searched");
    browser.eval("document.querySelector('#q').focus()");
    browser.type_text("THE");
    browser.press("Enter");
    assert!(browser.eval("document.querySelectorAll('.found li').length").as_u64().unwrap() > 3);
    browser.click(".found a", true);
    assert!(browser.eval("location.pathname").as_str().unwrap().contains("/passage/"));
}

#[test]
fn a_witness_without_a_server_fills_boxes_and_gets_a_letter() {
    let Some(mut browser) = Browser::start() else { return };
    let (room, site) = history();
    let passage = kinds(&site).into_iter().find(|(kind, _)| *kind == "passage").unwrap().1;
    browser.window(360, false);
    browser.open(&url(&passage));
    browser.eval("document.querySelector('#say').focus()");
    browser.type_text("It was the ninth.\n\nName: nobody");
    browser.eval("document.querySelector('#know').focus()");
    browser.type_text("I was there & saw it");
    let letter = browser.eval("decodeURIComponent(document.querySelector('[data-letter]').href)");
    let letter = letter.as_str().unwrap();
    assert!(letter.starts_with("mailto:editor@history.example?subject=["), "{letter}");
    assert!(letter.contains("I say: It was the ninth."), "{letter}");
    // The file is a reply that the program takes, on a copy that can be written to.
    let form = browser.eval("document.querySelector('[data-form]').textContent");
    room.write("reply.txt", form.as_str().unwrap());
    room.run(&[
        "init",
        "own",
        "--from",
        ARCHIVE,
        "--as",
        "Keeper",
        "--origin",
        "test.example/own",
        "--private",
        "p",
    ])
    .exits(0);
    let sent = room
        .run(&["-C", "own", "submit", "--from", "reply.txt", "--receipt", "r.txt", "--json"])
        .exits(0)
        .data();
    let shown = room
        .run(&["-C", "own", "show", sent["correction"].as_str().unwrap(), "--json"])
        .exits(0)
        .data();
    assert_eq!(shown["note"]["says"], "It was the ninth.\n\nName: nobody");
    assert_eq!(shown["note"]["grounds"], "I was there & saw it");
}

#[test]
fn a_chapter_is_read_with_the_keyboard_alone() {
    let Some(mut browser) = Browser::start() else { return };
    let (_room, site) = history();
    let chapter = kinds(&site).into_iter().find(|(kind, _)| *kind == "chapter").unwrap().1;
    browser.window(1280, false);
    browser.open(&url(&chapter));
    let focus = |browser: &mut Browser| {
        let at = browser.eval(
            "(() => { const e = document.activeElement, s = getComputedStyle(e); \
             return [e.className, s.outlineStyle, e.getAttribute('aria-label') || e.textContent] })()",
        );
        let text = |n: usize| at[n].as_str().unwrap_or_default().to_string();
        (text(0), text(1), text(2))
    };
    // The first stop leads past the site's own links.
    browser.press("Tab");
    assert_eq!(focus(&mut browser).0, "skip");
    browser.press("Enter");
    assert_eq!(browser.eval("location.hash"), "#main");
    // From there to the mark of a note: every stop is seen and has a name.
    for _ in 0..40 {
        browser.press("Tab");
        let (class, outline, name) = focus(&mut browser);
        assert_ne!(outline, "none", "nothing shows that {class:?} {name:?} has the focus");
        assert!(!name.trim().is_empty() || class.is_empty(), "{class:?} has no name");
        if class == "ref" {
            browser.press("Enter");
            assert!(browser.eval("location.hash").as_str().unwrap().starts_with("#note-C-"));
            return;
        }
    }
    panic!("no mark of a note was reached");
}
