//! Dates as texts tell them: a list first, and beside each date a bar as wide
//! as the time that it leaves open.

use maud::{Markup, html};

use super::events::link;
use super::frame::{self, Sheet, word};
use super::room::Room;
use super::route::Route;
use crate::desk::{Dated, DeskError};
use crate::pages::foreign::{said, typed};

/// Units of a bar from end to end.
const WIDTH: i64 = 1000;
/// The least width of a bar that can be seen.
const LEAST: i64 = 6;

/// First and last day of what is drawn, as numbers of days.
#[derive(Clone, Copy)]
struct Scale {
    from: i64,
    to: i64,
}

pub(super) fn page(room: &Room<'_>) -> Result<String, DeskError> {
    let (say, here) = (room.say(), Route::Timeline);
    let all = room.timeline()?;
    let scale = scale(&all.items);
    let body = html! {
        header.title { h1 { (say.timeline()) } p.why { (say.timeline_why()) } }
        @if all.items.is_empty() && all.unplaced.is_empty() { p { (say.none_here()) } }
        @if let Some(scale) = scale {
            p.facts { (say.bars_from_to()) " " (year(scale.from)) "–" (year(scale.to)) }
        }
        ol.timeline { @for d in &all.items { (dated(room, &here, d, scale)) } }
        @if !all.unplaced.is_empty() {
            section aria-labelledby="not-dated" {
                h2 #not-dated { (say.not_dated()) }
                ul.timeline { @for d in &all.unplaced { (dated(room, &here, d, None)) } }
            }
        }
    };
    Ok(frame::page(room, &Sheet { class: "dates", ..Sheet::new(&here, say.timeline()) }, &body))
}

/// From the earliest to the latest tenth of the days told, so that one date of
/// another age does not squeeze all others together; what lies outside is
/// drawn at the edge.
fn scale(items: &[Dated]) -> Option<Scale> {
    let mut days: Vec<i64> = items
        .iter()
        .filter_map(|d| d.edtf.as_ref())
        .flat_map(|e| {
            let (a, b) = e.bounds();
            [a, b]
        })
        .flatten()
        .map(|d| d.number())
        .collect();
    days.sort_unstable();
    let at = |share: usize| days.get((days.len().checked_sub(1)?) * share / 100).copied();
    let (from, to) = (at(2)?, at(98)?);
    (from < to).then_some(Scale { from, to })
}

/// The year of a day, near enough for a legend: a Gregorian year has 365.2425
/// days; days are counted from the beginning of 2000.
fn year(day: i64) -> i64 {
    2000 + (day * 10_000).div_euclid(3_652_425)
}

fn dated(room: &Room<'_>, here: &Route, d: &Dated, scale: Option<Scale>) -> Markup {
    let say = room.say();
    let place = format!("{}:{}", d.source, d.lines[0]);
    html! {
        li {
            div.when {
                @match (&d.edtf, &d.told) {
                    (Some(e), told) => {
                        (typed(&e.to_string()))
                        @if let Some(told) = told { " " q { (said(told)) } }
                    },
                    (None, Some(told)) => { q { (said(told)) } },
                    (None, None) => (say.nothing()),
                }
                @if let Some(scale) = scale { (bar(d, scale)) }
            }
            div.what {
                @match room.route_to(&d.question) {
                    Some(to) => { a href=(room.href(here, &to)) { (said(&d.wording)) } },
                    None => (said(&d.wording)),
                }
                p.facts {
                    (said(&say.speaker(&d.teller))) " " (word(say, &d.stance))
                    @if let Some(role) = &d.role { " · " (say.date_role(role)) }
                    @if !d.supplied.is_empty() {
                        " · + " @for (n, s) in d.supplied.iter().enumerate() { @if n > 0 { ", " } (word(say, s)) }
                    }
                    " · " (link(room, here, &place))
                }
            }
        }
    }
}

/// The bar of a date: open ends are drawn to the edge and dashed.
fn bar(d: &Dated, scale: Scale) -> Markup {
    let (a, b) = d.edtf.as_ref().map_or((None, None), |e| e.bounds());
    let x = |day: i64| ((day - scale.from) * WIDTH / (scale.to - scale.from)).clamp(0, WIDTH);
    let open = a.is_none() || b.is_none();
    let (from, to) = (a.map_or(0, |d| x(d.number())), b.map_or(WIDTH, |d| x(d.number() + 1)));
    let from = from.min(WIDTH - LEAST);
    let width = (to - from).max(LEAST);
    html! {
        svg.bar viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            line.axis x1="0" y1="7" x2="1000" y2="7" {}
            rect.(if open { "open" } else { "closed" }) x=(from) y="1" width=(width) height="6" {}
        }
    }
}
