//! Columns that fit the terminal: the last one takes what is left and wraps.

use unicode_width::UnicodeWidthStr;

use super::paint::safe;
use super::wrap;

/// Lines of a table; every cell is made safe. The last column wraps.
pub(super) fn table(rows: &[Vec<String>], width: usize) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells: Vec<Vec<String>> =
        rows.iter().map(|r| r.iter().map(|c| safe(c)).collect()).collect();
    let fixed: Vec<usize> = (0..columns.saturating_sub(1))
        .map(|n| cells.iter().filter_map(|r| r.get(n)).map(|c| c.width()).max().unwrap_or(0))
        .collect();
    let left: usize = fixed.iter().map(|w| w + 2).sum();
    let mut out = Vec::new();
    // A terminal too narrow for columns gets one cell a line.
    if left + 16 > width {
        for row in &cells {
            for (n, cell) in row.iter().filter(|c| !c.is_empty()).enumerate() {
                out.extend(wrap::plain(cell, width, if n == 0 { "" } else { "    " }));
            }
        }
        return out;
    }
    for row in &cells {
        let mut head = String::new();
        for (cell, w) in row.iter().zip(&fixed) {
            head.push_str(cell);
            head.push_str(&" ".repeat(w.saturating_sub(cell.width()) + 2));
        }
        let last = row.get(columns - 1).cloned().unwrap_or_default();
        let mut lines = wrap::plain(&last, width - left, "").into_iter();
        out.push(format!("{head}{}", lines.next().unwrap_or_default()).trim_end().to_string());
        out.extend(lines.map(|l| format!("{}{l}", " ".repeat(left))));
    }
    out
}

/// Lines of columns beside each other, each `width` wide; cells are made safe.
pub(super) fn side_by_side(columns: &[Vec<String>], width: usize) -> Vec<String> {
    let tall = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = Vec::new();
    for n in 0..tall {
        let mut line = String::from("  ");
        for column in columns {
            let cell = safe(column.get(n).map_or("", String::as_str));
            let pad = width.saturating_sub(cell.width());
            line.push_str(&cell);
            line.push_str(&" ".repeat(pad));
        }
        out.push(line.trim_end().to_string());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_column_wraps_beneath_itself() {
        let rows = vec![vec!["F".to_string(), "a title that is rather long".to_string()]];
        assert_eq!(table(&rows, 20), ["F  a title that is", "   rather long"]);
    }
}
