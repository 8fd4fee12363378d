//! The vocabularies of texts, replies, decisions, keys and agents.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::{UnknownWord, words};

words! {
    /// What sort of work or document a source is.
    SourceType {
        /// Recollections of a person.
        Memoir = "memoir",
        /// A printed or posted article.
        Article = "article",
        /// A book that is not a memoir.
        Book = "book",
        /// A text that parties signed or were to sign.
        Agreement = "agreement",
        /// A letter.
        Letter = "letter",
        /// A telefax.
        Fax = "fax",
        /// Questions and answers.
        Interview = "interview",
        /// A public statement.
        Statement = "statement",
        /// A list of dated happenings.
        Chronicle = "chronicle",
        /// Minutes, protocol or other record of proceedings.
        Minutes = "minutes",
        /// A web page.
        Page = "page",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// How much of a source the archive has (design, section 3).
    Holding {
        /// Its text is stored and readable.
        Held = "held",
        /// Known by digest; the bytes are not supplied.
        Withheld = "withheld",
        /// Only a caption or title is known.
        CaptionOnly = "caption only",
        /// Known from quotations in other texts.
        QuotedOnly = "quoted only",
        /// Somebody says that it exists.
        SaidToExist = "said to exist",
        /// Known to have been lost.
        Lost = "lost",
    }
}

words! {
    /// Whose words a revision holds (law 2 of the design).
    Nature {
        /// As the archive received it.
        Received = "received",
        /// Only slips of copying, scanning or printing were mended.
        TranscriptionFix = "transcription fix",
        /// An editor changed it: cited as "M, ed. X".
        Editorial = "editorial",
        /// The author changed it, under the author's own key or mandate.
        Authorial = "authorial",
        /// A rival version that stands beside the others.
        Alternative = "alternative",
    }
}

words! {
    /// What a reply wants to say about what it answers.
    CorrectionType {
        /// A misprint or slip of the pen.
        Slip = "slip",
        /// A statement of fact is held to be wrong.
        Fact = "fact",
        /// Something is to be made clearer or completed.
        Clarification = "clarification",
        /// The same happening told otherwise.
        OtherAccount = "other account",
        /// Another opinion.
        CounterOpinion = "counter-opinion",
        /// A document or testimony is offered.
        Evidence = "evidence",
        /// Something is asked.
        Question = "question",
    }
}

words! {
    /// How a person says that he or she knows. Self-declared, never checked
    /// by the program.
    HowKnown {
        /// Took part in it.
        TookPart = "took part",
        /// Saw it.
        Saw = "saw",
        /// Holds the record.
        HoldsRecord = "holds the record",
        /// Was told by somebody.
        WasTold = "was told",
        /// Studied it.
        Studied = "studied it",
        /// Infers it from other things.
        Infers = "infers",
        /// Remembers it.
        Remembers = "remembers",
        /// Did not say: a blank is a value.
        NotSaid = "not said",
    }
}

words! {
    /// The editor's answer to a correction.
    Verdict {
        /// The words were changed as proposed: a new revision exists.
        Adopt = "adopt",
        /// A part of it, or other words, was adopted.
        AdoptInPart = "adopt in part",
        /// Stands beside the text; the text stays.
        Alongside = "alongside",
        /// Not followed; stays readable with the reason.
        Decline = "decline",
        /// Says the same as an earlier correction.
        SameAs = "same as",
        /// The replier is asked something.
        Ask = "ask",
        /// Left to the readers.
        LeaveOpen = "leave open",
    }
}

words! {
    /// How the decider stands to the text that was answered.
    RelationToText {
        /// Wrote it.
        Author = "author",
        /// Edits or publishes it.
        Editor = "editor",
        /// Is spoken of in it.
        SpokenOf = "spoken of in it",
        /// Has no part in it.
        None = "none",
        /// Did not say.
        NotSaid = "not said",
    }
}

words! {
    /// How the decider stands to the person who replied.
    RelationToReplier {
        /// Is the same person.
        Same = "same person",
        /// Knows that person.
        Knows = "knows the person",
        /// Has nothing to do with that person.
        None = "none",
        /// Did not say.
        NotSaid = "not said",
    }
}

words! {
    /// What an agent is.
    AgentType {
        /// One human being.
        Person = "person",
        /// An office, institution, company or group.
        Body = "body",
        /// A party as texts name it ("Baku").
        Side = "side",
        /// A program.
        Program = "program",
    }
}

words! {
    /// The thing that carries a piece of evidence.
    Carrier {
        /// The original sheet, tape or file.
        Original = "original",
        /// A photograph, scan or photocopy.
        Facsimile = "facsimile",
        /// Typed anew.
        Retyped = "retyped",
        /// Printed or published.
        Printed = "printed",
        /// Did not say.
        NotSaid = "not said",
    }
}

words! {
    /// The way a piece of evidence travelled.
    Channel {
        /// Handed over.
        InPerson = "in person",
        /// By telephone.
        Telephone = "telephone",
        /// By telefax.
        Fax = "fax",
        /// Through a newspaper, broadcast or web page.
        Press = "press",
        /// By letter.
        Letter = "letter",
        /// Sent with the reply.
        WithReply = "with the reply",
        /// Did not say.
        NotSaid = "not said",
    }
}

words! {
    /// Whether evidence is here.
    Shown {
        /// Its bytes are in the archive.
        Shown = "shown",
        /// It is promised or referred to only.
        Promised = "promised, not shown",
        /// Somebody says that it exists.
        SaidToExist = "said to exist",
    }
}

words! {
    /// What a key may sign for.
    KeyRole {
        /// The archive itself: checkpoints and times of receipt.
        Archive = "archive",
        /// Decisions of an editor.
        Editor = "editor",
        /// Authorial revisions.
        Author = "author",
        /// Replies of one person.
        Replier = "replier",
        /// Cosignatures of checkpoints.
        Cosigner = "cosigner",
    }
}

words! {
    /// Who may send replies.
    IntakeRule {
        /// Anybody.
        Open = "open",
        /// Nobody for now.
        Closed = "closed",
    }
}

words! {
    /// What the maker of a seal was doing. It is part of the signature's
    /// namespace, so that a seal for one act cannot be shown for another.
    SealRole {
        /// Sent a reply.
        Submit = "submit",
        /// Decided on one.
        Decide = "decide",
        /// Received records: the archive's own statement of time.
        Receive = "receive",
        /// Added or described texts, agents, keys, policy.
        Keep = "keep",
        /// Withheld something.
        Withhold = "withhold",
    }
}

impl SealRole {
    /// The SSHSIG namespace of this role, `submit@variorum.v1`.
    pub fn namespace(self) -> String {
        format!("{}@variorum.v1", self.word())
    }
}

impl KeyRole {
    /// The acts for which a key of this role may make seals.
    pub fn seals(self) -> &'static [SealRole] {
        match self {
            KeyRole::Archive => &[SealRole::Receive],
            KeyRole::Editor => &[SealRole::Decide, SealRole::Keep, SealRole::Withhold],
            KeyRole::Author => &[SealRole::Decide, SealRole::Submit],
            KeyRole::Replier => &[SealRole::Submit],
            KeyRole::Cosigner => &[],
        }
    }
}

impl Nature {
    /// How a citation names a revision of this nature after the siglum, as in
    /// "M, ed. X"; empty for the author's own words.
    pub fn citation_mark(self) -> &'static str {
        match self {
            Nature::Received | Nature::Authorial => "",
            Nature::TranscriptionFix => "transcr.",
            Nature::Editorial => "ed.",
            Nature::Alternative => "alt.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_words_are_read_with_or_without_spaces() {
        assert_eq!("adopt-in-part".parse::<Verdict>().unwrap(), Verdict::AdoptInPart);
        assert_eq!("Holds the Record".parse::<HowKnown>().unwrap(), HowKnown::HoldsRecord);
        let e = "accept".parse::<Verdict>().unwrap_err();
        assert!(e.to_string().contains("adopt in part"), "{e}");
    }

    #[test]
    fn seals_of_two_roles_never_share_a_namespace() {
        assert_ne!(SealRole::Submit.namespace(), SealRole::Decide.namespace());
    }
}
