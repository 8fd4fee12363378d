//! How the tests of this folder ask.

use crate::examine::{Division, Given, Held, Oddity, OddityCode, examine};
use crate::text::View;

/// What is found under one code in a text of which nothing is known.
pub fn found(text: &str, code: OddityCode) -> Vec<Oddity> {
    let view = View::new(text.into());
    of(examine(&view, &Given::default()), code)
}

/// What stands where something is found under one code.
pub fn said(text: &str, code: OddityCode) -> Vec<String> {
    found(text, code).into_iter().map(|o| o.said).collect()
}

/// What is found in a text that is a chronicle from end to end.
pub fn in_chronicle(text: &str) -> Vec<Oddity> {
    let view = View::new(text.into());
    let whole = Division { name: "all", span: 0..text.len(), genre: "chronicle" };
    let given = Given { divisions: vec![whole], held: Vec::new() };
    of(examine(&view, &given), OddityCode::ChronicleOrder)
}

/// What is found under one code beside a held text named "H".
pub fn beside(text: &str, held: &str, code: OddityCode) -> Vec<Oddity> {
    let (view, other) = (View::new(text.into()), View::new(held.into()));
    let held = vec![Held { name: "H", view: &other }];
    of(examine(&view, &Given { divisions: Vec::new(), held }), code)
}

fn of(all: Vec<Oddity>, code: OddityCode) -> Vec<Oddity> {
    all.into_iter().filter(|o| o.code == code).collect()
}
