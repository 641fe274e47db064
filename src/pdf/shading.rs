//! Gradients (ISO 32000-1 §8.7.4.5). A shading has no transparency: where its stops have, a second
//! one, of their alphas as greys, masks it (§11.6.5.2).

use lopdf::Dictionary;
use printpdf::{GradientStop, Shading, ShadingGeometry};

use super::number::{round, round_all};
use crate::style::values::Color;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Gradient {
    pub(super) geometry: Geometry,
    /// Offsets 0–1, rising.
    pub(super) stops: Vec<(f32, Color)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Geometry {
    /// From one point to another.
    Axial([f32; 4]),
    /// From one circle to another: x, y and radius of each.
    Radial([f32; 6]),
}

impl Gradient {
    pub(super) fn colors(&self) -> Dictionary {
        self.shading(|color| [color.r, color.g, color.b].map(|c| f32::from(c) / 255.0))
    }

    pub(super) fn alphas(&self) -> Dictionary {
        self.shading(|color| [color.a; 3])
    }

    /// The alpha that all stops have, if they have the same.
    pub(super) fn constant_alpha(&self) -> Option<f32> {
        let first = self.stops.first().map_or(1.0, |stop| stop.1.a);
        self.stops.iter().all(|stop| stop.1.a == first).then_some(first)
    }

    fn shading(&self, channels: impl Fn(&Color) -> [f32; 3]) -> Dictionary {
        let stops = self.stops.iter().map(|(offset, color)| GradientStop {
            offset: round(offset.clamp(0.0, 1.0), 4),
            color: round_all(channels(color), 3),
        });
        let geometry = match self.geometry {
            Geometry::Axial(coords) => ShadingGeometry::Axial { coords: round_all(coords, 3) },
            Geometry::Radial(coords) => ShadingGeometry::Radial { coords: round_all(coords, 3) },
        };
        Shading { geometry, stops: stops.collect(), extend: (true, true) }.to_dict()
    }
}
