//! What texts tell, what persons judge of it, and what was looked for.

use super::build::Builder;
use super::stop::Stop;
use crate::digest::{Any, Id};
use crate::model::draft::{At, Header, Item};
use crate::model::{
    Account, Agent, Assessment, Carrier, Channel, Citation, Claim, Correction, Event, Evidence,
    HowKnown, Kind, Question, Relation, Saying, Search, SearchedBy, Shown, Targets,
};

/// One end of a relation: a record, and where in it.
type End = (Id<Any>, Option<Citation>);

impl Builder<'_, '_, '_> {
    /// Makes the records of one item of these sorts.
    pub(super) fn telling(
        &mut self,
        item: &Item<'_>,
        head: &Header,
        maker: Id<Agent>,
    ) -> Result<(), Stop> {
        match item {
            Item::Event(i) => {
                let date = self.when_if(&i.date, "date")?;
                let within = match &i.part_of {
                    Some(e) => Some(self.of_kind(Kind::Event, e, "part_of")?.cast()),
                    None => None,
                };
                let record = Event {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    name: i.id.clone(),
                    title: i.title.clone(),
                    also: i.also.clone(),
                    date,
                    within,
                    note: i.note.clone(),
                    parent: None,
                };
                self.put(Some((Kind::Event, &i.id)), record)?;
                Ok(())
            }
            Item::Account(i) => {
                let event = self.of_kind(Kind::Event, &i.event, "event")?.cast();
                let at = self.citations(&i.at, "at")?;
                let teller = self.agent(&i.teller, "teller")?;
                let reported_by = self.agent_if(&i.reported_by, "reported_by")?;
                let told = self.when_if(&i.told, "told")?;
                let record = Account {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    event,
                    at,
                    title: i.title.clone(),
                    teller,
                    voice: i.voice,
                    reported_by,
                    told,
                    known: i.known,
                };
                self.put(None, record)?;
                Ok(())
            }
            Item::Question(i) => {
                let event = match &i.event {
                    Some(e) => Some(self.of_kind(Kind::Event, e, "event")?.cast()),
                    None => None,
                };
                let about = self.references(&i.about, "about")?;
                let asked_by = self.agent_if(&i.asked_by, "asked_by")?;
                let record = Question {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    name: i.id.clone(),
                    event,
                    about,
                    facet: i.facet,
                    wording: i.wording.clone(),
                    asked_by,
                    note: i.note.clone(),
                    parent: None,
                };
                self.put(Some((Kind::Question, &i.id)), record)?;
                Ok(())
            }
            Item::Claim(i) => {
                let question = self.of_kind(Kind::Question, &i.question, "question")?.cast();
                let at = self.citations(&i.at, "at")?;
                if at.is_empty() {
                    return Err(Stop::bad(
                        "id",
                        "a claim says where it stands: at = \"M:164\"".into(),
                    ));
                }
                let mut values = Vec::new();
                for v in i.value.iter().chain(&i.values) {
                    values.push(self.value(v, if i.value.is_some() { "value" } else { "values" })?);
                }
                let teller = self.agent(&i.teller, "teller")?;
                let reported_by = self.agent_if(&i.reported_by, "reported_by")?;
                let told = self.when_if(&i.told, "told")?;
                let evidence = self.references(&i.evidence, "evidence")?;
                let mut links = Vec::new();
                for c in &i.chain {
                    links.push(Saying {
                        origin: self.batch.origin.clone(),
                        maker: Some(maker),
                        key: None,
                        time: head.time,
                        nonce: None,
                        speaker: self.agent(&c.speaker, "chain")?,
                        reporter: self.agent(&c.reporter, "chain")?,
                        medium: c.medium,
                        at: self.citations(&c.at, "chain")?,
                        note: c.note.clone(),
                    });
                }
                let mut chain = Vec::new();
                for link in links {
                    chain.push(self.put(None, link)?.cast());
                }
                let notes: Vec<&str> =
                    [&i.contested, &i.note].into_iter().flatten().map(String::as_str).collect();
                let record = Claim {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    name: i.id.clone(),
                    question,
                    at,
                    stance: i.stance,
                    values,
                    modality: i.modality,
                    teller,
                    voice: i.voice,
                    reported_by,
                    told,
                    known: i.known,
                    evidence,
                    chain,
                    note: (!notes.is_empty()).then(|| notes.join("; ")),
                    parent: None,
                };
                self.put(Some((Kind::Claim, &i.id)), record)?;
                Ok(())
            }
            Item::Assessment(i) => {
                let about = self.references(&i.about, "about")?;
                let by = self.agent(&i.by, "by")?;
                let at = self.citations(&i.at, "at")?;
                let record = Assessment {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    name: i.id.clone(),
                    about,
                    sort: i.kind,
                    finding: i.finding,
                    by,
                    reason: i.reason.clone(),
                    at,
                    parent: None,
                };
                self.put(Some((Kind::Assessment, &i.id)), record)?;
                Ok(())
            }
            Item::Relation(i) => {
                let (from, from_at) = self.end(&i.from, "from")?.ok_or_else(|| {
                    Stop::bad("type", "a relation begins somewhere: from = \"M:164\"".into())
                })?;
                let (to, to_at) = match self.end(&i.to, "to")? {
                    Some((to, at)) => (Some(to), at),
                    None if i.resolves == Some(Targets::None) => (None, None),
                    None => {
                        return Err(Stop::bad(
                            "to",
                            "a relation leads somewhere, or resolves = \"none\"".into(),
                        ));
                    }
                };
                let by = self.agent(&i.by, "by")?;
                let record = Relation {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    relation: i.r#type,
                    from,
                    from_at,
                    to,
                    to_at,
                    as_written: i.as_written.clone(),
                    scheme: i.scheme,
                    resolves: i.resolves,
                    support: i.support,
                    by,
                    basis: i.basis.clone(),
                    note: i.note.clone(),
                };
                self.put(None, record)?;
                Ok(())
            }
            Item::Search(i) => {
                let question = match &i.question {
                    Some(q) => Some(self.of_kind(Kind::Question, q, "question")?.cast()),
                    None => None,
                };
                let (book, scope) = self.scope(&i.r#in)?;
                let span = match &scope {
                    Some(c) => crate::anchor::follow(&c.selector, &book.table),
                    None => None,
                };
                let hits = match (i.by, i.hits) {
                    (SearchedBy::Machine, stated) => {
                        let found = self.hits(i, &book.view, span);
                        if stated.is_some_and(|n| n != found) {
                            return Err(Stop::bad(
                                "hits",
                                format!("the program finds {found} places"),
                            ));
                        }
                        found
                    }
                    (SearchedBy::Eye, Some(hits)) => hits,
                    (SearchedBy::Eye, None) => 0,
                };
                let record = Search {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    name: i.id.clone(),
                    question,
                    spellings: i.r#for.clone(),
                    revision: book.revision,
                    scope,
                    view: i.view,
                    by: i.by,
                    hits,
                    gaps: i.gaps.clone(),
                };
                self.put(Some((Kind::Search, &i.id)), record)?;
                Ok(())
            }
            Item::Correction(i) => {
                let said_at = self.citations(&i.said_at, "said_at")?;
                let places = self.citations(&i.at, "at")?;
                let (subject, selector) = match (&i.about, places.into_iter().next()) {
                    (Some(about), _) => (self.reference(about, "about")?, None),
                    (None, Some(c)) => (c.selector.revision.any(), Some(c.selector)),
                    (None, None) => {
                        return Err(Stop::bad(
                            "type",
                            "a correction answers something: about, or at".into(),
                        ));
                    }
                };
                let mut evidence = Vec::new();
                if !said_at.is_empty() {
                    let record = Evidence {
                        origin: self.batch.origin.clone(),
                        maker: Some(maker),
                        key: None,
                        time: head.time,
                        nonce: None,
                        carrier: Carrier::Printed,
                        channel: Channel::Press,
                        basis: HowKnown::NotSaid,
                        state: Shown::Shown,
                        content: None,
                        media: None,
                        name: None,
                        title: Some("where it is said".into()),
                        document: None,
                        at: said_at,
                    };
                    evidence.push(self.put(None, record)?.cast());
                }
                let content = self.words(i);
                let record = Correction {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    subject,
                    selector,
                    r#type: i.r#type,
                    known: i.known,
                    content,
                    evidence,
                    parent: None,
                };
                self.put(None, record)?;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// One end of a relation: a record, or lines of a text.
    fn end(&mut self, at: &At, field: &'static str) -> Result<Option<End>, Stop> {
        let Some(first) = at.0.first() else { return Ok(None) };
        if first.contains(':') {
            let citation = self.citation(first, field)?;
            return Ok(Some((citation.selector.revision.any(), Some(citation))));
        }
        Ok(Some((self.reference(first, field)?, None)))
    }

    /// A text to look through, or a part of one.
    fn scope(
        &mut self,
        written: &str,
    ) -> Result<(std::rc::Rc<super::books::Book>, Option<Citation>), Stop> {
        if let Some((siglum, _)) = written.split_once('/') {
            let part = self.named(Kind::Part, written, "in")?;
            let at = self.part_place(&part)?;
            return Ok((self.book(siglum, None, "in")?, Some(at)));
        }
        if written.contains(':') {
            let at = self.citation(written, "in")?;
            let (siglum, number, ..) = super::books::by_lines(written, "in")?;
            return Ok((self.book(&siglum, number, "in")?, Some(at)));
        }
        let (siglum, number) = Self::siglum(written, "in")?;
        Ok((self.book(&siglum, number, "in")?, None))
    }

    /// Where a part stands, which may be of this act.
    fn part_place(&self, id: &Id<Any>) -> Result<Citation, Stop> {
        let here = self.batch.records.iter().find(|(made, ..)| made == id).map(|(.., r)| r.clone());
        let record = match here {
            Some(record) => record,
            None => self.snap.any(id.digest())?,
        };
        match record {
            crate::model::Record::Part(p) => Ok(p.at),
            _ => Err(Stop::bad("in", "is not a part of a text".into())),
        }
    }
}
