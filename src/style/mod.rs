//! IN WHAT DRESS: style sheets and the cascade give every node its computed style.
//!
//! [`StyleSheets::prepare`] reads a layout's sheets once; [`compute`] dresses one client's document.
//! The subset of CSS is two tables, longhands.rs and shorthands.rs; docs/css.md is made from them.

mod background;
mod cascade;
mod color;
mod content;
mod declaration;
mod element;
mod explain;
mod gradient;
mod grid;
mod index;
mod initial;
mod keywords;
mod length;
mod lint;
mod longhands;
mod page;
mod page_size;
mod property;
mod reader;
mod reference;
mod selector;
mod sheet;
mod shorthands;
mod syntax;
mod text;
mod transform;
mod used;
pub mod values;
mod variables;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use crate::diagnostic::{Diagnostic, Diagnostics, Source};
use crate::document::tree::Document;
use crate::font::Faces;
use index::{Origin, RuleIndex};
use lint::{Families, Kind, Names};
use page::PageRule;
pub use reference::reference;
pub use sheet::Sheet;
use values::{PictureFile, Styles};

/// The program's default sheet: what elements look like before a layout says otherwise.
static DEFAULT: LazyLock<Arc<Source>> = LazyLock::new(|| {
    Source::new("default.css", concat!(include_str!("default.css"), include_str!("tasks.css")))
});

/// The part of it that no browser has.
pub const OWN: &str = include_str!("tasks.css");

/// The sheets of one layout, ready to match: the program's default sheet under the layout's own.
/// Immutable and shared by all clients of a run.
#[derive(Debug)]
pub struct StyleSheets {
    sources: Vec<Arc<Source>>,
    rules: RuleIndex,
    pages: Vec<PageRule>,
    /// None until they are checked.
    families: Option<Families>,
}

/// A layout imports no more sheets than this, those of its imports included.
const MOST_IMPORTS: usize = 64;

impl StyleSheets {
    /// Parses the layout's sheet and all it imports. `import` reads a sheet by its path from the
    /// workspace root. Every fault is reported at its place; the rest of the sheet is kept.
    pub fn prepare(
        layout: &Arc<Source>,
        import: &dyn Fn(&str) -> Result<Arc<Source>, Diagnostic>,
        diagnostics: &mut Diagnostics,
    ) -> StyleSheets {
        let mut gathering = Gathering { import, sheets: vec![], open: vec![], count: 0 };
        gathering.add(layout, diagnostics);
        let default = Sheet::parse(&DEFAULT, diagnostics);
        let sources = gathering.sheets.iter().map(|sheet| sheet.source.clone()).collect();
        let mut rules = vec![];
        let mut pages = vec![];
        let own = std::iter::once((Origin::Default, default));
        for (origin, sheet) in own.chain(gathering.sheets.into_iter().map(|s| (Origin::Layout, s))) {
            rules.extend(sheet.rules.into_iter().map(|rule| (origin, rule.selectors, rule.block)));
            pages.extend(sheet.pages);
        }
        let mut names = Names::default();
        rules.iter().for_each(|(_, _, block)| names.gather(block));
        for page in &pages {
            page.name.iter().for_each(|name| names.make(Kind::Page, name));
            names.gather(&page.block);
            page.boxes.iter().for_each(|(_, block)| {
                names.gather(block);
                lint::check_margin_box(block, diagnostics);
            });
        }
        names.report(diagnostics);
        StyleSheets { sources, rules: RuleIndex::new(rules), pages, families: None }
    }

    /// Says which families of the sheets have no face: a warning while a family of the same list has
    /// one (a generic name has), else an error. Lists in which `var()` stands are checked by
    /// [`compute`], against the same faces.
    pub fn check_families(&mut self, faces: &Faces, diagnostics: &mut Diagnostics) {
        let families = Families::of(faces);
        let boxes = self.pages.iter().flat_map(|page| page.boxes.iter()).map(|(_, block)| block);
        let mut found = Diagnostics::new();
        self.rules
            .layout_blocks()
            .chain(boxes)
            .for_each(|block| families.check_block(block, &mut found));
        let mut found: Vec<Diagnostic> = found.into_iter().collect();
        found.sort_by_key(|d| d.place.as_ref().map(|p| (p.source.path.clone(), p.span.start)));
        diagnostics.extend(found);
        self.families = Some(families);
    }

    /// The pictures that the layout's sheets name outright, whatever comes to show them. Those that
    /// `var()` names are known only to the styles.
    pub fn files(&self) -> Vec<PictureFile> {
        let pages = self.pages.iter().flat_map(|page| {
            std::iter::once(&*page.block).chain(page.boxes.iter().map(|(_, block)| block))
        });
        self.rules.layout_blocks().chain(pages).flat_map(lint::files_in).collect()
    }

    /// The layout's sheets in cascade order: each import before the sheet that asks for it.
    pub fn sources(&self) -> &[Arc<Source>] {
        &self.sources
    }
}

/// A sheet and its imports being read.
struct Gathering<'i> {
    import: &'i dyn Fn(&str) -> Result<Arc<Source>, Diagnostic>,
    /// In cascade order.
    sheets: Vec<Sheet>,
    /// The paths from the layout's sheet to the one being read.
    open: Vec<String>,
    count: usize,
}

impl Gathering<'_> {
    fn add(&mut self, source: &Arc<Source>, diagnostics: &mut Diagnostics) {
        let sheet = Sheet::parse(source, diagnostics);
        self.open.push(source.path.clone());
        for import in &sheet.imports {
            let path = beside(&source.path, &import.path);
            self.count += 1;
            let read = if self.open.contains(&path) {
                Err(Diagnostic::error(format!("`{path}` imports itself")))
            } else if self.count > MOST_IMPORTS {
                Err(Diagnostic::error(format!("more than {MOST_IMPORTS} style sheets are imported")))
            } else {
                (self.import)(&path)
            };
            match read {
                Ok(imported) => self.add(&imported, diagnostics),
                Err(error) if error.place.is_some() => diagnostics.push(error),
                Err(error) => diagnostics.push(error.at(import.place.clone())),
            }
        }
        self.open.pop();
        self.sheets.push(sheet);
    }
}

/// A path said in `file`, from the workspace root: relative to the file's folder, or with a leading
/// slash to the root itself. `..` beyond the root is kept, for the reader to refuse.
fn beside(file: &str, path: &str) -> String {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (start, path) = match path.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (folder, path),
    };
    let mut parts: Vec<&str> = vec![];
    for part in start.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The computed style of every node of `document`. `brand` gives the root element its custom
/// properties as CSS text (`--brand-primary` → `#14324f`, `--brand-body-font` → `"Source Sans 3"`, in
/// quotation marks), above anything the sheets say of them.
pub fn compute(
    document: &Document,
    sheets: &StyleSheets,
    brand: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Styles {
    cascade::styles(document, sheets, brand, diagnostics)
}
