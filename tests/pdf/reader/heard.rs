//! A document as it is heard: from the structure tree alone.

use lopdf::Object;

use super::{Element, Kid, Reader};

/// Reads a file out: headings with their level, lists with their marks, tables cell by cell with their
/// headers, links with where they lead, pictures by their alternatives, changes of language.
pub fn heard(reader: &Reader) -> String {
    let mut out = String::new();
    let catalog = reader.pdf.catalog().unwrap();
    let lang = reader.string(catalog, "Lang").unwrap_or_default();
    let info = reader.pdf.trailer.get_deref(b"Info", &reader.pdf).unwrap().as_dict().unwrap();
    let title = reader.string(info, "Title").unwrap_or_default();
    let pages = reader.pages.len();
    out.push_str(&format!(
        "\"{title}\", {pages} page{}, in {lang}\n",
        if pages == 1 { "" } else { "s" }
    ));
    Voice { reader, out: &mut out }.children(&reader.root, 0);
    out
}

struct Voice<'a> {
    reader: &'a Reader,
    out: &'a mut String,
}

impl Voice<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.out.push_str(&"  ".repeat(depth));
            self.out.push_str(text);
            self.out.push('\n');
        }
    }

    fn children(&mut self, element: &Element, depth: usize) {
        for kid in &element.kids {
            if let Kid::Element(child) = kid {
                self.element(child, depth);
            }
        }
    }

    fn element(&mut self, element: &Element, depth: usize) {
        match element.role.as_str() {
            "Sect" | "Art" | "Div" | "Part" => match self.reader.string(&element.dict, "Lang") {
                Some(lang) => {
                    self.line(depth, &format!("in {lang}:"));
                    self.children(element, depth + 1);
                }
                None => self.children(element, depth),
            },
            "H1" | "H2" | "H3" | "H4" | "H5" | "H6" => {
                let text = self.inline(element);
                self.out.push('\n');
                self.line(
                    depth,
                    &format!("{} {}", "#".repeat(element.role[1..].parse().unwrap()), text.trim()),
                );
            }
            "BlockQuote" => {
                self.line(depth, "quotation:");
                self.children(element, depth + 1);
            }
            "L" => {
                let items = element.kids.len();
                let numbering = self.reader.attribute(element, "List", "ListNumbering");
                let numbering = numbering.and_then(|n| n.as_name().ok()).unwrap_or(b"None");
                let numbering = String::from_utf8_lossy(numbering).to_string();
                let lang = self.reader.string(&element.dict, "Lang");
                let lang = lang.map_or(String::new(), |lang| format!(", in {lang}"));
                self.line(depth, &format!("list of {items} ({numbering}){lang}:"));
                self.children(element, depth + 1);
            }
            "LI" => self.item(element, depth),
            "Table" => self.table(element, depth),
            "Caption" => {
                let text = self.inline(element);
                self.line(depth, &format!("caption: {text}"));
            }
            _ => {
                let text = self.inline(element);
                self.line(depth, &text);
            }
        }
    }

    fn item(&mut self, element: &Element, depth: usize) {
        let mut label = String::new();
        for kid in &element.kids {
            let Kid::Element(part) = kid else { continue };
            if part.role == "Lbl" {
                label.push_str(&self.inline(part));
                continue;
            }
            // What is straight in the body, then the blocks in it.
            let blocks = part.kids.iter().any(|kid| matches!(kid, Kid::Element(e) if is_block(&e.role)));
            let label = std::mem::take(&mut label);
            let label = if label.trim().is_empty() { "-" } else { label.trim() };
            if blocks {
                let mark = self.out.len();
                self.children(part, depth);
                let body = self.out.split_off(mark);
                let indent = "  ".repeat(depth);
                let mut lines = body.lines().skip_while(|line| line.is_empty());
                self.line(depth, &format!("{label} {}", lines.next().unwrap_or("").trim_start()));
                for rest in lines {
                    let rest = rest.strip_prefix(&indent).unwrap_or(rest);
                    self.out.push_str(&format!("{indent}  {rest}\n"));
                }
            } else {
                let text = self.inline(part);
                self.line(depth, &format!("{label} {}", text.trim()));
            }
        }
        self.line(depth, &label);
    }

    fn table(&mut self, table: &Element, depth: usize) {
        let grid = grid(self.reader, table);
        let columns = grid.iter().map(Vec::len).max().unwrap_or(0);
        let rows = grid.len();
        self.line(depth, &format!("table of {columns} columns and {rows} rows:"));
        if let Some(summary) = self.reader.attribute(table, "Table", "Summary") {
            self.line(depth + 1, &format!("summary: {}", lopdf::decode_text_string(summary).unwrap()));
        }
        for kid in &table.kids {
            if let Kid::Element(caption) = kid
                && caption.role == "Caption"
            {
                let text = self.inline(caption);
                self.line(depth + 1, &format!("caption: {}", text.trim()));
            }
        }
        for (y, row) in grid.iter().enumerate() {
            let mut cells = vec![];
            for (x, cell) in row.iter().enumerate() {
                // A spanning cell is said once.
                let before = x.checked_sub(1).map(|x| row[x].id) == Some(cell.id);
                let above = y.checked_sub(1).and_then(|y| grid[y].get(x)).map(|c| c.id) == Some(cell.id);
                if before || above {
                    continue;
                }
                let text = self.inline(cell).trim().to_string();
                let text = if text.is_empty() { "(empty)".to_string() } else { text };
                if cell.role == "TH" {
                    cells.push(format!("[{text}]"));
                    continue;
                }
                let headers: Vec<String> = self.headers(&grid, x, y);
                cells.push(match headers.is_empty() {
                    true => text,
                    false => format!("{}: {text}", headers.join(", ")),
                });
            }
            self.line(depth + 1, &cells.join(" | "));
        }
    }

    /// The headers of a cell: those it names, else those above it and before it, by their scope.
    fn headers(&self, grid: &[Vec<&Element>], x: usize, y: usize) -> Vec<String> {
        let cell = grid[y][x];
        if let Some(Object::Array(names)) = self.reader.attribute(cell, "Table", "Headers") {
            let wanted: Vec<&[u8]> = names.iter().map(|name| name.as_str().unwrap()).collect();
            let named = |cell: &&&Element| {
                let id = cell.dict.get(b"ID").and_then(Object::as_str).ok();
                id.is_some_and(|id| wanted.contains(&id))
            };
            let mut found: Vec<&Element> = vec![];
            for cell in grid.iter().flatten().filter(named) {
                // one that spans stands in several places
                if !found.iter().any(|known| known.id == cell.id) {
                    found.push(cell);
                }
            }
            return found.iter().map(|cell| self.inline(cell).trim().to_string()).collect();
        }
        let scope = |cell: &Element, wanted: &[u8]| {
            let scope = self.reader.attribute(cell, "Table", "Scope");
            cell.role == "TH" && scope.and_then(|s| s.as_name().ok()) == Some(wanted)
        };
        let mut found: Vec<&Element> = vec![];
        for row in &grid[..y] {
            found.extend(row.get(x).filter(|cell| scope(cell, b"Column")));
        }
        found.extend(grid[y][..x].iter().filter(|cell| scope(cell, b"Row")));
        found.dedup_by_key(|cell| cell.id);
        found.iter().map(|cell| self.inline(cell).trim().to_string()).filter(|t| !t.is_empty()).collect()
    }

    /// An element as running text.
    fn inline(&self, element: &Element) -> String {
        let reader = self.reader;
        let mut text = String::new();
        let mut targets = vec![];
        for kid in &element.kids {
            match kid {
                Kid::Content(stream, mcid) => text.push_str(reader.text(*stream, *mcid)),
                Kid::Element(child) => {
                    let inside = self.inline(child);
                    // Blocks are told apart by a pause.
                    if is_block(&child.role) && !text.is_empty() {
                        text.push_str(" / ");
                    }
                    text.push_str(&inside);
                }
                Kid::Annotation(id) => {
                    let target = self.target(*id);
                    if !targets.contains(&target) {
                        targets.push(target);
                    }
                }
            }
        }
        if let Some(said) = reader.string(&element.dict, "ActualText") {
            text = said;
        }
        if let Some(said) = reader.string(&element.dict, "E") {
            text = said;
        }
        if element.role == "Figure" {
            text = format!("[picture: {}]", reader.string(&element.dict, "Alt").unwrap_or_default());
        }
        match reader.attribute(element, "Layout", "TextDecorationType").map(Object::as_name) {
            Some(Ok(b"LineThrough")) => text = format!("[struck: {text}]"),
            Some(Ok(b"Underline")) => text = format!("[underlined: {text}]"),
            _ => {}
        }
        if !targets.is_empty() {
            text = format!("{text} (link to {})", targets.join(", "));
        }
        if let Some(lang) = reader.string(&element.dict, "Lang") {
            text = format!("({lang}: {text})");
        }
        // The soft hyphen of a line's end is not said.
        text.replace('\u{AD}', "")
    }

    fn target(&self, id: lopdf::ObjectId) -> String {
        let annotation = self.reader.pdf.get_dictionary(id).unwrap();
        if let Some(action) = self.reader.dict(annotation, "A") {
            let uri = action.get(b"URI").unwrap().as_str().unwrap();
            return String::from_utf8_lossy(uri).to_string();
        }
        let destination = annotation.get(b"Dest").unwrap().as_array().unwrap();
        let page = destination[0].as_reference().unwrap();
        format!("page {}", self.reader.pages.iter().position(|p| *p == page).unwrap() + 1)
    }
}

fn is_block(role: &str) -> bool {
    !matches!(role, "Span" | "Link" | "Code" | "Quote" | "Figure" | "Lbl")
}

/// The cells of a table by row and column; a spanning cell stands in all of its places.
pub fn grid<'a>(reader: &Reader, table: &'a Element) -> Vec<Vec<&'a Element>> {
    let mut rows = vec![];
    table.walk(&mut |element| {
        if element.role == "TR" {
            rows.push(element);
        }
    });
    let mut grid: Vec<Vec<Option<&Element>>> = vec![vec![]; rows.len()];
    for (y, row) in rows.iter().enumerate() {
        let mut x = 0;
        for kid in &row.kids {
            let Kid::Element(cell) = kid else { continue };
            let span =
                |key| reader.attribute(cell, "Table", key).map_or(1, |n| n.as_i64().unwrap() as usize);
            while grid[y].get(x).is_some_and(Option::is_some) {
                x += 1;
            }
            let height = span("RowSpan").min(rows.len() - y);
            for line in &mut grid[y..y + height] {
                line.resize(line.len().max(x + span("ColSpan")), None);
                line[x..x + span("ColSpan")].fill(Some(cell));
            }
            x += span("ColSpan");
        }
    }
    grid.into_iter().map(|row| row.into_iter().flatten().collect()).collect()
}
