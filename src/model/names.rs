//! What each kind of record names: other records, places in texts, content.

use super::link::{ContentUse, Link};
use super::{
    Account, Agent, Assessment, Attestation, Citation, Claim, ContentRef, Copy, Correction,
    Decision, Event, Evidence, History, Import, Intake, Key, Part, Place, Policy, Question,
    Relation, Responsibility, Revision, Saying, Search, Selector, Signature, Source, Value, When,
};
use crate::digest::{Any, Id};

/// Takes one link after another.
pub(super) type Put<'a> = &'a mut dyn FnMut(Link, Id<Any>);

/// What a record names.
pub(super) trait Names {
    /// Other records, except its maker and what its places in texts name.
    fn links(&self, put: Put<'_>);

    /// Places in texts with their lines.
    fn citations(&self) -> Vec<&Citation> {
        Vec::new()
    }

    /// Places in texts.
    fn selectors(&self) -> Vec<&Selector> {
        self.citations().into_iter().map(|c| &c.selector).collect()
    }

    /// Content objects.
    fn contents(&self) -> Vec<ContentUse> {
        Vec::new()
    }

    /// The name by which people call it.
    fn called(&self) -> Option<&str> {
        None
    }
}

fn all<'a, K: 'a>(put: Put<'_>, link: Link, ids: impl IntoIterator<Item = &'a Id<K>>) {
    ids.into_iter().for_each(|id| put(link, id.any()));
}

fn stored(content: &ContentRef) -> ContentUse {
    ContentUse { name: content.name, salted: content.salted, stored: true }
}

fn dated<'a>(whens: impl IntoIterator<Item = &'a When>) -> impl Iterator<Item = &'a Citation> {
    whens.into_iter().flat_map(|w| w.supplied.iter().filter_map(|s| s.from.as_ref()))
}

impl Names for Source {
    fn links(&self, put: Put<'_>) {
        all(put, Link::Creator, &self.creators);
        all(put, Link::Parent, &self.parent);
    }

    fn citations(&self) -> Vec<&Citation> {
        dated(&self.date).collect()
    }

    fn called(&self) -> Option<&str> {
        Some(&self.siglum)
    }
}

impl Names for Revision {
    fn links(&self, put: Put<'_>) {
        put(Link::Source, self.source.any());
        all(put, Link::Parent, &self.parent);
        all(put, Link::Issuer, &self.issuer);
        all(put, Link::Adopts, &self.adopts);
    }

    fn contents(&self) -> Vec<ContentUse> {
        let received = self.received.as_ref().map(|r| &r.content);
        let mut out: Vec<_> = self.edits.iter().chain(received).map(stored).collect();
        if let Some(name) = self.text.name() {
            let salted = self.text.sha256.is_none();
            out.push(ContentUse { name, salted, stored: self.is_stored() });
        }
        let table = self.text.passages;
        out.extend(table.map(|name| ContentUse { name, salted: false, stored: true }));
        out
    }
}

impl Names for Correction {
    fn links(&self, put: Put<'_>) {
        put(Link::Subject, self.subject);
        all(put, Link::Evidence, &self.evidence);
        all(put, Link::Parent, &self.parent);
    }

    fn selectors(&self) -> Vec<&Selector> {
        self.selector.iter().collect()
    }

    fn contents(&self) -> Vec<ContentUse> {
        vec![stored(&self.content)]
    }
}

impl Names for Decision {
    fn links(&self, put: Put<'_>) {
        put(Link::Subject, self.subject.any());
        all(put, Link::Revision, &self.revision);
        all(put, Link::SameAs, &self.same_as);
        all(put, Link::Parent, &self.parent);
    }
}

impl Names for Agent {
    fn links(&self, put: Put<'_>) {
        all(put, Link::Names, self.spellings.iter().filter_map(|s| s.source.as_ref()));
        all(put, Link::Parent, &self.parent);
    }

    fn citations(&self) -> Vec<&Citation> {
        let roles = self.roles.iter().flat_map(|r| &r.at);
        self.spellings.iter().flat_map(|s| &s.at).chain(roles).collect()
    }

    fn called(&self) -> Option<&str> {
        Some(&self.name)
    }
}

impl Names for Evidence {
    fn links(&self, put: Put<'_>) {
        all(put, Link::Subject, &self.document);
    }

    fn citations(&self) -> Vec<&Citation> {
        self.at.iter().collect()
    }

    fn contents(&self) -> Vec<ContentUse> {
        self.content.iter().map(stored).collect()
    }

    fn called(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

impl Names for Key {
    fn links(&self, put: Put<'_>) {
        all(put, Link::Holder, &self.holder);
        all(put, Link::Revokes, &self.revokes);
    }
}

impl Names for Policy {
    fn links(&self, put: Put<'_>) {
        all(put, Link::Editor, &self.editors);
        all(put, Link::Parent, &self.parent);
    }
}

impl Names for Attestation {
    fn links(&self, put: Put<'_>) {
        put(Link::Subject, self.subject);
    }
}

impl Names for Intake {
    fn links(&self, put: Put<'_>) {
        all(put, Link::Received, &self.ids);
    }
}

impl Names for Import {
    fn links(&self, _: Put<'_>) {}

    fn contents(&self) -> Vec<ContentUse> {
        self.proof.iter().map(stored).collect()
    }
}

impl Names for History {
    fn links(&self, put: Put<'_>) {
        put(Link::Source, self.source.any());
        all(put, Link::Parent, &self.parent);
    }

    fn contents(&self) -> Vec<ContentUse> {
        let base = self.base.as_ref();
        [&self.edits, &self.roots].into_iter().chain(base).map(stored).collect()
    }
}

impl Names for Part {
    fn links(&self, put: Put<'_>) {
        put(Link::Source, self.source.any());
        all(put, Link::Creator, &self.creators);
        all(put, Link::Names, &self.addressees);
        all(put, Link::Names, &self.transmitter);
        all(put, Link::Parent, &self.parent);
    }

    fn citations(&self) -> Vec<&Citation> {
        let dates = self.date.iter().chain(&self.published);
        std::iter::once(&self.at).chain(dated(dates)).collect()
    }

    fn called(&self) -> Option<&str> {
        Some(&self.name)
    }
}

impl Names for Copy {
    fn links(&self, put: Put<'_>) {
        put(Link::Subject, self.document);
        all(put, Link::Names, &self.wording);
        all(put, Link::Teller, self.counterparts.iter().filter_map(|c| c.claimed_by.as_ref()));
        all(put, Link::Parent, &self.parent);
    }

    fn citations(&self) -> Vec<&Citation> {
        let marks = self.marks.iter().flat_map(|m| &m.at);
        let counterparts = self.counterparts.iter().flat_map(|c| &c.at);
        self.at.iter().chain(marks).chain(counterparts).collect()
    }

    fn called(&self) -> Option<&str> {
        Some(&self.name)
    }
}

impl Names for Place {
    fn links(&self, put: Put<'_>) {
        all(put, Link::Within, &self.within);
        all(put, Link::Names, self.names.iter().filter_map(|n| n.party.as_ref()));
        all(put, Link::Parent, &self.parent);
    }

    fn citations(&self) -> Vec<&Citation> {
        self.names.iter().flat_map(|n| &n.at).collect()
    }

    fn called(&self) -> Option<&str> {
        Some(&self.name)
    }
}

impl Names for Event {
    fn links(&self, put: Put<'_>) {
        all(put, Link::Within, &self.within);
        all(put, Link::Parent, &self.parent);
    }

    fn citations(&self) -> Vec<&Citation> {
        dated(&self.date).collect()
    }

    fn called(&self) -> Option<&str> {
        Some(&self.name)
    }
}

impl Names for Account {
    fn links(&self, put: Put<'_>) {
        put(Link::Within, self.event.any());
        put(Link::Teller, self.teller.any());
        all(put, Link::Reporter, &self.reported_by);
    }

    fn citations(&self) -> Vec<&Citation> {
        self.at.iter().chain(dated(&self.told)).collect()
    }
}

impl Names for Question {
    fn links(&self, put: Put<'_>) {
        all(put, Link::Within, &self.event);
        all(put, Link::Subject, &self.about);
        all(put, Link::Teller, &self.asked_by);
        all(put, Link::Parent, &self.parent);
    }

    fn called(&self) -> Option<&str> {
        Some(&self.name)
    }
}

impl Names for Claim {
    fn links(&self, put: Put<'_>) {
        put(Link::Question, self.question.any());
        put(Link::Teller, self.teller.any());
        all(put, Link::Reporter, &self.reported_by);
        all(put, Link::Evidence, &self.evidence);
        all(put, Link::Chain, &self.chain);
        for value in &self.values {
            match value {
                Value::Where(id) => put(Link::Value, id.any()),
                Value::Agents(ids) => all(put, Link::Value, ids),
                Value::Ref(id) => put(Link::Value, *id),
                Value::Date(_)
                | Value::Number(_)
                | Value::Text(_)
                | Value::Yes(_)
                | Value::Blank => {}
            }
        }
        all(put, Link::Parent, &self.parent);
    }

    fn citations(&self) -> Vec<&Citation> {
        let dates = self.values.iter().filter_map(|v| match v {
            Value::Date(when) => Some(when),
            _ => None,
        });
        self.at.iter().chain(dated(dates.chain(&self.told))).collect()
    }

    fn called(&self) -> Option<&str> {
        Some(&self.name)
    }
}

impl Names for Saying {
    fn links(&self, put: Put<'_>) {
        put(Link::Teller, self.speaker.any());
        put(Link::Reporter, self.reporter.any());
    }

    fn citations(&self) -> Vec<&Citation> {
        self.at.iter().collect()
    }
}

impl Names for Assessment {
    fn links(&self, put: Put<'_>) {
        all(put, Link::Subject, &self.about);
        put(Link::Teller, self.by.any());
        all(put, Link::Parent, &self.parent);
    }

    fn citations(&self) -> Vec<&Citation> {
        self.at.iter().collect()
    }

    fn called(&self) -> Option<&str> {
        Some(&self.name)
    }
}

impl Names for Relation {
    fn links(&self, put: Put<'_>) {
        put(Link::From, self.from);
        all(put, Link::To, &self.to);
        put(Link::Teller, self.by.any());
    }

    fn citations(&self) -> Vec<&Citation> {
        self.from_at.iter().chain(&self.to_at).collect()
    }
}

impl Names for Signature {
    fn links(&self, put: Put<'_>) {
        put(Link::Subject, self.of);
        put(Link::Teller, self.agent.any());
        all(put, Link::Names, &self.in_name_of);
        all(put, Link::Names, &self.place);
        all(put, Link::Names, &self.wording);
    }

    fn citations(&self) -> Vec<&Citation> {
        self.at.iter().chain(dated(&self.date)).collect()
    }
}

impl Names for Responsibility {
    fn links(&self, put: Put<'_>) {
        put(Link::Subject, self.of);
        put(Link::Teller, self.agent.any());
        all(put, Link::Names, &self.in_name_of);
    }

    fn citations(&self) -> Vec<&Citation> {
        self.at.iter().chain(dated(&self.date)).collect()
    }
}

impl Names for Search {
    fn links(&self, put: Put<'_>) {
        all(put, Link::Question, &self.question);
        put(Link::Revision, self.revision.any());
    }

    fn citations(&self) -> Vec<&Citation> {
        self.scope.iter().collect()
    }

    fn called(&self) -> Option<&str> {
        Some(&self.name)
    }
}
