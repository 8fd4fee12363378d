//! `examine`: what a text says against itself, and replies made of it.

use std::collections::HashMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::Id;
use crate::examine::{self, Division, Given, Oddity, OddityCode};
use crate::index::{Followed, Snapshot};
use crate::model::{Citation, CorrectionType, HowKnown, Kind, Link, Part, Revision, Source};

use super::archive::Archive;
use super::place::Place;
use super::resolve::{self, Opened, Target};
use super::submit::{SubmitAnswer, SubmitDraft, submit_all};
use super::{Class, Context, DeskError};

/// What is wanted of an examination.
#[derive(Debug, Clone, Default)]
pub struct ExamineDraft {
    /// The text: `M`, `M@1`, or lines of it: `M:100-200`.
    pub address: String,
    /// Only findings of these codes; all when empty.
    pub codes: Vec<OddityCode>,
    /// Which findings become replies.
    pub submit: Chosen,
    /// Nothing is written.
    pub dry_run: bool,
}

/// Which findings of an examination become replies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Chosen {
    /// None of them.
    #[default]
    None,
    /// All that are shown.
    All,
    /// Those of these numbers.
    These(Vec<usize>),
}

/// What a text says against itself.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExamineAnswer {
    /// What was examined, `M@1`.
    pub revision: String,
    /// Its id.
    pub revision_id: Id<Revision>,
    /// Other texts that quotations were compared with.
    pub compared_with: Vec<String>,
    /// Texts that are not supplied here, so that nothing was compared with them.
    pub not_supplied: Vec<String>,
    /// How many findings there are of each code.
    pub counts: Vec<OddityCount>,
    /// The findings, in the order of the text.
    pub findings: Vec<FoundOddity>,
    /// Replies that were made of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub submitted: Vec<SubmitAnswer>,
}

/// How many findings there are of a code.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OddityCount {
    /// The code.
    pub code: OddityCode,
    /// So many.
    pub count: usize,
    /// They are proposals: nothing is said to be wrong.
    pub proposals: bool,
}

/// One finding.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FoundOddity {
    /// Its number in the examination of the whole text, from 1.
    pub number: usize,
    /// What kind of oddity it is.
    pub code: OddityCode,
    /// Where it stands.
    pub place: Place,
    /// What stands there, shortened, as read.
    pub said: String,
    /// Places it is held against.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<Place>,
    /// What is odd, in one sentence.
    pub text: String,
    /// How alike two passages, wordings or names are, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// The reply that says it, where one was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<String>,
}

/// Examines a text, and makes replies of the findings chosen. A finding that
/// was made a reply before is not sent again.
///
/// # Errors
/// When the address names no text, the text is not supplied, a chosen number
/// is none of those shown, or the archive takes no replies.
pub fn examine(
    archive: &mut Archive,
    draft: &ExamineDraft,
    context: &Context,
) -> Result<ExamineAnswer, DeskError> {
    let mut answer = look(archive, draft)?;
    let chosen: Vec<usize> = match &draft.submit {
        Chosen::None => return Ok(answer),
        Chosen::All => answer.findings.iter().map(|f| f.number).collect(),
        Chosen::These(numbers) => {
            let shown = |n: &&usize| !answer.findings.iter().any(|f| f.number == **n);
            if let Some(n) = numbers.iter().find(shown) {
                return Err(DeskError::usage(
                    "no-finding",
                    format!("no finding shown has the number {n}"),
                )
                .hint(format!("see them: variorum examine {}", draft.address)));
            }
            numbers.clone()
        }
    };
    let wanted: Vec<usize> = (0..answer.findings.len())
        .filter(|n| chosen.contains(&answer.findings[*n].number))
        .filter(|n| answer.findings[*n].correction.is_none())
        .collect();
    if wanted.is_empty() {
        return Ok(answer);
    }
    let drafts: Vec<SubmitDraft> =
        wanted.iter().map(|n| reply(&answer.findings[*n], draft.dry_run)).collect();
    let sent = submit_all(archive, &drafts, draft.dry_run, context)?;
    for (n, sent) in wanted.iter().zip(&sent) {
        answer.findings[*n].correction = Some(sent.correction.clone());
    }
    answer.submitted = sent;
    Ok(answer)
}

/// The reply that says a finding.
fn reply(found: &FoundOddity, dry_run: bool) -> SubmitDraft {
    SubmitDraft {
        at: Some(found.place.revision.clone()),
        bytes: Some(found.place.start..found.place.end),
        r#type: Some(match found.code {
            OddityCode::MixedScript => CorrectionType::Slip,
            code if code.is_proposal() => CorrectionType::Question,
            _ => CorrectionType::Clarification,
        }),
        says: says(found),
        known: Some(HowKnown::Infers),
        grounds: Some(grounds(found.code)),
        dry_run,
        ..Default::default()
    }
}

fn says(found: &FoundOddity) -> String {
    let against: Vec<&str> = found.against.iter().map(|p| p.address.as_str()).collect();
    match against.is_empty() {
        true => found.text.clone(),
        false => format!("{} (See {}.)", found.text, against.join(", ")),
    }
}

/// How a finding is known: by computing, which by itself proves no error.
fn grounds(code: OddityCode) -> String {
    format!("found by a program that examined the text ({}); nobody has judged it", code.name())
}

fn look(archive: &Archive, draft: &ExamineDraft) -> Result<ExamineAnswer, DeskError> {
    let snap = archive.snapshot()?;
    let Target::Text { opened, span, .. } = resolve::target(&snap, &draft.address, None)? else {
        return Err(DeskError::usage("not-a-text", format!("{} is not a text", draft.address))
            .hint("name one: M or M@2, or lines of it: M:100-200"));
    };
    let (mut beside, mut not_supplied) = (Vec::new(), Vec::new());
    for row in snap.rows(Kind::Source, None)? {
        let Some(siglum) = row.called.filter(|s| *s != opened.source.record.siglum) else {
            continue;
        };
        match text_of(&snap, &siglum, &row.id.cast())? {
            Beside::Open(text) => beside.push(text),
            Beside::NotSupplied(name) => not_supplied.push(name),
            Beside::NoText => {}
        }
    }
    let parts = divisions(&snap, &opened)?;
    let given = Given {
        divisions: parts
            .iter()
            .map(|(p, span)| Division { name: &p.name, span: span.clone(), genre: p.genre.word() })
            .collect(),
        held: beside.iter().map(|o| examine::Held { name: &o.name, view: o.view() }).collect(),
    };
    let all = examine::examine(opened.view(), &given);
    let inside = |o: &Oddity| o.span.start < span.end && span.start < o.span.end;
    let mut findings = Vec::new();
    for (n, oddity) in (1..).zip(&all) {
        if inside(oddity) && (draft.codes.is_empty() || draft.codes.contains(&oddity.code)) {
            findings.push(found(n, oddity, &opened, &beside));
        }
    }
    mark_replied(&snap, &opened, &mut findings)?;
    let count = |code: OddityCode| OddityCount {
        code,
        count: findings.iter().filter(|f| f.code == code).count(),
        proposals: code.is_proposal(),
    };
    Ok(ExamineAnswer {
        revision: opened.name.clone(),
        revision_id: opened.revision.id,
        compared_with: beside.into_iter().map(|o| o.name).collect(),
        not_supplied,
        counts: OddityCode::ALL.into_iter().map(count).filter(|c| c.count > 0).collect(),
        findings,
        submitted: Vec::new(),
    })
}

/// Another text, for its quotations.
enum Beside {
    Open(Opened),
    NotSupplied(String),
    NoText,
}

/// The newest text of a source; of several lines the one recorded last.
fn text_of(snap: &Snapshot<'_>, siglum: &str, id: &Id<Source>) -> Result<Beside, DeskError> {
    let Some((number, revision)) = snap.heads(id)?.pop() else { return Ok(Beside::NoText) };
    match resolve::open_text(snap, siglum, Some(number)) {
        Ok(opened) => Ok(Beside::Open(opened)),
        // A text that was withheld is no reason not to look at the others.
        Err(e) if e.class == Class::Refused => {
            Ok(Beside::NotSupplied(snap.revision_name(&revision)?))
        }
        Err(e) => Err(e),
    }
}

/// The parts of a text, each at its place in this revision.
fn divisions(snap: &Snapshot<'_>, opened: &Opened) -> Result<Vec<(Part, Range<usize>)>, DeskError> {
    let mut out = Vec::new();
    for row in snap.naming(&opened.source.id, Link::Source)? {
        if row.kind != Kind::Part || !snap.naming(&row.id, Link::Parent)?.is_empty() {
            continue;
        }
        let part: Part = snap.get(&row.id.cast())?.record;
        if let Some(span) = here(snap, opened, &part.at)? {
            out.push((part, span));
        }
    }
    Ok(out)
}

/// Where a citation stands in this revision; `None` when it is lost.
fn here(
    snap: &Snapshot<'_>,
    opened: &Opened,
    at: &Citation,
) -> Result<Option<Range<usize>>, DeskError> {
    let from = at.selector.revision;
    let Some(span) = snap.selected(&at.selector)? else { return Ok(None) };
    if from == opened.revision.id {
        return Ok(Some(span));
    }
    let traced = snap.trace(&snap.way_to(&opened.revision.id)?, &from, span)?;
    Ok(match traced.map(|t| t.followed) {
        Some(Followed::Kept(span) | Followed::Changed(span)) => Some(span),
        Some(Followed::Lost) | None => None,
    })
}

fn found(number: usize, oddity: &Oddity, opened: &Opened, beside: &[Opened]) -> FoundOddity {
    let other = oddity.held.as_ref().and_then(|h| beside.iter().find(|o| o.name == *h));
    let against = oddity.against.iter().map(|a| other.unwrap_or(opened).place(a)).collect();
    FoundOddity {
        number,
        code: oddity.code,
        place: opened.place(&oddity.span),
        said: oddity.said.clone(),
        against,
        text: oddity.text.clone(),
        score: oddity.score,
        correction: None,
    }
}

/// Names the replies that say a finding already.
fn mark_replied(
    snap: &Snapshot<'_>,
    opened: &Opened,
    findings: &mut [FoundOddity],
) -> Result<(), DeskError> {
    let all = OddityCode::ALL.map(grounds);
    let mut known = HashMap::new();
    for c in snap.corrections_on(&opened.revision.id)? {
        let (Some(selector), Ok(reply)) = (&c.record.selector, snap.reply(&c.record)) else {
            continue;
        };
        if reply.grounds.is_some_and(|g| all.contains(&g))
            && let Some(at) = snap.selected(selector)?
        {
            let name = snap.short_id(Kind::Correction, &c.id)?;
            known.insert((at.start, at.end, reply.says), name);
        }
    }
    for f in findings {
        f.correction = known.get(&(f.place.start, f.place.end, says(f))).cloned();
    }
    Ok(())
}
