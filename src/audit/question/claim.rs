//! One claim with its proof.

use schemars::JsonSchema;
use serde::Serialize;

use super::places::{CitedPlace, Newest, PlaceCheck, Texts};
use super::sentences::{ToldValue, ToldValues};
use crate::attribution::Basis;
use crate::dates::SortKey;
use crate::digest::{Any, Id};
use crate::index::{Followed, Held, Row, Snapshot, SnapshotError, Way};
use crate::model::{
    Agent, Claim, Copy, Evidence, Genre, Holding, Kind, Link, Question, Record, Saying, Signature,
    Source, Value, When,
};

/// What one text says to the question.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AuditClaim {
    /// Its address, `claim/…`.
    pub id: String,
    /// Its id.
    pub record: Id<Claim>,
    /// The value in words.
    #[schemars(with = "String")]
    pub value: ToldValues,
    /// The value or alternatives as recorded.
    pub values: Vec<Value>,
    /// How the text stands to the value.
    pub stance: String,
    /// How sure, or in what mood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modality: Option<String>,
    /// Whose statement it is.
    pub teller: String,
    /// Id of the teller's first description: two of one name stay apart.
    pub teller_id: Id<Agent>,
    /// In whose voice: direct, via document, reported by.
    pub voice: String,
    /// Who reports it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported_by: Option<String>,
    /// When it was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
    /// Where the time of telling comes from: claim, part, source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told_from: Option<String>,
    /// How the teller knows, by his or her own word.
    pub known: String,
    /// Siglum of the source.
    pub source: String,
    /// The smallest part that holds it, `M/App9`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The revision, `M@1`.
    pub revision: String,
    /// First byte of its first place.
    pub start: usize,
    /// End byte, exclusive.
    pub end: usize,
    /// First and last line of its first place.
    pub lines: [u64; 2],
    /// SHA-256 of the passage in which it begins.
    pub passage_sha256: Option<crate::digest::Digest>,
    /// All its places.
    pub places: Vec<CitedPlace>,
    /// Who wrote the words of its first place.
    pub attribution: Vec<Writer>,
    /// What became of them in the newest text of the source.
    pub since: Vec<Checked>,
    /// What it rests on.
    pub evidence: Vec<AuditEvidence>,
    /// How the words came down, the outermost reporter first.
    pub chain: Vec<AuditLink>,
    /// Corrections that answer these words.
    pub corrections: Vec<String>,
    /// Questions about this claim.
    pub questioned: Vec<String>,
    /// Anything else, in a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who recorded it: the claim is this person's reading of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded_by: Option<String>,
    /// When the record says that it was made.
    pub recorded: String,
    /// Log index, from 0.
    pub log_index: u64,
    /// A citation of its first place.
    pub cite: String,
    #[serde(skip)]
    pub(super) told_at: Option<SortKey>,
}

/// Words of one origin.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Writer {
    /// The revision that they came with.
    pub revision: String,
    /// `recorded` or `inferred`.
    pub basis: String,
    /// How many bytes.
    pub bytes: usize,
}

/// What became of the cited words in another state of the text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Checked {
    /// The revision that was looked at.
    pub revision: String,
    /// `unchanged`, `changed`, `gone` or `not compared`.
    pub words: String,
    /// `recorded` where edits tell it, `inferred` where the two texts had to be
    /// compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// Where they stand there, or what is left of them: `M@2:164-165`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// First byte there, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// End byte there, exclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// They stand in a passage that was moved.
    pub moved: bool,
}

/// A piece of evidence.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AuditEvidence {
    /// Its address.
    pub name: String,
    /// What it is.
    pub title: String,
    /// Carrier, channel and basis, where told.
    pub axes: Vec<String>,
    /// Whether it is here.
    pub state: String,
    /// Ink signatures under it.
    pub signatures: Vec<AuditSignature>,
}

/// An ink signature.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AuditSignature {
    /// Who.
    pub agent: String,
    /// What became of it.
    pub state: String,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// In what capacity, as worded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<String>,
    /// With which reservation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reservation: Option<String>,
}

/// One link of a chain.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AuditLink {
    /// Who says so.
    pub reporter: String,
    /// Who is said to have said it.
    pub speaker: String,
    /// How.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medium: Option<String>,
    /// Where the reporter says so.
    pub places: Vec<CitedPlace>,
    /// Anything else, in a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl AuditClaim {
    /// What has a time of telling comes before what has none.
    pub(super) fn told_key(&self) -> (bool, Option<SortKey>) {
        (self.told_at.is_none(), self.told_at)
    }

    /// Whether all its places were read and are where it says.
    pub fn is_read(&self) -> bool {
        self.places.iter().all(|p| p.checked == PlaceCheck::Matches)
    }
}

pub(super) fn audit_claim(
    snap: &Snapshot<'_>,
    texts: &Texts<'_>,
    held: &Held<Claim>,
    about: &[&Row],
    broken: &mut Vec<String>,
) -> Result<AuditClaim, SnapshotError> {
    let c = &held.record;
    let mut places = Vec::new();
    for citation in &c.at {
        places.push(texts.place(snap, citation, broken)?);
    }
    let Some(first) = places.first().cloned() else {
        return Err(SnapshotError::Broken(crate::model::Finding::new(
            crate::model::Code::RecordMalformed,
            held.id.to_string(),
            "a claim without a place",
        )));
    };
    let (told, told_from) = told(snap, texts, c)?;
    let mut evidence = Vec::new();
    for id in &c.evidence {
        evidence.push(audit_evidence(snap, id)?);
    }
    let mut chain = Vec::new();
    for id in &c.chain {
        let s: Saying = snap.get(id)?.record;
        let mut at = Vec::new();
        for citation in &s.at {
            at.push(texts.place(snap, citation, broken)?);
        }
        chain.push(AuditLink {
            reporter: snap.agent_name(&s.reporter)?,
            speaker: snap.agent_name(&s.speaker)?,
            medium: s.medium.map(|m| m.to_string()),
            places: at,
            note: s.note,
        });
    }
    let mut asked: Vec<Row> = Vec::new();
    for saying in &c.chain {
        asked.extend(snap.naming(saying, Link::Subject)?);
    }
    asked.extend(about.iter().copied().cloned());
    let mut questioned = Vec::new();
    for row in asked.iter().filter(|r| r.kind == Kind::Question) {
        let q: Question = snap.get(&row.id.cast())?.record;
        questioned.push(format!("question/{}", q.name));
    }
    let value = values_in_words(snap, &c.values)?;
    let cite = cite(snap, &first)?;
    Ok(AuditClaim {
        id: format!("claim/{}", c.name),
        record: held.id,
        value,
        values: c.values.clone(),
        stance: c.stance.to_string(),
        modality: c.modality.map(|m| m.to_string()),
        teller: snap.agent_name(&c.teller)?,
        teller_id: c.teller,
        voice: c.voice.to_string(),
        reported_by: c.reported_by.map(|a| snap.agent_name(&a)).transpose()?,
        told_at: told.as_ref().and_then(|w| w.edtf.as_ref()).map(|e| e.sort_key()),
        told: told.map(|w| w.to_string()),
        told_from,
        known: c.known.to_string(),
        source: first.source.clone(),
        part: first.part.clone(),
        revision: first.revision.clone(),
        start: first.start,
        end: first.end,
        lines: first.lines,
        passage_sha256: first.passage_sha256,
        attribution: writers(snap, &first)?,
        since: since(snap, texts, &first)?,
        evidence,
        chain,
        corrections: corrections(snap, texts, &first)?,
        questioned,
        note: c.note.clone(),
        recorded_by: c.maker.map(|a| snap.agent_name(&a)).transpose()?,
        recorded: c.time.to_string(),
        log_index: held.seq,
        cite,
        places,
    })
}

/// When it was told: by the claim itself, else by the part, else the source.
/// The date of a chronicle, a caption or a list is that of what it tells, and
/// that of a paper that is not here is not of the words about it.
fn told(
    snap: &Snapshot<'_>,
    texts: &Texts<'_>,
    c: &Claim,
) -> Result<(Option<When>, Option<String>), SnapshotError> {
    if let Some(when) = &c.told {
        return Ok((Some(when.clone()), Some("claim".into())));
    }
    let Some(first) = c.at.first() else { return Ok((None, None)) };
    if let Some((_, part)) = texts.part_of(snap, first)?
        && part.holding == Holding::Held
        && !matches!(part.genre, Genre::Chronicle | Genre::Captions | Genre::List | Genre::Other)
        && let Some(when) = part.date.or(part.published)
    {
        return Ok((Some(when), Some("part".into())));
    }
    let (_, _, source) = texts.name(snap, &first.selector.revision)?;
    let source: Held<Source> = snap.current(&source)?;
    let from = source.record.date.is_some().then(|| "source".to_string());
    Ok((source.record.date, from))
}

/// Values with the names of what they refer to.
///
/// # Errors
/// When a record that a value names is missing or damaged.
pub fn values_in_words(snap: &Snapshot<'_>, values: &[Value]) -> Result<ToldValues, SnapshotError> {
    let mut told = Vec::new();
    for value in values {
        told.push(match value {
            Value::Date(when) => ToldValue::Date(when.clone()),
            Value::Where(id) => ToldValue::Named(snap.current(id)?.record.name),
            Value::Agents(ids) => {
                let names: Vec<String> =
                    ids.iter().map(|id| snap.agent_name(id)).collect::<Result<_, _>>()?;
                ToldValue::Named(names.join(", "))
            }
            Value::Number(n) => ToldValue::Number(n.clone()),
            Value::Text(text) => ToldValue::Text(text.clone()),
            Value::Yes(yes) => ToldValue::Yes(*yes),
            Value::Ref(id) => ToldValue::Named(snap.address_of(id)?),
            Value::Blank => ToldValue::Blank,
        });
    }
    Ok(ToldValues(told))
}

fn audit_evidence(snap: &Snapshot<'_>, id: &Id<Any>) -> Result<AuditEvidence, SnapshotError> {
    let (name, mut of) = (snap.address_of(id)?, *id);
    let (title, axes, state) = match snap.any(id.digest())? {
        Record::Evidence(Evidence { title, carrier, channel, basis, state, document, .. }) => {
            of = document.unwrap_or(of);
            let axes = [carrier.to_string(), channel.to_string(), basis.to_string()];
            let axes = axes.into_iter().filter(|a| a != "not said").collect();
            (title.unwrap_or_default(), axes, state.to_string())
        }
        Record::Copy(Copy { title, form, holding, .. }) => {
            (title, vec![form.to_string()], holding.to_string())
        }
        Record::Part(p) => (p.title, vec![p.genre.to_string()], p.holding.to_string()),
        _ => (String::new(), Vec::new(), "recorded".into()),
    };
    Ok(AuditEvidence { name, title, axes, state, signatures: signatures(snap, &of)? })
}

/// The ink signatures under a document or copy.
///
/// # Errors
/// When a record is missing or damaged.
pub fn signatures(snap: &Snapshot<'_>, of: &Id<Any>) -> Result<Vec<AuditSignature>, SnapshotError> {
    let mut out = Vec::new();
    for row in snap.naming(of, Link::Subject)? {
        if row.kind != Kind::Signature {
            continue;
        }
        let s: Signature = snap.get(&row.id.cast())?.record;
        out.push(AuditSignature {
            agent: snap.agent_name(&s.agent)?,
            state: s.state.to_string(),
            date: s.date.map(|d| d.to_string()),
            place: match &s.place {
                Some(p) => Some(snap.current(p)?.record.name),
                None => None,
            },
            capacity: s.capacity,
            reservation: s.reservation,
        });
    }
    Ok(out)
}

/// Who wrote the words: by recorded edits, or by comparison of editions.
fn writers(snap: &Snapshot<'_>, place: &CitedPlace) -> Result<Vec<Writer>, SnapshotError> {
    let revision = snap.get(&place.revision_id)?.record;
    if revision.parent.is_none() {
        // The first text of a source: nothing else can have brought them.
        let bytes = place.end - place.start;
        return Ok(vec![Writer {
            revision: place.revision.clone(),
            basis: "recorded".into(),
            bytes,
        }]);
    }
    if place.checked != PlaceCheck::Matches {
        return Ok(Vec::new());
    }
    let (line, attribution) = crate::audit::written(snap, &place.revision_id)?;
    let mut out: Vec<Writer> = Vec::new();
    for run in attribution.runs_in(place.start..place.end) {
        let revision = snap.revision_name(&line[run.origin.revision as usize].id)?;
        let basis = match run.origin.basis {
            Basis::Recorded => "recorded",
            Basis::Inferred => "inferred",
        };
        let bytes = run.end - run.start;
        match out.iter_mut().find(|w| w.revision == revision && w.basis == basis) {
            Some(w) => w.bytes += bytes,
            None => out.push(Writer { revision, basis: basis.into(), bytes }),
        }
    }
    Ok(out)
}

/// What became of the words in each newest text of the source.
fn since(
    snap: &Snapshot<'_>,
    texts: &Texts<'_>,
    place: &CitedPlace,
) -> Result<Vec<Checked>, SnapshotError> {
    let (_, _, source) = texts.name(snap, &place.revision_id)?;
    let mut out = Vec::new();
    for Newest { id, name, way } in &texts.of_source(snap, &source)?.newest {
        if *id == place.revision_id {
            continue;
        }
        let traced = match place.checked {
            PlaceCheck::Broken => None,
            _ => traced(snap, way, place)?,
        };
        let mut checked = Checked {
            revision: name.clone(),
            words: "not compared".into(),
            basis: None,
            address: None,
            start: None,
            end: None,
            moved: false,
        };
        if let Some((followed, basis, moved)) = traced {
            let (words, span) = match followed {
                Followed::Kept(span) => ("unchanged", Some(span)),
                Followed::Changed(span) => ("changed", Some(span)),
                Followed::Lost => ("gone", None),
            };
            (checked.words, checked.basis) = (words.into(), Some(basis.into()));
            checked.moved = moved;
            if let Some(span) = span {
                (checked.start, checked.end) = (Some(span.start), Some(span.end));
                checked.address = texts.lines(snap, id, &span)?.map(|lines| match lines {
                    [a, b] if a == b => format!("{name}:{a}"),
                    [a, b] => format!("{name}:{a}-{b}"),
                });
            }
        }
        out.push(checked);
    }
    Ok(out)
}

/// What became of the words on the way to a newer text, how that is known, and
/// whether they moved; `None` where it cannot be told.
fn traced(
    snap: &Snapshot<'_>,
    way: &Way,
    place: &CitedPlace,
) -> Result<Option<(Followed, &'static str, bool)>, SnapshotError> {
    let at = place.start..place.end;
    // Edits need no text.
    if let Some(followed) = way.follow(&place.revision_id, at.clone()) {
        return Ok(Some((followed, "recorded", false)));
    }
    match snap.trace(way, &place.revision_id, at) {
        Ok(traced) => {
            Ok(traced
                .map(|t| (t.followed, if t.compared { "inferred" } else { "recorded" }, t.moved)))
        }
        // Damage is told where the text itself is looked at.
        Err(SnapshotError::Broken(_)) => Ok(None),
        Err(e) => Err(e),
    }
}

/// Corrections that answer any of these words.
fn corrections(
    snap: &Snapshot<'_>,
    texts: &Texts<'_>,
    place: &CitedPlace,
) -> Result<Vec<String>, SnapshotError> {
    let (_, _, source) = texts.name(snap, &place.revision_id)?;
    if !texts.of_source(snap, &source)?.answered {
        return Ok(Vec::new());
    }
    let table = snap.passages(&place.revision_id)?;
    let Some((first, _)) = table.passage_at(place.start as u64) else { return Ok(Vec::new()) };
    let last = table.passage_at(place.end.max(place.start + 1) as u64 - 1).map_or(first, |p| p.0);
    let mut out = Vec::new();
    for entry in &table.entries()[first..=last] {
        for held in snap.corrections_in(&entry.digest)? {
            let Some(selector) = &held.record.selector else { continue };
            let Some(at) = snap.selected(selector)? else { continue };
            let name = snap.short_id(Kind::Correction, &held.id)?;
            if at.start < place.end && place.start < at.end && !out.contains(&name) {
                out.push(name);
            }
        }
    }
    Ok(out)
}

fn cite(snap: &Snapshot<'_>, place: &CitedPlace) -> Result<String, SnapshotError> {
    let revision = snap.get(&place.revision_id)?.record;
    let source: Held<Source> = snap.current(&revision.source)?;
    let creators: Vec<String> =
        source.record.creators.iter().map(|c| snap.agent_name(c)).collect::<Result<_, _>>()?;
    let lines = match place.lines {
        [a, b] if a == b => format!("line {a}"),
        [a, b] => format!("lines {a}-{b}"),
    };
    let named = match revision.text.sha256 {
        Some(d) => format!("sha256:{}", d.short(16)),
        None => format!("passage root {}", revision.text.root.short(16)),
    };
    Ok(format!(
        "{}. {}, {}, {lines}, {named}.",
        creators.join(", "),
        source.record.title,
        place.revision
    ))
}
