//! `compare M/App10`: the sheets of one document side by side: what each bears,
//! who signed it, and what of it is not known.

use schemars::JsonSchema;
use serde::Serialize;

use crate::audit::question::{AuditSignature, CitedPlace, Texts, signatures};
use crate::digest::Id;
use crate::index::Snapshot;
use crate::model::{Compared, Copy, Kind, Link, Part, Source, WordingKnown};

use super::DeskError;
use super::address::Address;
use super::archive::Archive;
use super::resolve;

/// The copies of a document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CopiesAnswer {
    /// The document.
    pub document: String,
    /// Its title.
    pub title: String,
    /// Its copies, in the order in which they were recorded.
    pub copies: Vec<ShownCopy>,
    /// What is not known of them.
    pub not_known: Vec<String>,
}

/// One sheet.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ShownCopy {
    /// Its address, `copy/…`.
    pub name: String,
    /// What it is, in a line.
    pub title: String,
    /// What sort of sheet.
    pub form: String,
    /// How much of it is here.
    pub holding: String,
    /// Whose words it bears.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wording: Option<String>,
    /// Whether that is known: yes, partly, no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wording_known: Option<String>,
    /// Copies said to be identical with it, by whom, and whether compared.
    pub counterparts: Vec<String>,
    /// Marks on it alone.
    pub marks: Vec<String>,
    /// Ink signatures on it.
    pub signatures: Vec<AuditSignature>,
    /// Where it is told of.
    pub places: Vec<CitedPlace>,
    /// Anything else, in a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Lays the copies of a document side by side; `None` when the address names
/// no part or source.
///
/// # Errors
/// When the document has no copies here.
pub fn compare_copies(archive: &Archive, address: &str) -> Result<Option<CopiesAnswer>, DeskError> {
    let snap = archive.snapshot()?;
    let Some((id, title)) = document(&snap, address)? else { return Ok(None) };
    let texts = Texts::new(&|_, _| None);
    let mut copies = Vec::new();
    let mut not_known = Vec::new();
    // The copies of the document, and those said to be identical with them.
    let mut waiting: Vec<Id> = Vec::new();
    for row in snap.naming(&id, Link::Subject)? {
        if row.kind == Kind::Copy && snap.naming(&row.id, Link::Parent)?.is_empty() {
            waiting.push(row.id);
        }
    }
    let mut n = 0;
    while let Some(at) = waiting.get(n).copied() {
        n += 1;
        let c: Copy = snap.get(&at.cast())?.record;
        for other in &c.counterparts {
            let newest = snap.rows(Kind::Copy, Some(&other.copy))?.pop();
            if let Some(row) = newest.filter(|row| !waiting.contains(&row.id)) {
                waiting.push(row.id);
            }
        }
        let name = format!("copy/{}", c.name);
        if c.wording_known != Some(WordingKnown::Yes) {
            let how =
                if c.wording_known == Some(WordingKnown::Partly) { "only partly" } else { "not" };
            not_known.push(format!("which wording {name} bears is {how} known"));
        }
        let mut counterparts = Vec::new();
        for other in &c.counterparts {
            let by = match &other.claimed_by {
                Some(by) => format!(", says {}", snap.agent_name(by)?),
                None => String::new(),
            };
            counterparts.push(format!(
                "identical with copy/{}{by}; compared: {}",
                other.copy, other.compared
            ));
            if other.compared != Compared::Yes {
                let said = format!(
                    "whether {name} and copy/{} are identical was not compared",
                    other.copy
                );
                let back = format!(
                    "whether copy/{} and {name} are identical was not compared",
                    other.copy
                );
                if !not_known.contains(&back) {
                    not_known.push(said);
                }
            }
        }
        let mut places = Vec::new();
        for cited in &c.at {
            places.push(texts.place(&snap, cited, &mut Vec::new())?);
        }
        copies.push(ShownCopy {
            wording: c.wording.map(|w| snap.address_of(&w)).transpose()?,
            wording_known: c.wording_known.map(|k| k.to_string()),
            signatures: signatures(&snap, &at)?,
            marks: c
                .marks
                .iter()
                .map(|m| match &m.place {
                    Some(place) => format!("{} ({place})", m.what),
                    None => m.what.clone(),
                })
                .collect(),
            name,
            title: c.title,
            form: c.form.to_string(),
            holding: c.holding.to_string(),
            counterparts,
            places,
            note: c.note,
        });
    }
    if copies.is_empty() {
        return Err(DeskError::not_found(
            "no-copies",
            format!("no copy of {address} is told of here"),
        )
        .hint("see the copies there are: variorum list copies"));
    }
    Ok(Some(CopiesAnswer { document: address.to_string(), title, copies, not_known }))
}

/// The document behind an address: a part, or a source.
fn document(snap: &Snapshot<'_>, address: &str) -> Result<Option<(Id, String)>, DeskError> {
    match Address::parse(address)? {
        Address::Part { siglum, name } => {
            let source = resolve::source(snap, &siglum)?;
            for row in snap.rows(Kind::Part, Some(&name))? {
                let part: Part = snap.get(&row.id.cast())?.record;
                if part.source == source.id {
                    return Ok(Some((row.id, part.title)));
                }
            }
            Err(DeskError::not_found("no-part", format!("{siglum} has no part called {name:?}")))
        }
        Address::Text { siglum, .. } => {
            let source: crate::index::Held<Source> = resolve::source(snap, &siglum)?;
            Ok(Some((source.id.any(), source.record.title)))
        }
        _ => Ok(None),
    }
}
