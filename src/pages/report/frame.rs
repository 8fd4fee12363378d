//! Where a piece of the report stands: its language, the depth of its headings
//! and the ids that links go to.

use maud::{Markup, html};

use crate::pages::language::Language;

/// The frame of one question.
pub(super) struct Frame {
    /// The language of the report.
    pub say: Language,
    /// Before every id: empty where the report has one question only.
    prefix: String,
    /// Level of a section's heading.
    level: u8,
}

impl Frame {
    /// The frame of the `n`th of `of` questions, counted from 0.
    pub(super) fn of(say: Language, n: usize, of: usize) -> Self {
        match of {
            0 | 1 => Self { say, prefix: String::new(), level: 2 },
            _ => Self { say, prefix: format!("q{}-", n + 1), level: 3 },
        }
    }

    /// The id of a place in this question.
    pub(super) fn id(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// Where the claim with this number stands, counted from 0.
    pub(super) fn claim(&self, n: usize) -> String {
        self.id(&format!("claim-{}", n + 1))
    }

    /// A section: its heading stands in the margin where there is room.
    pub(super) fn section(&self, name: &str, title: &str, body: &Markup) -> Markup {
        section(self.level, &self.id(name), title, body)
    }

    /// A heading within a section, `depth` levels below it.
    pub(super) fn heading(&self, depth: u8, class: &str, body: &Markup) -> Markup {
        heading(self.level + depth, class, None, body)
    }
}

/// A section with a heading of this level.
pub(super) fn section(level: u8, id: &str, title: &str, body: &Markup) -> Markup {
    let of_heading = format!("{id}-h");
    html! {
        section.part id=(id) aria-labelledby=(of_heading) {
            (heading(level, "head", Some(&of_heading), &html! { (title) }))
            div.body { (body) }
        }
    }
}

/// A heading; HTML has six levels.
pub(super) fn heading(level: u8, class: &str, id: Option<&str>, body: &Markup) -> Markup {
    html! {
        @match level {
            0 | 1 => h1 class=(class) id=[id] { (body) },
            2 => h2 class=(class) id=[id] { (body) },
            3 => h3 class=(class) id=[id] { (body) },
            4 => h4 class=(class) id=[id] { (body) },
            5 => h5 class=(class) id=[id] { (body) },
            _ => h6 class=(class) id=[id] { (body) },
        }
    }
}
