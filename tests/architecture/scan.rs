//! Reads one Rust file: bytes to tokens, tokens to the paths they name.
//!
//! Comments vanish, string and character literals become one token each, so
//! that nothing said in words is taken for code. Tokens of `#[cfg(test)]`
//! items and `#[test]` functions are marked. A string counts as a path only
//! where serde and schemars read one from it (`with = "hex::serde"`).

use std::collections::BTreeSet;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Identifier or keyword; `r#` is dropped.
    Word,
    /// String literal, its contents without quotes and prefix.
    Text,
    /// Anything else; `::` is one token.
    Mark,
}

/// One token with its line, counted from 1.
#[derive(Clone, Debug)]
pub struct Token {
    pub kind: Kind,
    pub text: String,
    pub line: usize,
    pub test: bool,
}

/// A path as written: `crate::digest::Id`, `git2::Repository`, `super::Edit`.
#[derive(Clone, Debug)]
pub struct Named {
    pub segments: Vec<String>,
    /// The name a `use` gives it here; `None` for a path inside an expression.
    pub bound: Option<String>,
    /// Stands as `Id<path>`: names a kind of record, sees nothing of it.
    pub id: bool,
    /// Starts with `::`, so its first segment can only be a crate.
    pub rooted: bool,
    /// Module that the path stands in, from the crate's root.
    pub module: Vec<String>,
    pub line: usize,
    pub test: bool,
}

/// A module that the file declares.
#[derive(Clone, Debug)]
pub struct Declared {
    pub module: Vec<String>,
    /// `mod x { … }` rather than `mod x;`.
    pub inline: bool,
    /// The file named by `#[path = "…"]`, from the folder of this file.
    pub file: Option<String>,
    pub line: usize,
    pub test: bool,
}

/// All that the rules need to know of a file.
pub struct Scan {
    pub tokens: Vec<Token>,
    pub named: Vec<Named>,
    pub declared: Vec<Declared>,
}

/// Attribute keys whose string value is a path.
const PATH_KEYS: &[&str] = &[
    "with",
    "serialize_with",
    "deserialize_with",
    "schema_with",
    "default",
    "skip_serializing_if",
    "remote",
    "crate",
];

/// Scans a file that is the module `module` of the crate.
pub fn scan(source: &str, module: &[String]) -> Scan {
    let mut tokens = tokens(source);
    mark_tests(&mut tokens);
    let mut found = Scan { tokens: Vec::new(), named: Vec::new(), declared: Vec::new() };
    // Names that stand as `Id<Name>`, and those seen in any other way.
    let (mut ids, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut here = module.to_vec();
    // One entry per open brace: whether it is the body of a `mod`.
    let mut braces: Vec<bool> = Vec::new();
    let mut at = 0;
    let mut next_file = None;
    while at < tokens.len() {
        let token = &tokens[at];
        let before = at.checked_sub(1).map(|b| text(&tokens, b));
        let id = is_id(&tokens, at);
        if token.kind == Kind::Word && !token.test {
            let names = if id { &mut ids } else { &mut seen };
            names.insert(token.text.clone());
        }
        match (token.kind, token.text.as_str()) {
            (Kind::Mark, "{") => braces.push(false),
            (Kind::Mark, "}") if braces.pop() == Some(true) => {
                here.pop();
            }
            (Kind::Word, "mod") if matches!(text(&tokens, at + 2), ";" | "{") => {
                let inline = text(&tokens, at + 2) == "{";
                let mut module = here.clone();
                module.push(tokens[at + 1].text.clone());
                if inline {
                    here.clone_from(&module);
                    braces.push(true);
                }
                let (line, test, file) = (token.line, token.test, next_file.take());
                found.declared.push(Declared { module, inline, file, line, test });
                at += 2;
            }
            (Kind::Word, "path") if before == Some("[") && text(&tokens, at + 1) == "=" => {
                next_file = tokens.get(at + 2).map(|t| t.text.clone());
            }
            // `use<'a>` in a type is not an import.
            (Kind::Word, "use") if text(&tokens, at + 1) != "<" => {
                let rooted = text(&tokens, at + 1) == "::";
                let mut leaves = Vec::new();
                let end = use_tree(&tokens, at + 1 + usize::from(rooted), &[], &mut leaves);
                for (segments, bound, line) in leaves {
                    let (module, test) = (here.clone(), token.test);
                    found.named.push(Named {
                        segments,
                        bound: Some(bound),
                        id: false,
                        rooted,
                        module,
                        line,
                        test,
                    });
                }
                at = end;
                continue;
            }
            (Kind::Word, "crate") if before == Some("extern") => {
                let segments = vec![text(&tokens, at + 1).to_owned()];
                let (module, line, test) = (here.clone(), token.line, token.test);
                found.named.push(Named {
                    segments,
                    bound: Some(String::new()),
                    id: false,
                    rooted: true,
                    module,
                    line,
                    test,
                });
            }
            (Kind::Word, key)
                if PATH_KEYS.contains(&key)
                    && text(&tokens, at + 1) == "="
                    && tokens.get(at + 2).is_some_and(|t| t.kind == Kind::Text) =>
            {
                let segments: Vec<_> = tokens[at + 2].text.split("::").map(str::to_owned).collect();
                if segments.len() > 1 {
                    let (module, line, test) = (here.clone(), token.line, token.test);
                    found.named.push(Named {
                        segments,
                        bound: None,
                        id,
                        rooted: false,
                        module,
                        line,
                        test,
                    });
                }
            }
            (Kind::Word, _) if text(&tokens, at + 1) == "::" && before != Some(".") => {
                let rooted = before == Some("::");
                let mut segments = vec![token.text.clone()];
                let mut end = at + 1;
                while text(&tokens, end) == "::"
                    && tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Word)
                {
                    segments.push(tokens[end + 1].text.clone());
                    end += 2;
                }
                if segments.len() > 1 {
                    let (module, line, test) = (here.clone(), token.line, token.test);
                    found.named.push(Named {
                        segments,
                        bound: None,
                        id,
                        rooted,
                        module,
                        line,
                        test,
                    });
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    for named in &mut found.named {
        named.id |=
            named.bound.as_ref().is_some_and(|name| ids.contains(name) && !seen.contains(name));
    }
    found.tokens = tokens;
    found
}

/// The text of a token that is not a literal; empty past the end.
pub fn text(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).filter(|t| t.kind != Kind::Text).map_or("", |t| &t.text)
}

/// Whether the path that starts at `at` stands as `Id<path>`.
fn is_id(tokens: &[Token], at: usize) -> bool {
    let back = |n: usize| at.checked_sub(n).map_or("", |b| text(tokens, b));
    let skip = usize::from(matches!(back(1), "$" | "::"));
    back(skip + 1) == "<" && back(skip + 2) == "Id"
}

/// Expands one `use` tree into its leaves (path, bound name, line); returns
/// the index after it.
fn use_tree(
    tokens: &[Token],
    mut at: usize,
    prefix: &[String],
    leaves: &mut Vec<(Vec<String>, String, usize)>,
) -> usize {
    let mut path = prefix.to_vec();
    let line = tokens.get(at).map_or(0, |t| t.line);
    loop {
        match text(tokens, at) {
            "{" => {
                at += 1;
                while !matches!(text(tokens, at), "}" | ";" | "") {
                    at = use_tree(tokens, at, &path, leaves);
                    at += usize::from(text(tokens, at) == ",");
                }
                return at + 1;
            }
            "self" if !path.is_empty() => at += 1,
            "" | "," | "}" | ";" => break,
            "::" => at += 1,
            "as" => {
                leaves.push((path, text(tokens, at + 1).to_owned(), line));
                return at + 2;
            }
            segment => {
                path.push(segment.to_owned());
                at += 1;
            }
        }
    }
    let bound = path.last().cloned().unwrap_or_default();
    leaves.push((path, bound, line));
    at
}

/// Marks the tokens of items under `#[test]` and `#[cfg(test)]`, and all of
/// them under `#![cfg(test)]`.
fn mark_tests(tokens: &mut [Token]) {
    let mut at = 0;
    while at < tokens.len() {
        let inner = text(tokens, at + 1) == "!";
        let open = at + 1 + usize::from(inner);
        if text(tokens, at) != "#" || text(tokens, open) != "[" {
            at += 1;
            continue;
        }
        let words: Vec<&str> = (open + 1..open + 6).map(|i| text(tokens, i)).collect();
        let for_tests = matches!(
            words[..],
            ["test", "]", ..] | ["cfg", "(", "test", ..] | ["cfg", "(", "all", "(", "test", ..]
        );
        let mut end = closing(tokens, open);
        if for_tests && inner {
            tokens.iter_mut().for_each(|t| t.test = true);
            return;
        }
        if !for_tests {
            at = end + 1;
            continue;
        }
        while text(tokens, end + 1) == "#" {
            end = closing(tokens, end + 2);
        }
        end += 1;
        while !matches!(text(tokens, end), ";" | "{") && end < tokens.len() {
            end =
                if matches!(text(tokens, end), "(" | "[") { closing(tokens, end) } else { end } + 1;
        }
        if text(tokens, end) == "{" {
            end = closing(tokens, end);
        }
        let end = (end + 1).min(tokens.len());
        tokens[at..end].iter_mut().for_each(|t| t.test = true);
        at = end;
    }
}

/// The index of the bracket that closes the one at `open`.
pub fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for at in open..tokens.len() {
        match text(tokens, at) {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

/// Splits source into tokens.
fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let get = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let is_word = |c: char| c == '_' || c.is_alphanumeric();
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    while at < chars.len() {
        let (start, first_line, c) = (at, line, chars[at]);
        let mut kind = Kind::Mark;
        let mut shown: Option<String> = None;
        if c.is_whitespace() {
            at += 1;
        } else if c == '/' && get(at + 1) == '/' {
            while at < chars.len() && chars[at] != '\n' {
                at += 1;
            }
        } else if c == '/' && get(at + 1) == '*' {
            let mut depth = 0_usize;
            while at < chars.len() {
                let step = match (chars[at], get(at + 1)) {
                    ('/', '*') => 1,
                    ('*', '/') => -1,
                    _ => 0,
                };
                depth = depth.saturating_add_signed(step);
                at += if step == 0 { 1 } else { 2 };
                if depth == 0 {
                    break;
                }
            }
        } else if let Some((from, hashes)) = string_start(&chars, at) {
            let raw = hashes.is_some();
            let hashes = hashes.unwrap_or(0);
            at = from;
            let closes = |i: usize| get(i) == '"' && (1..=hashes).all(|h| get(i + h) == '#');
            while at < chars.len() && !closes(at) {
                at += if chars[at] == '\\' && !raw { 2 } else { 1 };
            }
            let end = at.min(chars.len());
            (kind, shown) = (Kind::Text, Some(chars[from..end].iter().collect()));
            at = (end + 1 + hashes).min(chars.len());
        } else if c == '\'' || (c == 'b' && get(at + 1) == '\'') {
            // A lifetime is a quote and a name without a closing quote.
            at += if c == 'b' { 2 } else { 1 };
            if get(at) == '\\' {
                at += 2;
                while at < chars.len() && chars[at] != '\'' {
                    at += 1;
                }
                at += 1;
            } else if get(at + 1) == '\'' {
                at += 2;
            } else {
                while is_word(get(at)) {
                    at += 1;
                }
            }
            at = at.min(chars.len());
            shown = Some("'".to_owned());
        } else if is_word(c) {
            if c == 'r' && get(at + 1) == '#' && is_word(get(at + 2)) {
                at += 2;
            }
            let from = at;
            while is_word(get(at)) {
                at += 1;
            }
            kind = if c.is_ascii_digit() { Kind::Mark } else { Kind::Word };
            shown = Some(chars[from..at].iter().collect());
        } else {
            at += if c == ':' && get(at + 1) == ':' { 2 } else { 1 };
            shown = Some(chars[start..at].iter().collect());
        }
        line += chars[start..at.min(chars.len())].iter().filter(|c| **c == '\n').count();
        if let Some(text) = shown {
            found.push(Token { kind, text, line: first_line, test: false });
        }
    }
    found
}

/// Where the contents of a string literal begin, and for a raw one the number
/// of its hashes. Prefixes: `b`, `c`, `r`, `br`, `cr`.
fn string_start(chars: &[char], at: usize) -> Option<(usize, Option<usize>)> {
    let mut i = at;
    if matches!(chars.get(i), Some('b' | 'c')) {
        i += 1;
    }
    let raw = chars.get(i) == Some(&'r');
    i += usize::from(raw);
    let from = i;
    while raw && chars.get(i) == Some(&'#') {
        i += 1;
    }
    (chars.get(i) == Some(&'"')).then_some((i + 1, raw.then_some(i - from)))
}
