//! What items are made of: addresses, dates, values.

use serde::Deserialize;
use serde::de::Error as _;

use crate::dates::Edtf;
use crate::model::{DateComponent, DateRole};

/// One address or several: `M:164-170`, or a list of such.
#[derive(Debug, Clone, Default)]
pub struct At(pub Vec<String>);

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            One(String),
            Many(Vec<String>),
        }
        let written = Written::deserialize(d)
            .map_err(|_| D::Error::custom("expected an address, or a list of addresses"))?;
        Ok(Self(match written {
            Written::One(s) => vec![s],
            Written::Many(list) => list,
        }))
    }
}

/// A date: EDTF alone, or with what belongs to it.
#[derive(Debug, Clone)]
pub struct WhenItem(pub WhenTable);

impl<'de> Deserialize<'de> for WhenItem {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = WhenItem;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a date in EDTF, or a table with edtf, told, role, zone, supplied")
            }

            fn visit_str<E: serde::de::Error>(self, s: &str) -> Result<WhenItem, E> {
                let edtf = s.parse().map_err(E::custom)?;
                Ok(WhenItem(WhenTable { edtf: Some(edtf), ..Default::default() }))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<WhenItem, A::Error> {
                let table = serde::de::value::MapAccessDeserializer::new(map);
                WhenTable::deserialize(table).map(WhenItem).map_err(|e| {
                    // A TOML date comes as a map with a key of the reader's own.
                    if e.to_string().contains("__toml_private_datetime") {
                        return serde::de::Error::custom(
                            "a date stands in quotation marks: \"1994-05-09\"",
                        );
                    }
                    e
                })
            }
        }
        d.deserialize_any(Visitor)
    }
}

impl WhenItem {
    /// A date as a person typed it: EDTF, or words.
    pub fn typed(written: &str) -> Self {
        let when = crate::model::When::typed(written);
        Self(WhenTable { edtf: when.edtf, told: when.told, ..WhenTable::default() })
    }
}

/// A value: a table with one of `date`, `place`, `agents`, `number`, `min` and
/// `max`, `text`, `yes`, `ref`, `blank`, and what belongs to that one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueItem {
    /// A date in EDTF, or a table.
    #[serde(default)]
    pub date: Option<WhenItem>,
    /// The words of the date.
    #[serde(default)]
    pub told: Option<String>,
    /// What it is the date of.
    #[serde(default)]
    pub role: Option<DateRole>,
    /// Its zone.
    #[serde(default)]
    pub zone: Option<String>,
    /// Its components from elsewhere.
    #[serde(default)]
    pub supplied: Vec<SuppliedItem>,
    /// A place.
    #[serde(default)]
    pub place: Option<String>,
    /// Agents.
    #[serde(default)]
    pub agents: Vec<String>,
    /// A number.
    #[serde(default)]
    pub number: Option<i64>,
    /// The least.
    #[serde(default)]
    pub min: Option<i64>,
    /// The most.
    #[serde(default)]
    pub max: Option<i64>,
    /// Of what.
    #[serde(default)]
    pub unit: Option<String>,
    /// Told as "about".
    #[serde(default)]
    pub about: bool,
    /// Words.
    #[serde(default)]
    pub text: Option<String>,
    /// Yes or no.
    #[serde(default)]
    pub yes: Option<bool>,
    /// Anything recorded.
    #[serde(default)]
    pub r#ref: Option<String>,
    /// Left blank.
    #[serde(default)]
    pub blank: bool,
}

/// A component of a date from elsewhere.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuppliedItem {
    /// Which.
    pub component: DateComponent,
    /// Where it stands.
    #[serde(default)]
    pub from: At,
    /// On what ground.
    #[serde(default)]
    pub note: Option<String>,
}

/// A date with what belongs to it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhenTable {
    /// To compute with.
    #[serde(default)]
    pub edtf: Option<Edtf>,
    /// The words.
    #[serde(default)]
    pub told: Option<String>,
    /// Of what.
    #[serde(default)]
    pub role: Option<DateRole>,
    /// As told.
    #[serde(default)]
    pub zone: Option<String>,
    /// Left blank.
    #[serde(default)]
    pub blank: bool,
    /// From elsewhere.
    #[serde(default)]
    pub supplied: Vec<SuppliedItem>,
}
