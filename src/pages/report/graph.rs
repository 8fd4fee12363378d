//! The provenance as a drawing: question, claims, places, texts, log, from
//! left to right. A row a claim and a row each further place of it; a place
//! that two claims cite is drawn once. What does not fit one sheet of paper is
//! continued in a further drawing, so nothing is left out.
//!
//! Widths are reckoned by a mean width of letters, since nothing here can
//! measure a font; what may be too long is cut, and stands whole in the title
//! of its node and in the list below the drawing.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::frame::Frame;
use super::words;
use crate::audit::question::{AuditClaim, PlaceCheck, QuestionAudit};
use crate::desk::LogState;
use crate::pages::foreign::{clip, visible};
use crate::pages::language::Language;

/// Height of a row, and of the line of heads above the rows.
const ROW: f64 = 38.0;
const TOP: f64 = 34.0;
/// Of the columns, and room for the lines of the outer boxes.
const WIDTH: f64 = 764.0;
/// More rows than this would not fit a sheet at a readable size.
const ROWS_MAX: usize = 22;

/// Left edge and width of each column.
const QUESTION: (f64, f64) = (0.0, 136.0);
const CLAIMS: (f64, f64) = (172.0, 192.0);
const PLACES: (f64, f64) = (390.0, 138.0);
const TEXTS: (f64, f64) = (558.0, 88.0);
const LOG: (f64, f64) = (674.0, 86.0);

/// One drawing: which claims, in which rows, with which places.
struct Sheet<'a> {
    claims: Vec<(usize, &'a AuditClaim, usize)>,
    /// Address, row, and the place.
    places: Vec<(&'a crate::audit::question::CitedPlace, usize)>,
    rows: usize,
}

/// All drawings of a question; none where nobody tells anything.
pub(super) fn graphs(frame: &Frame, audit: &QuestionAudit, log: &LogState) -> Markup {
    let sheets = sheets(&audit.claims);
    let of = sheets.len();
    html! { @for (n, sheet) in sheets.iter().enumerate() { (figure(frame, audit, log, sheet, (n, of))) } }
}

fn sheets(claims: &[AuditClaim]) -> Vec<Sheet<'_>> {
    let mut out: Vec<Sheet<'_>> = Vec::new();
    for (n, claim) in claims.iter().enumerate() {
        if out.last().is_none_or(|s| s.rows > 0 && s.rows + claim.places.len().max(1) > ROWS_MAX) {
            out.push(Sheet { claims: Vec::new(), places: Vec::new(), rows: 0 });
        }
        let Some(sheet) = out.last_mut() else { continue };
        sheet.claims.push((n, claim, sheet.rows));
        let mut own = 0;
        for place in &claim.places {
            if !sheet.places.iter().any(|(p, _)| p.address == place.address) {
                sheet.places.push((place, sheet.rows + own));
                own += 1;
            }
        }
        sheet.rows += own.max(1);
    }
    out
}

fn figure(
    frame: &Frame,
    audit: &QuestionAudit,
    log: &LogState,
    sheet: &Sheet<'_>,
    (n, of): (usize, usize),
) -> Markup {
    let (title_id, text_id) =
        (frame.id(&format!("graph-{n}-title")), frame.id(&format!("graph-{n}-text")));
    let say = frame.say;
    let texts = texts(say, audit, sheet);
    let low = texts.iter().map(|t| t.y + ROW).fold(TOP + sheet.rows as f64 * ROW, f64::max);
    // The question and the log are boxes of some height, also beside one row.
    let height = low.max(TOP + 4.0 * ROW);
    let middle = TOP + (height - TOP) / 2.0;
    let first = sheet.claims.first().map_or(0, |c| c.0 + 1);
    let last = sheet.claims.last().map_or(0, |c| c.0 + 1);
    html! {
        figure.graph {
            svg viewBox=(format!("-2 0 {WIDTH} {height}")) role="img"
                aria-labelledby=(format!("{title_id} {text_id}")) {
                title id=(title_id) { (say.provenance_of(first, last)) }
                desc id=(text_id) { (described(say, sheet, &texts, log)) }
                (heads(say))
                (edges(sheet, &texts, middle))
                (question(say, audit, middle))
                @for (n, claim, row) in &sheet.claims { (claim_node(say, *n, claim, y_of(*row))) }
                @for (place, row) in &sheet.places { (place_node(say, place, y_of(*row))) }
                @for text in &texts { (text_node(text)) }
                (log_node(say, log, middle))
            }
            figcaption {
                @if of > 1 { (say.drawing_of(n + 1, of)) }
                (say.drawing_lines())
            }
        }
    }
}

/// The drawing in words, for those who do not see it.
fn described(say: Language, sheet: &Sheet<'_>, texts: &[Text], log: &LogState) -> String {
    let mut out = String::from(say.lines_from_question());
    for (n, claim, _) in &sheet.claims {
        let places: Vec<&str> = claim.places.iter().map(|p| p.address.as_str()).collect();
        let places = places.join(say.and_between());
        out.push_str(&say.claim_stands_on(n + 1, &claim.teller, places));
    }
    let names: Vec<&str> = texts.iter().map(|t| t.name.as_str()).collect();
    out.push_str(&say.places_stand_in(names.join(say.and_between())));
    out.push_str(&say.recorded_in_log(words::entries(say, log.size)));
    visible(&out).into_owned()
}

struct Text {
    name: String,
    lines: Vec<String>,
    y: f64,
}

/// The texts of a sheet, each beside the middle of its places.
fn texts(say: Language, audit: &QuestionAudit, sheet: &Sheet<'_>) -> Vec<Text> {
    let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, row) in &sheet.places {
        rows.entry(&place.revision).or_default().push(*row);
    }
    let mut out: Vec<Text> = rows
        .into_iter()
        .map(|(name, rows)| {
            let mut lines = Vec::new();
            if let Some(c) = audit.custody.iter().find(|c| c.revision == name) {
                lines.extend(c.sha256.map(|d| format!("{}…", d.short(8))));
                lines.push(say.entry(c.log_index));
                lines.push(if c.supplied { say.node_read() } else { say.node_absent() }.into());
            }
            let mean = rows.iter().sum::<usize>() as f64 / rows.len().max(1) as f64;
            Text { name: name.to_string(), lines, y: TOP + (mean + 0.5) * ROW }
        })
        .collect();
    out.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut next = TOP + ROW;
    for text in &mut out {
        text.y = text.y.max(next);
        next = text.y + 2.0 * ROW;
    }
    out
}

fn y_of(row: usize) -> f64 {
    TOP + (row as f64 + 0.5) * ROW
}

fn heads(say: Language) -> Markup {
    let columns = [
        (QUESTION, say.question_word()),
        (CLAIMS, say.column_claims()),
        (PLACES, say.column_words()),
        (TEXTS, say.column_texts()),
        (LOG, say.log()),
    ];
    html! { @for ((x, _), name) in columns { text.g-head x=(x) y="12" { (name) } } }
}

fn edges(sheet: &Sheet<'_>, texts: &[Text], middle: f64) -> Markup {
    let right = |(x, w): (f64, f64)| x + w;
    html! {
        @for (_, claim, row) in &sheet.claims {
            @let class = match claim.stance.as_str() {
                "denies" | "doubts" | "disowns" => "g-line g-against",
                "does not know" | "rejects the question" => "g-line g-open",
                _ => "g-line",
            };
            (line(class, (right(QUESTION), middle), (CLAIMS.0, y_of(*row))))
            @for place in &claim.places {
                @if let Some((_, at)) = sheet.places.iter().find(|(p, _)| p.address == place.address) {
                    (line("g-line", (right(CLAIMS), y_of(*row)), (PLACES.0, y_of(*at))))
                }
            }
        }
        @for (place, row) in &sheet.places {
            @if let Some(text) = texts.iter().find(|t| t.name == place.revision) {
                (line("g-line", (right(PLACES), y_of(*row)), (TEXTS.0, text.y)))
            }
        }
        @for text in texts { (line("g-line", (right(TEXTS), text.y), (LOG.0, middle))) }
    }
}

/// A line from one point to another, level at both ends.
fn line(class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) -> Markup {
    let mid = (x1 + x2) / 2.0;
    html! { path class=(class) d=(format!("M{x1} {y1:.1}C{mid} {y1:.1} {mid} {y2:.1} {x2} {y2:.1}")) {} }
}

fn question(say: Language, audit: &QuestionAudit, middle: f64) -> Markup {
    let mut lines = wrapped(&visible(&audit.question.wording), 21, 7);
    lines.push(say.entry(audit.question.log_index));
    node(QUESTION, middle, &lines, &audit.question.wording, "g-box g-round")
}

fn claim_node(say: Language, n: usize, c: &AuditClaim, y: f64) -> Markup {
    let stance = say.word(&c.stance);
    let whole = c.told.as_ref().map(|t| format!(", {}", say.word(t))).unwrap_or_default();
    // The words alone; the date that they give stands in the title.
    let told = whole.split_once(" [").map_or(whole.as_str(), |(words, _)| words);
    let (x, w) = CLAIMS;
    html! {
        g {
            title { (visible(&format!("{} {} ({stance}){whole}", n + 1, c.teller))) }
            rect.g-claim x=(x) y=(y - 15.0) width=(w) height="30" rx="15" {}
            text.g-number x=(x + 16.0) y=(y + 4.5) { (n + 1) }
            text.g-main x=(x + 32.0) y=(y - 2.0) { (clip(&visible(&c.teller), 26)) }
            text.g-small x=(x + 32.0) y=(y + 10.5) { (clip(&visible(&format!("{stance}{told}")), 30)) }
        }
    }
}

fn place_node(say: Language, p: &crate::audit::question::CitedPlace, y: f64) -> Markup {
    let passage = match (p.checked, &p.passage_sha256) {
        (PlaceCheck::Broken, _) => say.node_broken().to_string(),
        (_, Some(d)) => say.node_passage(d.short(8)),
        (_, None) => say.node_unpublished().into(),
    };
    let (x, w) = PLACES;
    html! {
        g {
            title { (visible(&p.address)) }
            rect.g-box x=(x) y=(y - 15.0) width=(w) height="30" {}
            text.g-main x=(x + 8.0) y=(y - 2.0) { (clip(&visible(&p.address), 21)) }
            text.g-small x=(x + 8.0) y=(y + 10.5) { (passage) }
        }
    }
}

fn text_node(t: &Text) -> Markup {
    let mut lines = vec![clip(&visible(&t.name), 13)];
    lines.extend(t.lines.iter().cloned());
    node(TEXTS, t.y, &lines, &t.name, "g-box")
}

fn log_node(say: Language, log: &LogState, middle: f64) -> Markup {
    let root = log.checkpoint.lines().nth(2).unwrap_or_default();
    let lines = [
        words::entries(say, log.size),
        say.root().into(),
        clip(&visible(root), 9),
        say.node_signed().into(),
    ];
    node(LOG, middle, &lines, root, "g-box g-double")
}

/// A box of lines around `y`; the first line is the name.
fn node((x, w): (f64, f64), y: f64, lines: &[String], whole: &str, class: &str) -> Markup {
    let height = lines.len() as f64 * 14.0 + 12.0;
    let top = y - height / 2.0;
    html! {
        g {
            title { (visible(whole)) }
            rect class=(class) x=(x) y=(top) width=(w) height=(height) {}
            @for (n, line) in lines.iter().enumerate() {
                text.g-main x=(x + 8.0) y=(top + 16.5 + n as f64 * 14.0) { (line) }
            }
        }
    }
}

/// Words in lines of at most `width` letters; cut after `most` lines.
fn wrapped(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let word = clip(word, width);
        let Some(last) = lines.last_mut() else { continue };
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > width {
            lines.push(word);
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(&word);
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = clip(&format!("{last} …"), width);
        }
    }
    lines
}
