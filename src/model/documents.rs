//! What a source is made of, and the sheets of paper behind it: parts, copies,
//! ink signatures, who had what to do with a document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::head::record;
use super::{
    Agent, Citation, Compared, CopyForm, Genre, Holding, InkState, ResponsibilityRole, Source,
    When, WordingKnown,
};
use crate::digest::{Any, Id};

record! {
    /// A span of a source with a maker, date and genre of its own (RiC Record
    /// Part).
    Part {
        /// The source it is a part of.
        source: Id<Source>,
        /// Its name in the source: `App9` is cited as `M/App9`.
        name: String,
        /// Its heading, or a short description.
        title: String,
        /// What sort of piece it is.
        genre: Genre,
        /// How much of it is here; a caption may be all.
        holding: Holding,
        /// Where it stands.
        at: Citation,
        /// Who made it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        creators: Vec<Id<Agent>>,
        /// To whom it was addressed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        addressees: Vec<Id<Agent>>,
        /// When it was made.
        #[serde(skip_serializing_if = "Option::is_none")]
        date: Option<When>,
        /// Language tag (BCP 47), where it is not the source's.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        /// Where it was published before.
        #[serde(skip_serializing_if = "Option::is_none")]
        venue: Option<String>,
        /// When it was published there.
        #[serde(skip_serializing_if = "Option::is_none")]
        published: Option<When>,
        /// Through whom it came into the source.
        #[serde(skip_serializing_if = "Option::is_none")]
        transmitter: Option<Id<Agent>>,
        /// Anything else, in a line.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// The description that this one replaces.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Id<Part>>,
    }
}

record! {
    /// One sheet or copy of a document (RiC Instantiation, LRMoo Item).
    Copy {
        /// Short name for addresses, `copy/…`.
        name: String,
        /// The document it is a copy of: a part or a source.
        document: Id<Any>,
        /// What it is, in a line.
        title: String,
        /// What sort of sheet.
        form: CopyForm,
        /// How much of it is here.
        holding: Holding,
        /// The part or source whose words it bears.
        #[serde(skip_serializing_if = "Option::is_none")]
        wording: Option<Id<Any>>,
        /// Whether that is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        wording_known: Option<WordingKnown>,
        /// Copies said to be identical with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        counterparts: Vec<Counterpart>,
        /// Marks on this copy alone.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<InkMark>,
        /// Where it is told of.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        at: Vec<Citation>,
        /// Anything else, in a line.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// The description that this one replaces.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Id<Copy>>,
    }
}

/// A copy said to be identical with another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counterpart {
    /// Name of the other copy.
    pub copy: String,
    /// Who says that they are identical.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed_by: Option<Id<Agent>>,
    /// Whether they were compared.
    pub compared: Compared,
    /// Where it is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<Citation>,
}

/// A mark on one copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InkMark {
    /// What it is.
    pub what: String,
    /// Where on the sheet, as told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Where it is told of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<Citation>,
}

record! {
    /// A signature in ink on a copy and a wording (CIDOC E7, P14.1).
    Signature {
        /// The copy, or the document where no copy is told of.
        of: Id<Any>,
        /// Who.
        agent: Id<Agent>,
        /// What became of it.
        state: InkState,
        /// In whose name.
        #[serde(skip_serializing_if = "Option::is_none")]
        in_name_of: Option<Id<Agent>>,
        /// In what capacity, as worded.
        #[serde(skip_serializing_if = "Option::is_none")]
        capacity: Option<String>,
        /// Where.
        #[serde(skip_serializing_if = "Option::is_none")]
        place: Option<Id<Place>>,
        /// When.
        #[serde(skip_serializing_if = "Option::is_none")]
        date: Option<When>,
        /// With which reservation.
        #[serde(skip_serializing_if = "Option::is_none")]
        reservation: Option<String>,
        /// Under which wording, where it is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        wording: Option<Id<Any>>,
        /// Where it is told of.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        at: Vec<Citation>,
    }
}

record! {
    /// What somebody had to do with a document (RiC, MARC relators).
    Responsibility {
        /// The document or copy.
        of: Id<Any>,
        /// Who.
        agent: Id<Agent>,
        /// What he or she did.
        role: ResponsibilityRole,
        /// In whose name.
        #[serde(skip_serializing_if = "Option::is_none")]
        in_name_of: Option<Id<Agent>>,
        /// When.
        #[serde(skip_serializing_if = "Option::is_none")]
        date: Option<When>,
        /// Where it is told of.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        at: Vec<Citation>,
    }
}

record! {
    /// A place with its names, each with the party and time that uses it
    /// (CIDOC E53).
    Place {
        /// The name to show: all parties' usages where the name is disputed.
        name: String,
        /// Its names.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        names: Vec<PlaceName>,
        /// The place it lies in.
        #[serde(skip_serializing_if = "Option::is_none")]
        within: Option<Id<Place>>,
        /// Anything else, in a line.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// The description that this one replaces.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Id<Place>>,
    }
}

/// One name of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceName {
    /// The name as spelled.
    pub name: String,
    /// Whose word it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<Id<Agent>>,
    /// Since when, in words or EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Where it is so called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<Citation>,
}
