//! `add`: a new source, or a new edition of one.

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::{Digest, Id, commitment};
use crate::import::{self, ImportError};
use crate::index::{Held, Snapshot};
use crate::model::{
    Agent, Holding, KeyRole, Kind, Nature, Received, Revision, Source, SourceType, TextState, When,
};
use crate::sign::PublicKey;
use crate::store::ContentFile;
use crate::text::{PassageTable, View};

use super::address::is_siglum;
use super::archive::Archive;
use super::batch::Batch;
use super::{Context, DeskError, people};

/// A text to be added.
#[derive(Debug, Clone, Default)]
pub struct AddDraft {
    /// The file's bytes, as they are.
    pub bytes: Vec<u8>,
    /// Where they came from, for messages.
    pub name: String,
    /// The siglum of the source; a known one gets a new edition.
    pub siglum: String,
    /// Title of a new source; the file's name when absent.
    pub title: Option<String>,
    /// What sort of document.
    pub r#type: Option<SourceType>,
    /// Names of its creators.
    pub by: Vec<String>,
    /// OpenSSH public key of the first creator, to be recorded as an author's key.
    pub author_key: Option<String>,
    /// Date as told.
    pub date: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Rights as stated.
    pub rights: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Name of the edition.
    pub edition: Option<String>,
    /// Whose words it holds; `received` when absent.
    pub nature: Option<Nature>,
    /// Encoding to decode from, when the bytes are not UTF-8.
    pub encoding: Option<String>,
    /// The text is not published: it is named by salted commitments.
    pub private: bool,
    /// Digests and places are recorded, the text itself is not supplied.
    pub withheld: bool,
    /// Nothing is written.
    pub dry_run: bool,
}

/// What was added.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AddAnswer {
    /// Siglum of the source.
    pub source: String,
    /// Id of the source.
    pub source_id: Id<Source>,
    /// The new revision, `M@1`.
    pub revision: String,
    /// Its id.
    pub revision_id: Id<Revision>,
    /// SHA-256 of the bytes; null for a private text.
    pub sha256: Option<Digest>,
    /// Salted commitment to a private text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Digest>,
    /// Root of the hash tree over its passages.
    pub root: Digest,
    /// Length in bytes.
    pub bytes: u64,
    /// Words (runs of non-space characters after broken words are joined).
    pub words: usize,
    /// Passages.
    pub passages: usize,
    /// Lines as stored.
    pub lines: usize,
    /// Line ends where a word is broken; the reading text joins them.
    pub broken_words: usize,
    /// The encoding that was decoded, when the bytes were not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Nothing was written.
    pub dry_run: bool,
}

struct Text {
    text: String,
    received: Option<(String, Vec<u8>)>,
}

/// Adds a text: its exact bytes, its passage table, its revision, and where
/// new its source and creators.
///
/// # Errors
/// When the bytes are no text (empty, NUL, not UTF-8: with the place and the
/// encoding they seem to have), the siglum cannot be one, or the same bytes
/// are there already.
pub fn add(
    archive: &mut Archive,
    draft: &AddDraft,
    context: &Context,
) -> Result<AddAnswer, DeskError> {
    if !is_siglum(&draft.siglum) {
        return Err(not_a_siglum(&draft.siglum));
    }
    let text = read(draft)?;
    let author_key = draft
        .author_key
        .as_deref()
        .map(|line| {
            PublicKey::from_openssh(line).map_err(|e| {
                DeskError::usage("author-key", format!("the author's key cannot be read: {e}"))
            })
        })
        .transpose()?;
    if author_key.is_some() && draft.by.is_empty() {
        return Err(DeskError::usage("author-key", "an author's key needs an author")
            .hint("name the author: --by NAME"));
    }
    // Counting the words takes a reading view, which takes as long as all the
    // rest: nothing that is recorded depends on it, so it is done beside.
    let (answer, counted) = std::thread::scope(|scope| {
        let counting = scope.spawn(|| Counted::of(&text.text));
        let answer = record(archive, draft, context, &text, author_key.as_ref());
        (answer, counting.join().unwrap_or_else(|p| std::panic::resume_unwind(p)))
    });
    let mut answer = answer?;
    (answer.words, answer.broken_words, answer.lines) =
        (counted.words, counted.broken_words, counted.lines);
    if draft.withheld && !draft.dry_run {
        archive.store.attach(text.text.as_bytes())?;
    }
    Ok(answer)
}

/// What a reader would count in a text.
struct Counted {
    words: usize,
    broken_words: usize,
    lines: usize,
}

impl Counted {
    fn of(text: &str) -> Self {
        let view = View::new(text.into());
        let words = view.words().iter();
        Self {
            words: words.clone().filter(|w| !w.layout).count(),
            broken_words: words.filter(|w| w.broken).count(),
            lines: view.lines().count(),
        }
    }
}

/// Puts the text into the archive; what is counted is left at 0.
fn record(
    archive: &mut Archive,
    draft: &AddDraft,
    context: &Context,
    text: &Text,
    author_key: Option<&PublicKey>,
) -> Result<AddAnswer, DeskError> {
    let (table, sha256) = (PassageTable::of(&text.text), Digest::of(text.text.as_bytes()));
    let (answer, _) = archive.write(context, draft.dry_run, |snap, batch| {
        let actor = people::actor(snap, context)?;
        let known = snap.source_called(&draft.siglum)?;
        let (table, sha256) = (&table, &sha256);
        let before = match &known {
            Some(s) => Before::of(snap, &s.id, table, sha256)?,
            None => Before::default(),
        };
        if let Some(n) = before.same {
            return Err(DeskError::refused(
                "already-there",
                format!(
                    "{} has the same SHA-256 as {}@{n}: nothing was added",
                    draft.name, draft.siglum,
                ),
            )
            .hint(format!("variorum show {}@{n}", draft.siglum)));
        }
        let source = match known {
            Some(s) => {
                unchanged_description(draft, &s)?;
                s.id
            }
            None => new_source(snap, batch, draft, &actor.id)?,
        };
        let creator = match draft.by.first() {
            Some(name) => Some(people::named_or_new(snap, batch, name, &actor.id)?),
            None => None,
        };
        if let (Some(public), Some(holder)) = (author_key, &creator) {
            people::record_key(batch, &actor.id, holder, public, &[KeyRole::Author])?;
        }
        let (state, passages) = store_text(batch, draft, &text.text, table, sha256);
        let received = text.received.as_ref().map(|(encoding, bytes)| Received {
            encoding: encoding.clone(),
            content: if draft.private {
                batch.salted(bytes.clone())
            } else {
                batch.plain(bytes.clone())
            },
        });
        let parent = before.newest(draft.nature);
        let revision = batch.record(Revision {
            origin: batch.origin.clone(),
            maker: Some(actor.id),
            key: None,
            time: batch.now,
            nonce: Some(batch.context().nonce()),
            source,
            parent,
            nature: draft.nature.unwrap_or(Nature::Received),
            issuer: None,
            label: draft.edition.clone(),
            date: draft.date.clone().filter(|_| before.count > 0),
            url: draft.url.clone(),
            adopts: Vec::new(),
            text: state.clone(),
            edits: None,
            received,
            withheld: draft.withheld,
        })?;
        Ok(AddAnswer {
            source: draft.siglum.clone(),
            source_id: source,
            revision: format!("{}@{}", draft.siglum, before.count + 1),
            revision_id: revision,
            sha256: state.sha256,
            commitment: state.commitment,
            root: state.root,
            bytes: state.bytes,
            words: 0,
            passages,
            lines: 0,
            broken_words: 0,
            encoding: text.received.as_ref().map(|(e, _)| e.clone()),
            dry_run: draft.dry_run,
        })
    })?;
    Ok(answer)
}

/// The revisions that a source has.
#[derive(Default)]
struct Before {
    /// How many.
    count: usize,
    /// The number of one that has the same bytes.
    same: Option<usize>,
    /// Those with a record of their own, and the last of each history: number,
    /// id and nature.
    lines: Vec<(usize, Id<Revision>, Nature)>,
}

impl Before {
    fn of(
        snap: &Snapshot<'_>,
        source: &Id<Source>,
        table: &PassageTable,
        sha256: &Digest,
    ) -> Result<Self, DeskError> {
        let mut out = Self { count: snap.revision_count(source)?, ..Self::default() };
        for (number, held) in snap.recorded_revisions(source)? {
            if held.record.text.sha256.as_ref() == Some(sha256) {
                out.same.get_or_insert(number);
            }
            out.lines.push((number, held.id, held.record.nature));
        }
        let histories = snap.histories_of(source)?;
        let root = if histories.is_empty() { None } else { Some(table.root()) };
        for (first, inside) in histories {
            let numbers = inside.record.first()..=inside.last();
            // Roots are equal exactly where the bytes are.
            let same = (first..).zip(numbers).find(|(_, n)| Some(inside.root(*n)) == root);
            out.same = out.same.or(same.map(|(number, _)| number));
            let last = first + (inside.last() - inside.record.first()) as usize;
            out.lines.push((last, inside.id_of(inside.last()), inside.record.nature));
        }
        out.lines.sort_by_key(|(number, ..)| *number);
        Ok(out)
    }

    /// A further edition follows the newest one of the same line: an
    /// alternative begins a line of its own.
    fn newest(&self, nature: Option<Nature>) -> Option<Id<Revision>> {
        let line = |l: &&(usize, Id<Revision>, Nature)| match nature {
            Some(Nature::Alternative) => true,
            _ => l.2 != Nature::Alternative,
        };
        self.lines.iter().rfind(line).or(self.lines.last()).map(|l| l.1)
    }
}

/// The text of a draft.
pub(super) fn text_of(draft: &AddDraft) -> Result<String, DeskError> {
    if !is_siglum(&draft.siglum) {
        return Err(not_a_siglum(&draft.siglum));
    }
    Ok(read(draft)?.text)
}

fn not_a_siglum(siglum: &str) -> DeskError {
    DeskError::usage("siglum", format!("{siglum:?} cannot be a siglum"))
        .hint("a siglum is a letter, then letters, digits, `.`, `_` or `-`, at most 32: M, Kaz2015, App-9")
}

fn read(draft: &AddDraft) -> Result<Text, DeskError> {
    if let Some(label) = &draft.encoding {
        let decoded = import::decode(&draft.bytes, label).map_err(|e| import_error(e, draft))?;
        return Ok(Text {
            text: decoded.text,
            received: Some((decoded.encoding.to_string(), draft.bytes.clone())),
        });
    }
    let imported = import::read_text(&draft.bytes).map_err(|e| import_error(e, draft))?;
    Ok(Text { text: imported.text.to_string(), received: None })
}

fn import_error(e: ImportError, draft: &AddDraft) -> DeskError {
    let (guess, other_encoding) = match &e {
        ImportError::NotUtf8 { guess, .. } | ImportError::Nul { guess, .. } => (*guess, false),
        ImportError::UnknownEncoding(_)
        | ImportError::NotInEncoding { .. }
        | ImportError::Unsupported(_) => (None, true),
        _ => (None, false),
    };
    let error = DeskError::usage("not-a-text", format!("{}: {e}", draft.name));
    match guess {
        Some(g) => {
            let label = g.to_lowercase();
            error.hint(format!("to decode it, keep the bytes as they came and record the encoding: add --encoding {label}"))
        }
        None if other_encoding => error
            .hint("name the encoding that it is in: --encoding LABEL, or save the file as UTF-8"),
        None => error
            .hint("only texts can be added; anything else can be sent as evidence with a reply"),
    }
}

fn unchanged_description(draft: &AddDraft, source: &Held<Source>) -> Result<(), DeskError> {
    match &draft.title {
        Some(t) if *t != source.record.title => Err(DeskError::refused(
            "source-known",
            format!("{} is already the siglum of “{}”", draft.siglum, source.record.title),
        )
        .hint("choose another siglum, or leave --title out to add a new edition of it")),
        _ => Ok(()),
    }
}

pub(super) fn new_source(
    snap: &Snapshot<'_>,
    batch: &mut Batch<'_>,
    draft: &AddDraft,
    actor: &Id<Agent>,
) -> Result<Id<Source>, DeskError> {
    let folded = draft.siglum.to_lowercase();
    if let Some(other) = snap
        .rows(Kind::Source, None)?
        .iter()
        .filter_map(|r| r.called.as_ref())
        .find(|s| s.to_lowercase() == folded)
    {
        return Err(DeskError::refused(
            "siglum-taken",
            format!("the siglum {} differs from {other} in case only", draft.siglum),
        )
        .hint("choose a siglum that can be told apart aloud"));
    }
    let mut creators = Vec::new();
    for name in &draft.by {
        creators.push(people::named_or_new(snap, batch, name, actor)?);
    }
    batch.record(Source {
        origin: batch.origin.clone(),
        maker: Some(*actor),
        key: None,
        time: batch.now,
        nonce: Some(batch.context().nonce()),
        siglum: draft.siglum.clone(),
        title: draft.title.clone().unwrap_or_else(|| draft.name.clone()),
        r#type: draft.r#type.unwrap_or(SourceType::Other),
        holding: if draft.withheld { Holding::Withheld } else { Holding::Held },
        creators,
        date: draft.date.as_deref().map(When::typed),
        language: draft.language.clone(),
        rights: draft.rights.clone(),
        url: draft.url.clone(),
        parent: None,
    })
}

/// Puts the text and its passage table into the batch.
fn store_text(
    batch: &mut Batch<'_>,
    draft: &AddDraft,
    text: &str,
    table: &PassageTable,
    sha256: &Digest,
) -> (TextState, usize) {
    let bytes = text.len() as u64;
    if draft.private {
        let salt = batch.context().salt();
        let name = commitment(&salt, text.as_bytes());
        let table = PassageTable::salted(text, &salt);
        batch.contents.push(ContentFile {
            name,
            bytes: text.as_bytes().to_vec(),
            salt: Some(salt),
        });
        let passages = batch.plain(table.to_bytes()).name;
        let state = TextState {
            bytes,
            sha256: None,
            commitment: Some(name),
            root: table.root(),
            passages: Some(passages),
        };
        return (state, table.entries().len());
    }
    if !draft.withheld {
        batch.contents.push(ContentFile {
            name: *sha256,
            bytes: text.as_bytes().to_vec(),
            salt: None,
        });
    }
    let passages = batch.plain(table.to_bytes()).name;
    let state = TextState {
        bytes,
        sha256: Some(*sha256),
        commitment: None,
        root: table.root(),
        passages: Some(passages),
    };
    (state, table.entries().len())
}
