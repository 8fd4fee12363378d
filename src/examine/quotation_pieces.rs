//! The pieces of a quotation that can be looked up: an ellipsis, or a remark
//! in brackets, parts them; a long one is cut at sentence ends. What looks
//! like code or file names is left out.

use std::ops::Range;

use super::prose::Prose;

/// A piece longer than this is cut at a sentence end.
const LONG: usize = 30;

/// The pieces, of at least `least` words, as word ranges.
pub(super) fn pieces(
    prose: &Prose<'_>,
    quotation: &Range<usize>,
    least: usize,
) -> Vec<Range<usize>> {
    let words = prose.word_from(quotation.start)..prose.word_from(quotation.end);
    let mut out = Vec::new();
    let mut from = words.start;
    let mut bracket = None;
    for at in words.clone() {
        let last = at + 1 == words.end;
        let gap = if last { "" } else { prose.gap(at) };
        if prose.gap_before(at).contains(['[', '(']) && at > words.start {
            bracket = Some(at);
        }
        if let Some(open) = bracket
            && (gap.contains([']', ')']) || last)
        {
            bracket = None;
            // "(that is, the harbour - ed.)": none of the quoted words.
            push(&mut out, from..open, least);
            from = at + 1;
            continue;
        }
        let parted = gap.contains('…') || gap.contains("...") || gap.contains("<");
        let sentence = at + 1 - from >= LONG / 2
            && gap.contains(['.', '!', '?', ';', ':'])
            && words.end - (at + 1) >= least
            && words.end - from > LONG;
        if parted || sentence {
            push(&mut out, from..at + 1, least);
            from = at + 1;
        }
    }
    push(&mut out, from..words.end, least);
    out.retain(|piece| !is_code(prose, piece));
    out
}

/// Whether words are paths or code rather than a sentence.
fn is_code(prose: &Prose<'_>, piece: &Range<usize>) -> bool {
    let odd = |i: &usize| {
        let gap = prose.gap(*i);
        gap.contains(['/', '\\', '_', '=', '<', '>', '{', '}', '|', '#', '@', '$'])
            || matches!(gap, "." | ":" | "::")
    };
    let hyphen = |i: &usize| prose.gap(*i) == "-";
    let short = |i: &usize| prose.value(*i).is_some() || prose.word(*i).chars().count() == 1;
    let inner = piece.start..piece.end - 1;
    inner.clone().filter(odd).count() >= 2
        || inner.filter(hyphen).count() * 2 >= piece.len()
        || piece.clone().filter(short).count() * 5 >= piece.len() * 2
}

fn push(out: &mut Vec<Range<usize>>, piece: Range<usize>, least: usize) {
    if piece.len() >= least {
        out.push(piece);
    }
}
