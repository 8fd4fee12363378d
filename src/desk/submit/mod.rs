//! `submit`: readers' replies, with their receipts. [`SubmitDraft`] is handed
//! in, [`submit`] or [`submit_all`] finds the words it answers and records it,
//! [`SubmitAnswer`] comes back.

mod draft;
mod receive;
mod subject;

pub use draft::{EVIDENCE_LIMIT, EvidenceFile, SubmitDraft};
pub use receive::{SubmitAnswer, submit, submit_all, submit_each};
pub use subject::Similar;
pub(super) use subject::similar_to;
