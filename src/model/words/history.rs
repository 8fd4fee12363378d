//! The vocabularies of what texts tell: events, questions, claims, documents
//! and their copies, and what persons judge of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::{UnknownWord, words};

words! {
    /// What sort of piece of a source a part is.
    Genre {
        /// A chapter of a book.
        Chapter = "chapter",
        /// A printed article.
        Article = "article",
        /// Questions and answers, also retold.
        Interview = "interview",
        /// A letter.
        Letter = "letter",
        /// A speech.
        Speech = "speech",
        /// A document of another sort.
        Document = "document",
        /// A public statement.
        Statement = "statement",
        /// What parties signed or were to sign.
        Agreement = "agreement",
        /// A note for somebody's own office.
        Memo = "memo",
        /// A list of dated happenings.
        Chronicle = "chronicle",
        /// Captions of pictures or documents.
        Captions = "captions",
        /// Notes at the end.
        Endnotes = "endnotes",
        /// Other notes.
        Notes = "notes",
        /// What stands before the text proper.
        Preface = "preface",
        /// A list.
        List = "list",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// What sheet a copy is.
    CopyForm {
        /// The sheet that was signed or written.
        Original = "original",
        /// A photograph or scan.
        Facsimile = "facsimile",
        /// Typed anew.
        Retyped = "retyped",
        /// Printed in a book or paper.
        Printed = "printed",
        /// A telefax.
        Fax = "fax",
        /// A picture of it.
        Photo = "photo",
        /// Not said.
        NotSaid = "not said",
    }
}

words! {
    /// Whether it is known which wording a copy bears.
    WordingKnown {
        /// Known.
        Yes = "yes",
        /// Known in part.
        Partly = "partly",
        /// Not known.
        No = "no",
    }
}

words! {
    /// Whether two things said to be the same were compared.
    Compared {
        /// Compared.
        Yes = "yes",
        /// Not compared, though both are here.
        No = "no",
        /// One of them is not here, so it cannot be done.
        NotHeld = "not held",
    }
}

words! {
    /// What a question is about (CRMinf I4). The last three are interpretation.
    Facet {
        /// Whether there was such a thing.
        Existence = "existence",
        /// Whether two things or persons are one.
        Identity = "identity",
        /// When.
        Date = "date",
        /// Where.
        Place = "place",
        /// Who.
        Actor = "actor",
        /// How many.
        Number = "number",
        /// What the words were.
        Wording = "wording",
        /// Whether somebody said so.
        Said = "said",
        /// Whether and how it was signed.
        Signature = "signature",
        /// In what capacity somebody acted.
        Capacity = "capacity",
        /// Who wrote it.
        Authorship = "authorship",
        /// How it came down.
        Transmission = "transmission",
        /// What force or effect it had.
        Effect = "effect",
        /// Whose fault it was.
        Blame = "blame",
        /// Why somebody did it.
        Motive = "motive",
        /// What it meant.
        Meaning = "meaning",
    }
}

words! {
    /// How a text stands to the value that a claim gives.
    Stance {
        /// Says that it is so.
        Asserts = "asserts",
        /// Says that it is not so.
        Denies = "denies",
        /// Passes on that somebody says so.
        Reports = "reports",
        /// Gives another's words for it.
        Quotes = "quotes",
        /// Takes it for granted without saying so.
        Implies = "implies",
        /// Calls it doubtful.
        Doubts = "doubts",
        /// Takes back what the same side had said.
        Disowns = "disowns",
        /// Says that it is not known to the teller.
        DoesNotKnow = "does not know",
        /// Says that the question is wrongly put.
        Rejects = "rejects the question",
    }
}

words! {
    /// How sure, or in what mood, something is told.
    Modality {
        /// As a fact.
        Certain = "certain",
        /// As probable.
        Probable = "probable",
        /// As possible.
        Possible = "possible",
        /// As planned or agreed for the future.
        Planned = "planned",
        /// As what ought to be.
        Ought = "ought",
    }
}

words! {
    /// Whose voice tells.
    Voice {
        /// The teller's own words.
        Direct = "direct",
        /// A document's words, printed by somebody else.
        ViaDocument = "via document",
        /// As somebody else reports the teller.
        ReportedBy = "reported by",
    }
}

words! {
    /// How the words passed from speaker to reporter.
    Medium {
        /// Face to face.
        InPerson = "in person",
        /// By telephone.
        Telephone = "telephone",
        /// By telefax.
        Fax = "fax",
        /// In the press.
        Press = "press",
        /// In a letter.
        Letter = "letter",
        /// In a book.
        Book = "book",
        /// Not said.
        NotSaid = "not said",
    }
}

words! {
    /// What a date is the date of.
    DateRole {
        /// When it happened.
        Happened = "happened",
        /// When it was agreed.
        Agreed = "agreed",
        /// The date on the paper.
        Borne = "borne",
        /// When it was signed.
        Signed = "signed",
        /// When it was sent.
        Sent = "sent",
        /// When it was received.
        Received = "received",
        /// From when it was in force.
        InForce = "in force",
        /// Until when it was in force.
        Until = "until",
        /// When it was published.
        Published = "published",
        /// When it was told.
        Told = "told",
    }
}

words! {
    /// A component of a date that its line does not give.
    DateComponent {
        /// The year.
        Year = "year",
        /// The month.
        Month = "month",
        /// The day.
        Day = "day",
        /// The hour.
        Hour = "hour",
        /// The zone.
        Zone = "zone",
    }
}

words! {
    /// What sort of judgement an assessment is.
    AssessmentKind {
        /// Of what sort a difference is.
        Difference = "difference",
        /// One telling depends on another.
        Dependence = "dependence",
        /// Whether tellings are independent.
        Independence = "independence",
        /// Where the question stands.
        Outcome = "outcome",
        /// That a text is silent.
        Silence = "silence",
    }
}

words! {
    /// What an assessment finds.
    Judgement {
        /// They differ in translation.
        Translation = "translation",
        /// They speak of more or less.
        Scope = "scope",
        /// They differ in rounding.
        Rounding = "rounding",
        /// They differ in how sure or bound they are.
        Modality = "modality",
        /// They speak of different things.
        Object = "object",
        /// They differ in fact.
        Fact = "fact",
        /// They name the same thing otherwise.
        Naming = "naming",
        /// Dependent.
        Dependent = "dependent",
        /// Independent.
        Independent = "independent",
        /// Not examined.
        NotExamined = "not examined",
        /// It cannot be decided.
        Undecidable = "undecidable",
        /// It is left to the readers.
        LeftToReaders = "left to readers",
        /// It is open.
        Open = "open",
        /// The tellings agree.
        Agreed = "agreed",
        /// The text is silent.
        Silent = "silent",
    }
}

words! {
    /// What one thing has to do with another.
    RelationKind {
        /// Quotes it.
        Quotes = "quotes",
        /// Repeats it without saying so.
        Copies = "copies",
        /// Translates it.
        Translates = "translates",
        /// Was made from it.
        DerivesFrom = "derives from",
        /// Points to it.
        Cites = "cites",
        /// Answers it.
        RepliesTo = "replies to",
        /// Tells the same event.
        SameEvent = "same event",
    }
}

words! {
    /// How a citation names its target.
    Scheme {
        /// By page of print.
        PrintedPage = "printed page",
        /// By number of a document.
        DocumentNumber = "document number",
        /// By line.
        Line = "line",
        /// By title.
        Title = "title",
        /// Otherwise.
        Other = "other",
    }
}

words! {
    /// To how many things a citation leads.
    Targets {
        /// To one.
        One = "one",
        /// To several.
        Several = "several",
        /// To none.
        None = "none",
    }
}

words! {
    /// How far what is cited bears out what cites it.
    Support {
        /// Fully.
        Fully = "fully",
        /// In part.
        Partly = "partly",
        /// The citing text says more than the cited one.
        SaysMore = "says more",
        /// Not checked.
        NotChecked = "not checked",
    }
}

words! {
    /// What became of an ink signature.
    InkState {
        /// It was signed.
        Signed = "signed",
        /// Signing was refused.
        Refused = "refused",
        /// The name stands there without a signature.
        NameOnly = "name only",
        /// It was signed later than by the others.
        AccededLater = "acceded later",
        /// Somebody signed for him or her.
        ForAnother = "for another",
        /// The signature was taken back.
        Withdrawn = "withdrawn",
        /// It was not signed.
        NotSigned = "not signed",
    }
}

words! {
    /// What somebody had to do with a document (MARC relators).
    ResponsibilityRole {
        /// Wrote the draft.
        Drafted = "drafted",
        /// Signed.
        Signed = "signed",
        /// Brought it.
        Carried = "carried",
        /// Translated it.
        Translated = "translated",
        /// Typed it anew.
        Retyped = "retyped",
        /// Issued it.
        Issued = "issued",
        /// It was addressed to him or her.
        Addressed = "addressed",
        /// It was made in his or her name.
        InTheNameOf = "in the name of",
    }
}

words! {
    /// In which form of a text something was looked for.
    SearchView {
        /// In the reading text.
        Reading = "reading",
        /// In the bytes as stored.
        Raw = "raw",
    }
}

words! {
    /// Who looked.
    SearchedBy {
        /// A program: the count can be made again.
        Machine = "machine",
        /// A person, reading.
        Eye = "eye",
    }
}

impl Facet {
    /// Whether an answer is interpretation rather than something that can be
    /// checked.
    pub fn is_interpretation(self) -> bool {
        matches!(self, Facet::Blame | Facet::Motive | Facet::Meaning)
    }
}

impl Stance {
    /// Whether the text gives the value as so.
    pub fn is_for(self) -> bool {
        matches!(self, Stance::Asserts | Stance::Reports | Stance::Quotes | Stance::Implies)
    }

    /// Whether the text speaks against the value.
    pub fn is_against(self) -> bool {
        matches!(self, Stance::Denies | Stance::Doubts | Stance::Disowns)
    }
}
