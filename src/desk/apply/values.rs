//! Dates and values of drafts.

use crate::digest::{Any, Id};
use crate::model::draft::{SuppliedItem, ValueItem, WhenItem};
use crate::model::{Amount, Kind, Supplied, Value, When};

use super::build::Builder;
use super::stop::Stop;

impl Builder<'_, '_, '_> {
    /// A date; `field` is where errors point.
    pub(super) fn when(&mut self, item: &WhenItem, field: &'static str) -> Result<When, Stop> {
        let t = &item.0;
        if t.edtf.is_none() && t.told.is_none() && !t.blank {
            return Err(Stop::bad(field, "a date needs `edtf` or `told`, or is `blank`".into()));
        }
        Ok(When {
            edtf: t.edtf.clone(),
            told: t.told.clone(),
            role: t.role,
            zone: t.zone.clone(),
            blank: t.blank,
            supplied: self.supplied(&t.supplied, field)?,
        })
    }

    /// A date that may be absent.
    pub(super) fn when_if(
        &mut self,
        item: &Option<WhenItem>,
        field: &'static str,
    ) -> Result<Option<When>, Stop> {
        item.as_ref().map(|w| self.when(w, field)).transpose()
    }

    fn supplied(
        &mut self,
        items: &[SuppliedItem],
        field: &'static str,
    ) -> Result<Vec<Supplied>, Stop> {
        items
            .iter()
            .map(|s| {
                Ok(Supplied {
                    component: s.component,
                    from: self.citations(&s.from, field)?.into_iter().next(),
                    note: s.note.clone(),
                })
            })
            .collect()
    }

    /// A value: exactly one of the forms.
    pub(super) fn value(&mut self, v: &ValueItem, field: &'static str) -> Result<Value, Stop> {
        let forms = [
            v.date.is_some(),
            v.place.is_some(),
            !v.agents.is_empty(),
            v.number.is_some() || v.min.is_some() || v.max.is_some(),
            v.text.is_some(),
            v.yes.is_some(),
            v.r#ref.is_some(),
            v.blank && v.date.is_none(),
        ];
        if forms.iter().filter(|f| **f).count() != 1 {
            return Err(Stop::bad(
                field,
                "a value is one of: date, place, agents, number (or min and max), text, yes, ref, blank".into(),
            ));
        }
        if let Some(date) = &v.date {
            let mut when = self.when(date, field)?;
            when.told = when.told.or(v.told.clone());
            when.role = when.role.or(v.role);
            when.zone = when.zone.or(v.zone.clone());
            when.supplied.extend(self.supplied(&v.supplied, field)?);
            return Ok(Value::Date(when));
        }
        if let Some(place) = &v.place {
            return Ok(Value::Where(self.named(Kind::Place, place, field)?.cast()));
        }
        if !v.agents.is_empty() {
            let ids = v.agents.iter().map(|a| self.agent(a, field)).collect::<Result<_, _>>()?;
            return Ok(Value::Agents(ids));
        }
        if let Some(text) = &v.text {
            return Ok(Value::Text(text.clone()));
        }
        if let Some(yes) = v.yes {
            return Ok(Value::Yes(yes));
        }
        if let Some(reference) = &v.r#ref {
            return Ok(Value::Ref(self.reference(reference, field)?));
        }
        if v.blank {
            return Ok(Value::Blank);
        }
        let (min, max) = (v.number.or(v.min), v.number.or(v.max));
        if let (Some(a), Some(b)) = (min, max)
            && a > b
        {
            return Err(Stop::bad(field, format!("{a} is more than {b}")));
        }
        Ok(Value::Number(Amount { min, max, unit: v.unit.clone(), about: v.about }))
    }

    /// A record by its address: `M`, `M/App9`, `event/…`, `claim/…`, or by the
    /// name of an agent or place.
    pub(super) fn reference(
        &mut self,
        written: &str,
        field: &'static str,
    ) -> Result<Id<Any>, Stop> {
        // A bare name is a siglum, an agent or a place; `Stepanakert / Khankendi`
        // is a name, too.
        for kind in [Kind::Source, Kind::Agent, Kind::Place] {
            match self.named(kind, written, field) {
                Err(Stop::Bad { .. }) => {}
                found => return found,
            }
        }
        let Some((first, rest)) = written.split_once('/') else {
            return Err(Stop::bad(
                field,
                format!("{written:?} is no siglum, agent or place, and no address like event/…"),
            ));
        };
        let kind = Kind::ALL.iter().copied().find(|k| k.word() == first);
        match kind {
            Some(kind) => self.named(kind, rest, field),
            None => self.named(Kind::Part, written, field),
        }
    }
}
