//! Colours, and making foreign text safe to print.

/// Styles text, or leaves it as it is where colour is not wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    on: bool,
}

impl Paint {
    pub fn new(on: bool) -> Self {
        Self { on }
    }

    fn style(&self, code: &str, text: &str) -> String {
        if self.on && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_string()
        }
    }

    pub fn bold(&self, text: &str) -> String {
        self.style("1", text)
    }

    pub fn dim(&self, text: &str) -> String {
        self.style("2", text)
    }

    /// Words that are disputed.
    pub fn mark(&self, text: &str) -> String {
        self.style("1;4", text)
    }

    pub fn good(&self, text: &str) -> String {
        self.style("32", text)
    }

    pub fn bad(&self, text: &str) -> String {
        self.style("1;31", text)
    }

    fn code(&self, code: &'static str) -> &'static str {
        if self.on { code } else { "" }
    }

    /// What begins and ends a style for words beside the matter; nothing
    /// without colour.
    pub fn dim_codes(&self) -> (&'static str, &'static str) {
        (self.code("\u{1b}[2m"), self.code("\u{1b}[0m"))
    }

    /// What begins the style of words that came in; nothing without colour.
    pub fn added_code(&self) -> &'static str {
        self.code("\u{1b}[32;4m")
    }

    /// What begins the style of words that went out.
    pub fn removed_code(&self) -> &'static str {
        self.code("\u{1b}[31;9m")
    }

    /// What begins the style of marked words.
    pub fn mark_code(&self) -> &'static str {
        self.code("\u{1b}[1;4m")
    }

    /// Words that came in.
    pub fn added(&self, text: &str) -> String {
        self.style("32;4", text)
    }

    /// Words that went out.
    pub fn removed(&self, text: &str) -> String {
        self.style("31;9", text)
    }
}

/// Foreign text for a screen: characters that steer a terminal, reorder text
/// or hide are shown by name. Line ends stay.
pub(super) fn safe(text: &str) -> String {
    let steers = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
    };
    let plain = |b: u8| (0x20..0x7f).contains(&b) || b == b'\n';
    if text.bytes().all(plain) || !text.chars().any(steers) {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\t' => out.push(' '),
            c if steers(c) => out.push_str(&format!("<U+{:04X}>", c as u32)),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_by_name() {
        assert_eq!(safe("a\u{1b}[31mb\u{202e}c\n"), "a<U+001B>[31mb<U+202E>c\n");
        assert_eq!(safe("Đà Nẵng"), "Đà Nẵng");
    }

    #[test]
    fn no_colour_means_no_escape() {
        assert_eq!(Paint::new(false).bad("x"), "x");
        assert!(Paint::new(true).bad("x").contains('\u{1b}'));
    }
}
