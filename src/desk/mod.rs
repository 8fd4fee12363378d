//! One function per human intention: plain data in, plain data out, the rules
//! in between. Main types: [`Archive`], [`Context`], [`DeskError`], a draft and
//! an answer per intention, and the JSON [`Envelope`]. It never looks at the
//! clock, the environment or a terminal.

mod add;
mod address;
mod align;
mod align_table;
mod aligned;
mod apply;
mod archive;
mod at_hand;
mod attach;
mod audit;
mod batch;
mod cite;
mod collation;
mod context;
mod copies;
mod decide;
mod diff;
mod enter;
mod envelope;
mod error;
mod event;
mod examine;
mod export;
mod first;
mod foreign;
mod form;
mod history;
mod inbox;
mod init;
mod intake;
mod list;
mod locate;
mod log;
mod marked;
mod notes;
mod past;
mod people;
mod place;
mod printed;
mod quotations;
mod quoted;
mod reader;
mod reading;
mod receipt;
mod resolve;
mod reused;
mod schema;
mod serve;
mod show;
mod site;
mod status;
mod submit;
mod summary;
mod timeline;
mod trouble;
mod undo;
mod verify;
mod who;

pub use crate::audit::question::{AuditClaim, AuditSignature, PlaceCheck, QuestionAudit, State};
pub use crate::collate::{RowKind, TypographicKind};
pub use crate::dates::Timestamp;
pub use crate::digest::Digest;
pub use crate::examine::{OddityCode, QuotationVerdict};
pub use crate::model::draft::{At, ClaimItem, EventItem, QuestionItem, ValueItem, WhenItem};
pub use crate::model::{
    CorrectionType, Facet, Finding, HowKnown, Kind, Nature, RelationToReplier, RelationToText,
    SourceType, Stance, Verdict, Voice,
};
pub use add::{AddAnswer, AddDraft, add};
pub use align::{AlignSide, align, different_languages};
pub use align_table::AlignRow;
pub use aligned::{
    AlignAnswer, AlignCounts, AlignedPair, AlignedSpan, How as AlignHow, NotAligned,
};
pub use apply::{Applied, ApplyAnswer, DraftFile, apply};
pub use archive::{Archive, Progress};
pub use at_hand::{AtHand, ComparedText, PlaceIn};
pub use attach::{AttachAnswer, attach, keep_text};
pub use audit::{AuditAnswer, ByHand, ByHandWhy, LogState, audit, provenance};
pub use cite::{CiteAnswer, cite};
pub use collation::{
    CollationAnswer, CollationCell, CollationRow, CollationShape, CollationStats,
    Entry as CollationEntry, EntryReading, Witness, collation,
};
pub use context::{Context, seed_for_tests};
pub use copies::{CopiesAnswer, ShownCopy, compare_copies};
pub use decide::{DecideAnswer, DecideDraft, decide};
pub use diff::{
    DiffAnswer, DiffChange, DiffChanges, DiffLayer, DiffSpan, DiffStats, DiffText, DiffTypographic,
    Kind as DiffKind, PlainSide, Side, diff, diff_passages,
};
pub use enter::{Entry, enter};
pub use envelope::{Envelope, Made, Trouble};
pub use error::{Class, DeskError};
pub use event::{
    AskedQuestion, Cell, Column, CompareAnswer, CompareRow, EventAnswer, ShownAccount, Speaker,
    compare_event, event,
};
pub use examine::{Chosen, ExamineAnswer, ExamineDraft, FoundOddity, OddityCount, examine};
pub use export::{ExportAnswer, export_plain};
pub use first::first;
pub use form::{blank_form, form_for, read_form};
pub use history::{ImportAnswer, ImportDraft, import_edits};
pub use inbox::{Group, InboxAnswer, PlaceNow, inbox};
pub use init::{InitAnswer, InitDraft, init};
pub use intake::{
    Arrivals, Attempts, CONTACT_LIMIT, Challenge, Challenges, Contact, DeskView, DiscardAnswer,
    EVIDENCE_FILES, Editor, EvidenceHere, HANDED_LIMIT, HOLD_AT, Handed, HeldAnswer,
    HeldBackAnswer, HeldReply, HeldShape, HoldRule, LOGIN_NAMESPACE, PASSWORD_LEAST,
    PasswordAnswer, ReleaseAnswer, Secret, Session, Sessions, Sign, SignKind, SimilarReply, Taken,
    WORDS_LIMIT, as_seen, at_the_desk, claim_place, contact, decide_all, discard_held,
    evidence_file, evidence_of, held, log_in, plain_name, release_held, same, set_password,
    signs_of_program, similar_replies, stage, staged, take, take_from_program, weight,
};
pub use list::{
    ListAnswer, ListItem, Listed, ListedAgent, ListedClaim, ListedNamed, ListedRevision,
    ListedText, list,
};
pub use locate::{
    Asked, Located, LocatedCandidate, Outcome, Quotations, Searched, SettledBy, Sought, seek,
};
pub use log::{LogAnswer, LogDraft, LogItem, log};
pub use marked::{Fate, MarkedPassage, MarkedPiece};
pub use notes::{Anchoring, Answered, Note};
pub use past::{
    FirstAnswer, FirstSeen, Past, PastRevision, PastSpan, PastText, PastTotal, PastWho, Until,
    WikiPage, past_line, phrase_line,
};
pub use place::Place;
pub use printed::PrintedPages;
pub use quotations::locate_batch;
pub use quoted::{AttributedTo, CheckedQuote, QuotationsAnswer, VerdictCount, check_quotations};
pub use reader::Reader;
pub use reading::{
    Book, Chapter, CitedHere, Earlier, EarlierWords, Paragraph, Revised, RevisedWords,
    Style as ParagraphStyle,
};
pub use receipt::{ReceiptAnswer, receipt};
pub use reused::{ReadOtherwise, ReusedAgain, ReusedAnswer, ReusedPassage, reused};
pub use schema::{schema, schema_names};
pub use serve::{HealthAnswer, ServeAnswer, ServeDraft};
pub use show::{
    Mark, ShowAnswer, ShownCorrection, ShownReceipt, ShownRecord, ShownText, WithNotes, show,
};
pub use site::SiteAnswer;
pub use status::{StatusAnswer, status};
pub use submit::{
    EVIDENCE_LIMIT, EvidenceFile, Similar, SubmitAnswer, SubmitDraft, submit, submit_all,
    submit_each,
};
pub use summary::Summary;
pub use timeline::{Dated, TimelineAnswer, TimelineDraft, timeline};
pub use undo::{LastDecision, UndoAnswer, UndoDraft, last_decisions, undo};
pub use verify::{Checked, VerifiedReceipt, VerifyAnswer, VerifyDraft, verify};
pub use who::{WhoAnswer, WhoBasis, WhoSpan, WhoTotal, who};
