//! A page as a browser would take it: parsed by html5ever (the WHATWG
//! algorithm), then walked.
#![allow(dead_code)] // each test takes what it needs

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// An element: its name, its attributes in order, and its text with everything
/// inside it.
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
}

impl Element {
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == attribute).map(|(_, v)| v.as_str())
    }
}

/// Elements that hold words, and do nothing else.
const ELEMENTS: &[&str] = &[
    "html",
    "head",
    "meta",
    "title",
    "body",
    "main",
    "header",
    "nav",
    "section",
    "article",
    "footer",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "code",
    "a",
    "bdi",
    "span",
    "strong",
    "time",
    "wbr",
];

/// Elements of tables and drawings, and others that forms have no use for.
pub const DRAWN: &[&str] = &[
    "h4",
    "h5",
    "h6",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "em",
    "br",
    "svg",
    "g",
    "rect",
    "path",
    "text",
    "desc",
];

/// Attributes whose value a browser would load, send or run, but for `href`.
const REACHING: &[&str] = &[
    "action",
    "archive",
    "background",
    "cite",
    "classid",
    "code",
    "codebase",
    "data",
    "formaction",
    "icon",
    "longdesc",
    "manifest",
    "ping",
    "poster",
    "profile",
    "src",
    "srcdoc",
    "srcset",
    "style",
    "usemap",
];

/// Elements whose words are data, typed, or another language's.
const NOT_OURS: &[&str] =
    &["bdi", "code", "pre", "time", "q", "style", "script", "head", "svg", "textarea"];
/// Names that Russian writes in Latin letters too.
const NAMES: &[&str] = &["SHA", "EDTF", "ISO", "UTC", "Atom", "variorum"];

/// Words of the page's own, on screen or read aloud, that stand in Latin
/// letters: on a Russian page, the ones that somebody forgot to translate.
pub fn own_latin_words(html: &str) -> Vec<String> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut out = Vec::new();
    own_words(&dom.document, &mut out);
    let words = out.iter().flat_map(|t| t.split(|c: char| !c.is_alphabetic()));
    let latin = words.filter(|w| w.chars().any(|c| c.is_ascii_alphabetic()));
    latin.filter(|w| !NAMES.contains(w)).map(str::to_string).collect()
}

fn own_words(node: &Handle, out: &mut Vec<String>) {
    match &node.data {
        NodeData::Text { contents } => out.push(contents.borrow().to_string()),
        NodeData::Element { name, attrs, .. } => {
            let attrs = attrs.borrow();
            let of = |wanted: &str| {
                let found = attrs.iter().find(|a| &*a.name.local == wanted);
                found.map(|a| a.value.to_string())
            };
            let other = &*name.local != "html" && of("lang").is_some();
            if NOT_OURS.contains(&&*name.local) || other {
                return;
            }
            out.extend(["aria-label", "data-head", "title"].into_iter().filter_map(of));
        }
        _ => {}
    }
    for child in node.children.borrow().iter() {
        own_words(child, out);
    }
}

/// All elements of a page, in document order.
pub struct Page(pub Vec<Element>);

impl Page {
    /// Parses the page; panics where a browser would have to guess.
    pub fn read(html: &str) -> Self {
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
        let errors = dom.errors.borrow();
        assert!(errors.is_empty(), "not valid HTML: {errors:?}");
        let mut all = Vec::new();
        walk(&dom.document, &mut all);
        Self(all)
    }

    /// Nothing on the page loads, sends or runs anything, but for the further
    /// elements and attributes that `elements` and `reaching` allow; what these
    /// say is for the caller to look at.
    pub fn does_nothing(&self, what: &str, elements: &[&[&str]], reaching: &[&str]) {
        for e in &self.0 {
            let name = e.name.as_str();
            assert!(
                ELEMENTS.contains(&name) || elements.iter().any(|list| list.contains(&name)),
                "{what}: <{name}>"
            );
            for (attribute, value) in &e.attributes {
                let reaches = REACHING.contains(&attribute.as_str())
                    && !reaching.contains(&attribute.as_str());
                let runs = attribute.starts_with("on");
                assert!(!reaches && !runs, "{what}: <{name} {attribute}={value:?}>");
            }
        }
    }

    pub fn of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.0.iter().filter(move |e| e.name == name)
    }

    pub fn by_id(&self, id: &str) -> &Element {
        let found: Vec<_> = self.0.iter().filter(|e| e.get("id") == Some(id)).collect();
        assert_eq!(found.len(), 1, "{} elements have the id {id}", found.len());
        found[0]
    }
}

fn walk(node: &Handle, all: &mut Vec<Element>) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attributes = attrs.borrow();
        all.push(Element {
            name: name.local.to_string(),
            attributes: attributes
                .iter()
                .map(|a| (a.name.local.to_string(), a.value.to_string()))
                .collect(),
            text: text(node),
        });
    }
    for child in node.children.borrow().iter() {
        walk(child, all);
    }
}

fn text(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(text).collect(),
    }
}
