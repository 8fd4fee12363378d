//! Each sort of item and the record it gives.

use super::build::Builder;
use super::stop::Stop;
use crate::model::draft::{At, Header, Item};
use crate::model::{
    Agent, Citation, Copy, Counterpart, Evidence, Holding, InkMark, Kind, Part, Place, PlaceName,
    Responsibility, Role, Signature, Source, Spelling,
};

impl Builder<'_, '_, '_> {
    /// Makes the records of one item.
    pub fn item(&mut self, item: &Item<'_>, head: &Header) -> Result<(), Stop> {
        if let Item::Agent(a) = item {
            return self.agent_item(a, head);
        }
        let maker = self.agent(&head.maker, "maker")?;
        match item {
            Item::Agent(_) => Ok(()),
            Item::Source(i) => {
                let creators = self.agents(&i.creators, "creators")?;
                let date = self.when_if(&i.date, "date")?;
                let record = Source {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    siglum: i.siglum.clone(),
                    title: i.title.clone(),
                    r#type: i.r#type,
                    holding: i.holding,
                    creators,
                    date,
                    language: i.language.clone(),
                    rights: i.rights.clone(),
                    url: i.url.clone(),
                    parent: None,
                };
                let id = self.put(Some((Kind::Source, &i.siglum)), record)?;
                if let Some(sha256) = i.sha256 {
                    self.withheld_text(i, sha256, head, maker, id)?;
                }
                Ok(())
            }
            Item::Place(i) => {
                let mut names = Vec::new();
                for n in &i.names {
                    names.push(PlaceName {
                        name: n.name.clone(),
                        party: self.agent_if(&n.party, "party")?,
                        from: n.from.clone(),
                        to: n.to.clone(),
                        at: self.citations(&n.at, "names")?,
                    });
                }
                let within = match &i.within {
                    Some(p) => Some(self.named(Kind::Place, p, "within")?.cast()),
                    None => None,
                };
                let record = Place {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    name: i.name.clone(),
                    names,
                    within,
                    note: i.note.clone(),
                    parent: None,
                };
                self.put(Some((Kind::Place, &i.name)), record)?;
                Ok(())
            }
            Item::Part(i) => {
                let at = self.one(&i.at, "at")?;
                let creators = self.agents(&i.creators, "creators")?;
                let addressees = self.agents(&i.addressee, "addressee")?;
                let transmitter = self.agent_if(&i.transmitter, "transmitter")?;
                let date = self.when_if(&i.date, "date")?;
                let published = self.when_if(&i.published, "published")?;
                let source = self.named(Kind::Source, &i.of, "of")?.cast();
                let called = format!("{}/{}", i.of, i.name);
                let record = Part {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    source,
                    name: i.name.clone(),
                    title: i.title.clone(),
                    genre: i.genre,
                    holding: i.holding.unwrap_or(Holding::Held),
                    at,
                    creators,
                    addressees,
                    date,
                    language: i.language.clone(),
                    venue: i.venue.clone(),
                    published,
                    transmitter,
                    note: i.note.clone(),
                    parent: None,
                };
                self.put(Some((Kind::Part, &called)), record)?;
                Ok(())
            }
            Item::Copy(i) => {
                let document = self.reference(&i.of, "of")?;
                let wording = self.reference_if(&i.wording, "wording")?;
                let mut counterparts = Vec::new();
                for c in &i.counterparts {
                    counterparts.push(Counterpart {
                        copy: c.copy.strip_prefix("copy/").unwrap_or(&c.copy).to_string(),
                        claimed_by: self.agent_if(&c.claimed_by, "counterparts")?,
                        compared: c.compared,
                        at: self.citations(&c.at, "counterparts")?,
                    });
                }
                let mut marks = Vec::new();
                for m in &i.marks {
                    marks.push(InkMark {
                        what: m.what.clone(),
                        place: m.r#where.clone(),
                        at: self.citations(&m.at, "marks")?,
                    });
                }
                let at = self.citations(&i.at, "at")?;
                let record = Copy {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    name: i.id.clone(),
                    document,
                    title: i.title.clone(),
                    form: i.form,
                    holding: i.holding,
                    wording,
                    wording_known: i.wording_known,
                    counterparts,
                    marks,
                    at,
                    note: i.note.clone(),
                    parent: None,
                };
                self.put(Some((Kind::Copy, &i.id)), record)?;
                Ok(())
            }
            Item::Evidence(i) => {
                let document = self.reference_if(&i.document, "document")?;
                let at = self.citations(&i.at, "at")?;
                let record = Evidence {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    carrier: i.carrier,
                    channel: i.channel,
                    basis: i.basis,
                    state: i.state,
                    content: None,
                    media: None,
                    name: Some(i.id.clone()),
                    title: Some(i.title.clone()),
                    document,
                    at,
                };
                self.put(Some((Kind::Evidence, &i.id)), record)?;
                Ok(())
            }
            Item::Signature(i) => {
                let of = self.reference(&i.of, "of")?;
                let agent = self.agent(&i.agent, "agent")?;
                let in_name_of = self.agent_if(&i.r#for, "for")?;
                let place = match &i.place {
                    Some(p) => Some(self.named(Kind::Place, p, "place")?.cast()),
                    None => None,
                };
                let date = self.when_if(&i.date, "date")?;
                let wording = self.reference_if(&i.wording, "wording")?;
                let at = self.citations(&i.at, "at")?;
                let record = Signature {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    of,
                    agent,
                    state: i.state,
                    in_name_of,
                    capacity: i.capacity.clone(),
                    place,
                    date,
                    reservation: i.reservation.clone(),
                    wording,
                    at,
                };
                self.put(None, record)?;
                Ok(())
            }
            Item::Responsibility(i) => {
                let of = self.reference(&i.of, "of")?;
                let agent = self.agent(&i.agent, "agent")?;
                let in_name_of = self.agent_if(&i.r#for, "for")?;
                let date = self.when_if(&i.date, "date")?;
                let at = self.citations(&i.at, "at")?;
                let record = Responsibility {
                    origin: self.batch.origin.clone(),
                    maker: Some(maker),
                    key: None,
                    time: head.time,
                    nonce: None,
                    of,
                    agent,
                    role: i.role,
                    in_name_of,
                    date,
                    at,
                };
                self.put(None, record)?;
                Ok(())
            }
            _ => self.telling(item, head, maker),
        }
    }

    /// An agent: first the name, which others refer to; then, where there is
    /// more to say, a fuller description, which may point into texts.
    fn agent_item(
        &mut self,
        i: &crate::model::draft::AgentItem,
        head: &Header,
    ) -> Result<(), Stop> {
        let maker = match i.name == head.maker {
            true => None,
            false => Some(self.agent(&head.maker, "maker")?),
        };
        let bare = Agent {
            origin: self.batch.origin.clone(),
            maker,
            key: None,
            time: head.time,
            nonce: None,
            r#type: i.r#type,
            name: i.name.clone(),
            spellings: Vec::new(),
            roles: Vec::new(),
            parent: None,
        };
        let first = match super::names::in_archive(self.snap, Kind::Agent, &i.name)? {
            Some(id) => {
                self.names.set(Kind::Agent, &i.name, id);
                id
            }
            // An item that had to wait for a text comes here a second time.
            None => match self.names.made(Kind::Agent, &i.name) {
                Some(id) => id,
                None => self.put(Some((Kind::Agent, &i.name)), bare.clone())?,
            },
        };
        if i.spellings.is_empty() && i.roles.is_empty() {
            return Ok(());
        }
        let mut full = Agent { parent: Some(first.cast()), ..bare };
        for s in &i.spellings {
            full.spellings.push(Spelling {
                name: s.name.clone(),
                source: None,
                language: s.language.clone(),
                at: self.citations(&s.at, "spellings")?,
            });
        }
        for r in &i.roles {
            full.roles.push(Role {
                role: r.role.clone(),
                from: r.from.clone(),
                to: r.to.clone(),
                at: self.citations(&r.at, "roles")?,
            });
        }
        self.put(None, full)?;
        Ok(())
    }

    /// The one place that a field gives.
    fn one(&mut self, at: &At, field: &'static str) -> Result<Citation, Stop> {
        match &at.0[..] {
            [one] => self.citation(one, field),
            _ => Err(Stop::bad(field, "exactly one address by lines is needed here".into())),
        }
    }
}
