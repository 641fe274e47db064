//! One face: its bytes, names and metrics.

use std::sync::Arc;

use crate::style::values::FontStyle;

/// A static (not variable) OpenType face.
pub struct Face {
    /// Where it was read, for messages.
    pub path: String,
    pub data: Arc<[u8]>,
    /// Typographic family (name id 16, else 1).
    pub family: String,
    /// PostScript name (name id 6).
    pub postscript_name: String,
    pub weight: u16,
    pub style: FontStyle,
    pub metrics: FaceMetrics,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Face({} {} {:?})", self.family, self.weight, self.style)
    }
}

/// Font units; y upwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FaceMetrics {
    pub units_per_em: u16,
    pub ascender: f32,
    /// Negative below the baseline.
    pub descender: f32,
    pub line_gap: f32,
    pub cap_height: f32,
    pub x_height: f32,
    /// Position of the underline's centre (negative: below) and its thickness.
    pub underline_position: f32,
    pub underline_thickness: f32,
    pub strikeout_position: f32,
    /// Degrees, negative leaning right.
    pub italic_angle: f32,
    /// x min, y min, x max, y max of the face.
    pub bbox: [f32; 4],
}
