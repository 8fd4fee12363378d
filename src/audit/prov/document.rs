//! A PROV-JSON document: objects in the order in which they were put, each
//! once. Relations have no names of their own; they are numbered blank nodes.

use std::collections::{HashMap, HashSet};

use serde::ser::{Serialize, SerializeMap, Serializer};

/// An attribute's value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Words.
    Text(String),
    /// A qualified name, `var:Claim`.
    Name(String),
    /// A whole number.
    Number(u64),
    /// Yes or no.
    Flag(bool),
    /// An instant, as xsd:dateTime.
    Time(String),
}

/// Attributes in order; a key that stands twice has several values.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Attributes(Vec<(&'static str, Vec<Value>)>);

impl Attributes {
    /// Attributes of these types.
    pub(super) fn of(types: &[&str]) -> Self {
        types.iter().fold(Self::default(), |a, t| a.name("prov:type", t))
    }

    /// Adds a value.
    pub(super) fn with(mut self, key: &'static str, value: Value) -> Self {
        match self.0.iter_mut().find(|(k, _)| *k == key) {
            Some((_, values)) if values.contains(&value) => {}
            Some((_, values)) => values.push(value),
            None => self.0.push((key, vec![value])),
        }
        self
    }

    /// Adds words.
    pub(super) fn text(self, key: &'static str, text: impl Into<String>) -> Self {
        self.with(key, Value::Text(text.into()))
    }

    /// Adds words, where there are any.
    pub(super) fn maybe(self, key: &'static str, text: Option<impl Into<String>>) -> Self {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    /// Adds a qualified name.
    pub(super) fn name(self, key: &'static str, name: &str) -> Self {
        self.with(key, Value::Name(name.to_string()))
    }

    /// Adds a number.
    pub(super) fn number(self, key: &'static str, number: u64) -> Self {
        self.with(key, Value::Number(number))
    }
}

/// What a document holds, in the order in which the submission defines it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Entity,
    Activity,
    Agent,
    Generation,
    Usage,
    Derivation,
    Attribution,
    Association,
    Influence,
    Specialization,
    Membership,
}

impl Sort {
    const ALL: &'static [Sort] = &[
        Sort::Entity,
        Sort::Activity,
        Sort::Agent,
        Sort::Generation,
        Sort::Usage,
        Sort::Derivation,
        Sort::Attribution,
        Sort::Association,
        Sort::Influence,
        Sort::Specialization,
        Sort::Membership,
    ];

    /// Its word in PROV-JSON, and the two ends where it is a relation.
    const fn word(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Sort::Entity => ("entity", "", ""),
            Sort::Activity => ("activity", "", ""),
            Sort::Agent => ("agent", "", ""),
            Sort::Generation => ("wasGeneratedBy", "prov:entity", "prov:activity"),
            Sort::Usage => ("used", "prov:activity", "prov:entity"),
            Sort::Derivation => ("wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity"),
            Sort::Attribution => ("wasAttributedTo", "prov:entity", "prov:agent"),
            Sort::Association => ("wasAssociatedWith", "prov:activity", "prov:agent"),
            Sort::Influence => ("wasInfluencedBy", "prov:influencee", "prov:influencer"),
            Sort::Specialization => {
                ("specializationOf", "prov:specificEntity", "prov:generalEntity")
            }
            Sort::Membership => ("hadMember", "prov:collection", "prov:entity"),
        }
    }
}

/// A thing or a relation.
#[derive(Debug)]
struct Object {
    sort: Sort,
    name: String,
    ends: Option<(String, String)>,
    attributes: Attributes,
}

/// A document that grows.
#[derive(Debug, Default)]
pub(super) struct Document {
    prefixes: Vec<(&'static str, String)>,
    objects: Vec<Object>,
    things: HashSet<String>,
    /// The relations between two things, by their place among the objects.
    relations: HashMap<(String, String), Vec<usize>>,
}

impl Document {
    /// An empty document with these prefixes.
    pub(super) fn new(prefixes: Vec<(&'static str, String)>) -> Self {
        Self { prefixes, ..Self::default() }
    }

    /// Puts an entity, activity or agent; what is there already stays.
    pub(super) fn thing(&mut self, sort: Sort, name: &str, attributes: Attributes) {
        if self.things.insert(name.to_string()) {
            self.objects.push(Object { sort, name: name.to_string(), ends: None, attributes });
        }
    }

    /// Whether something of this name was put.
    pub(super) fn has(&self, name: &str) -> bool {
        self.things.contains(name)
    }

    /// Puts a relation between two things, unless just that one is there.
    pub(super) fn relate(&mut self, sort: Sort, from: &str, to: &str, attributes: Attributes) {
        let ends = (from.to_string(), to.to_string());
        let between = self.relations.entry(ends.clone()).or_default();
        let same =
            |n: &usize| self.objects[*n].sort == sort && self.objects[*n].attributes == attributes;
        if between.iter().any(same) {
            return;
        }
        between.push(self.objects.len());
        let name = format!("_:r{}", self.objects.len() - self.things.len() + 1);
        self.objects.push(Object { sort, name, ends: Some(ends), attributes });
    }

    /// The document as JSON, indented, with a line end.
    pub(super) fn spelled(&self) -> String {
        let json = serde_json::to_string_pretty(self);
        json.expect("maps with string keys and plain values cannot fail to be spelled") + "\n"
    }
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(None)?;
        map.serialize_entry("prefix", &Pairs(&self.prefixes))?;
        for sort in Sort::ALL {
            let of = self.objects.iter().filter(|o| o.sort == *sort);
            let of: Vec<(&str, &Object)> = of.map(|o| (o.name.as_str(), o)).collect();
            if !of.is_empty() {
                map.serialize_entry(sort.word().0, &Pairs(&of))?;
            }
        }
        map.end()
    }
}

/// Pairs as an object, in their order.
struct Pairs<'a, K, V>(&'a [(K, V)]);

impl<K: Serialize, V: Serialize> Serialize for Pairs<'_, K, V> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_map(self.0.iter().map(|(k, v)| (k, v)))
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(None)?;
        if let Some((from, to)) = &self.ends {
            let (_, a, b) = self.sort.word();
            map.serialize_entry(a, from)?;
            map.serialize_entry(b, to)?;
        }
        for (key, values) in &self.attributes.0 {
            match values.as_slice() {
                [one] => map.serialize_entry(key, one)?,
                several => map.serialize_entry(key, several)?,
            }
        }
        map.end()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let (value, of) = match self {
            Value::Text(text) => return s.serialize_str(text),
            Value::Flag(flag) => return s.serialize_bool(*flag),
            Value::Name(name) => (name.clone(), "xsd:QName"),
            Value::Number(number) => (number.to_string(), "xsd:nonNegativeInteger"),
            Value::Time(time) => (time.clone(), "xsd:dateTime"),
        };
        let mut map = s.serialize_map(Some(2))?;
        map.serialize_entry("$", &value)?;
        map.serialize_entry("type", of)?;
        map.end()
    }
}
