//! The audit of a question: every telling of it with its proof, what differs,
//! how many origins there can be at most, what was looked for and not found,
//! and what all of it does not show. Claims stand in the order in which they
//! were told; nothing is ranked, counted up or decided.

mod claim;
mod differences;
mod holdings;
mod origins;
mod places;
#[cfg(test)]
pub(crate) mod samples;
mod searched;
mod sentences;
mod whole;

pub use claim::{
    AuditClaim, AuditEvidence, AuditLink, AuditSignature, Checked, Writer, signatures,
    values_in_words,
};

pub use differences::{Difference, Group, State};

pub use holdings::{Custody, NotHeld};

pub use origins::Origins;

pub use places::{CitedPlace, PlaceCheck, PrintedPage, Texts};
pub use searched::{AuditAssessment, AuditSearch};
pub use sentences::{
    Assessed, Dependence, DoesNotShow, NotExamined, Shows, ToldValue, ToldValues, WordingUnknown,
};
pub use whole::{AuditQuestion, QuestionAudit, audit_question};
