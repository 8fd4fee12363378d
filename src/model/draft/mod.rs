//! Drafts: what an editor writes by hand, one readable table an item, from
//! which records are made (`variorum apply`). Names stand where records have
//! ids. A draft has no one spelling; comments and order are the editor's.

mod file;
mod item;
mod items;
#[cfg(test)]
mod tests;
mod values;

pub use file::{Draft, DraftError, Header, line_of};
pub use item::Item;
pub use items::{
    AccountItem, AgentItem, AssessmentItem, ChainItem, ClaimItem, CopyItem, CorrectionItem,
    CounterpartItem, EventItem, EvidenceItem, MarkItem, PartItem, PlaceItem, PlaceNameItem,
    QuestionItem, RelationItem, ResponsibilityItem, RoleItem, SearchItem, SignatureItem,
    SourceItem, SpellingItem,
};
pub use values::{At, SuppliedItem, ValueItem, WhenItem, WhenTable};
