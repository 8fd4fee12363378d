//! What was recorded: every question and claim is kept as a record, known by
//! its digest, which an entry of the log generated. The words themselves are
//! not in the document: it can be given away where the texts may not.

use super::document::{Attributes, Document, Sort, Value};
use super::names::{self, People, bytes, called, piece};
use super::told;
use crate::audit::question::{AuditAssessment, AuditClaim, AuditSearch, Custody, QuestionAudit};

/// The head of the log at an audit.
#[derive(Debug, Clone, Copy)]
pub struct LogHead<'a> {
    /// How many entries the log has.
    pub size: u64,
    /// The signed checkpoint: origin, size, root, signatures.
    pub checkpoint: &'a str,
}

/// The archive as the agent that receives and logs records.
const ARCHIVE: &str = "arc:archive";

/// The audits of one or more questions as one PROV-JSON document. The same
/// audits always give the same bytes.
pub fn prov(audits: &[&QuestionAudit], log: LogHead<'_>) -> String {
    let mut lines = log.checkpoint.lines();
    let (origin, root) = (lines.next().unwrap_or_default(), lines.nth(1).unwrap_or_default());
    let mut to = To {
        doc: names::document(origin),
        people: People::of(audits),
        log: format!("arc:log/{}", log.size),
    };
    let head = Attributes::of(&["var:Log", "prov:Collection"])
        .text("var:origin", origin)
        .number("var:size", log.size)
        .text("var:root", root)
        .text("var:checkpoint", log.checkpoint);
    to.doc.thing(Sort::Entity, &to.log, head);
    let archive = Attributes::of(&["prov:SoftwareAgent", "var:Archive"]).text("prov:label", origin);
    to.doc.thing(Sort::Agent, ARCHIVE, archive);
    for audit in audits {
        to.question(audit);
    }
    to.doc.spelled()
}

/// Something that is kept under a lasting name, and the record that fixes it.
struct Logged<'a> {
    what: &'a str,
    id: String,
    index: u64,
    maker: Option<&'a str>,
    dated: Option<&'a str>,
}

/// The document that is written to.
struct To<'a> {
    doc: Document,
    people: People<'a>,
    log: String,
}

impl To<'_> {
    fn question(&mut self, audit: &QuestionAudit) {
        let q = &audit.question;
        let name = called(&q.name);
        let asked = Attributes::of(&["var:Question"])
            .text("prov:label", q.wording.as_str())
            .text("var:facet", q.facet.as_str())
            .with("var:interpretation", Value::Flag(q.interpretation));
        self.doc.thing(Sort::Entity, &name, asked);
        let maker = q.recorded_by.as_deref();
        if let Some(by) = q.asked_by.as_deref().or(maker) {
            let agent = self.people.named(&mut self.doc, by);
            self.doc.relate(Sort::Attribution, &name, &agent, Attributes::default());
        }
        let (id, index) = (q.id.to_string(), q.log_index);
        self.logged(&Logged { what: &name, id, index, maker, dated: None });
        for c in &audit.custody {
            self.revision(c);
        }
        for c in &audit.claims {
            self.claim(&name, c);
        }
        for s in &audit.not_found {
            self.search(&name, s);
        }
        for a in &audit.assessments {
            self.assessment(a);
        }
    }

    fn claim(&mut self, question: &str, c: &AuditClaim) {
        let name = told::claim(&mut self.doc, &self.people, c);
        let answers = Attributes::default().text("var:relation", "answers");
        self.doc.relate(Sort::Influence, &name, question, answers);
        let recording = self.logged(&Logged {
            what: &name,
            id: c.record.to_string(),
            index: c.log_index,
            maker: c.recorded_by.as_deref(),
            dated: Some(&c.recorded),
        });
        self.doc.relate(Sort::Usage, &recording, question, Attributes::default());
        for p in &c.places {
            let words = told::place(&mut self.doc, p);
            self.doc.relate(Sort::Usage, &recording, &words, Attributes::default());
        }
    }

    /// Puts the record, the entry that generated it, and who made it; returns
    /// the name of the recording.
    fn logged(&mut self, of: &Logged<'_>) -> String {
        let doc = &mut self.doc;
        let record = bytes(&of.id);
        let what = Attributes::of(&["var:Record"])
            .text("var:sha256", of.id.as_str())
            .number("var:logIndex", of.index);
        doc.thing(Sort::Entity, &record, what);
        doc.relate(Sort::Specialization, &record, of.what, Attributes::default());
        doc.relate(Sort::Membership, &self.log, &record, Attributes::default());
        let recording = format!("arc:recording/{}", of.index);
        let mut act = Attributes::of(&["var:Recording"]).number("var:logIndex", of.index);
        if let Some(time) = of.dated {
            act = act.with("var:dated", Value::Time(time.to_string()));
        }
        doc.thing(Sort::Activity, &recording, act);
        doc.relate(Sort::Generation, &record, &recording, Attributes::default());
        let role = |role: &str| Attributes::default().name("prov:role", role);
        doc.relate(Sort::Association, &recording, ARCHIVE, role("var:archive"));
        if let Some(maker) = of.maker {
            let agent = self.people.named(doc, maker);
            doc.relate(Sort::Association, &recording, &agent, role("var:recorder"));
            doc.relate(Sort::Attribution, &record, &agent, Attributes::default());
        }
        recording
    }

    /// One immutable state of a text: a collection of passages, and a
    /// specialization of its source.
    fn revision(&mut self, c: &Custody) {
        let name = called(&c.revision);
        let mut text = Attributes::of(&["var:Revision", "prov:Collection"])
            .text("prov:label", c.title.as_str())
            .maybe("var:sha256", c.sha256.map(|d| d.to_string()))
            .text("var:holding", c.holding.as_str())
            .with("var:supplied", Value::Flag(c.supplied))
            .number("var:logIndex", c.log_index);
        if let Some(time) = &c.received {
            text = text.with("var:received", Value::Time(time.clone()));
        }
        self.doc.thing(Sort::Entity, &name, text);
        if let Some((siglum, _)) = c.revision.rsplit_once('@') {
            let source = piece("source", siglum);
            let what = Attributes::of(&["var:Source"]).text("prov:label", c.title.as_str());
            self.doc.thing(Sort::Entity, &source, what);
            self.doc.relate(Sort::Specialization, &name, &source, Attributes::default());
        }
    }

    /// A search is an act that used a text; that it found nothing is a result.
    fn search(&mut self, question: &str, s: &AuditSearch) {
        let name = called(&s.name);
        let mut act = Attributes::of(&["var:Search"])
            .text("var:view", s.view.as_str())
            .text("var:by", s.by.as_str())
            .number("var:hits", s.hits)
            .maybe("var:gaps", s.gaps.as_deref());
        for spelling in &s.spellings {
            act = act.text("var:spelling", spelling.as_str());
        }
        if let Some([first, last]) = s.lines {
            act = act.number("var:firstLine", first).number("var:lastLine", last);
        }
        self.doc.thing(Sort::Activity, &name, act);
        let text = told::revision(&mut self.doc, &s.within);
        self.doc.relate(Sort::Usage, &name, &text, Attributes::default());
        self.doc.relate(Sort::Usage, &name, question, Attributes::default());
    }

    fn assessment(&mut self, a: &AuditAssessment) {
        let name = called(&a.name);
        let what = Attributes::of(&["var:Assessment"])
            .text("prov:label", a.finding.as_str())
            .text("var:sort", a.sort.as_str())
            .text("var:reason", a.reason.as_str());
        self.doc.thing(Sort::Entity, &name, what);
        let agent = self.people.named(&mut self.doc, &a.by);
        self.doc.relate(Sort::Attribution, &name, &agent, Attributes::default());
        for about in &a.about {
            let about = called(about);
            // What stands outside of this audit is left out, not pointed to.
            if self.doc.has(&about) {
                let of = Attributes::default().text("var:relation", "is about");
                self.doc.relate(Sort::Influence, &name, &about, of);
            }
        }
        for p in &a.places {
            told::stands_on(&mut self.doc, &name, p);
        }
    }
}
