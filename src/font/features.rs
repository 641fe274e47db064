//! Which OpenType features a face has.

use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};

use super::Face;

impl Face {
    /// Whether the face substitutes or positions glyphs by a feature (OpenType, GSUB and GPOS).
    pub fn has_feature(&self, tag: &[u8; 4]) -> bool {
        let Ok(font) = FontRef::from_index(&self.data, self.index) else { return false };
        let tags = |list: skrifa::raw::tables::layout::FeatureList<'_>| {
            list.feature_records().iter().any(|record| record.feature_tag().to_be_bytes() == *tag)
        };
        let in_gsub = font.gsub().and_then(|table| table.feature_list()).is_ok_and(tags);
        // The figures that a face has without being asked.
        if *tag == *b"tnum" && figures_are_alike(&font) {
            return true;
        }
        in_gsub || font.gpos().and_then(|table| table.feature_list()).is_ok_and(tags)
    }
}

/// Whether all figures are of one width.
fn figures_are_alike(font: &FontRef) -> bool {
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let width = |figure| metrics.advance_width(font.charmap().map(figure)?);
    ('1'..='9').all(|figure| width(figure) == width('0'))
}
