//! The book that the benchmarks are run on.

const VOCABULARY: [&str; 40] = [
    "harbour",
    "ferry",
    "landing",
    "night",
    "order",
    "closed",
    "engineer",
    "wind",
    "water",
    "bridge",
    "Hollen",
    "pier",
    "lamp",
    "chain",
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "was",
    "it",
    "had",
    "with",
    "for",
    "on",
    "as",
    "at",
    "by",
    "they",
    "not",
    "which",
    "from",
    "were",
    "two",
    "three",
    "after",
    "before",
    "when",
    "agreement",
];

/// A book like a scanned one: wrapped lines, words broken at their ends,
/// passages, pages. About 1.2 million characters.
pub fn book() -> String {
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let (mut out, mut column, mut line) = (String::new(), 0, 0);
    for n in 0..200_000u32 {
        let r = next();
        // Rare words make most quotations unique, as in real prose.
        let word = if r % 5 == 0 {
            format!("{}{}", VOCABULARY[(r >> 8) as usize % 40], n % 997)
        } else {
            VOCABULARY[(r >> 8) as usize % 40].to_string()
        };
        if column + word.len() > 74 {
            if r % 8 == 0 && word.len() > 6 {
                let (a, b) = word.split_at(3);
                out.push_str(a);
                out.push_str("-\n");
                out.push_str(b);
                column = b.len();
            } else {
                out.push('\n');
                out.push_str(&word);
                column = word.len();
            }
            line += 1;
            if line % 40 == 0 {
                out.insert(out.rfind('\n').expect("a line was begun") + 1, ' ');
            }
        } else {
            out.push_str(&word);
            column += word.len();
        }
        if r % 70 == 0 {
            out.push_str(".\n\n");
            column = 0;
        } else {
            out.push(' ');
            column += 1;
        }
    }
    out
}
