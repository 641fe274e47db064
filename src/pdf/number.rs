//! Numbers as a PDF writes them: few decimals, and never one that is no number.

/// Rounds to so many decimals; what is not finite becomes 0 (ISO 32000-1 §7.3.3 has no such reals).
pub(super) fn round(value: f32, decimals: i32) -> f32 {
    let scale = 10f64.powi(decimals);
    let rounded = (f64::from(value) * scale).round() / scale;
    // Annex C: the largest real that every reader takes.
    if rounded.is_finite() { rounded.clamp(-32767.0, 32767.0) as f32 + 0.0 } else { 0.0 }
}

pub(super) fn round_all<const N: usize>(values: [f32; N], decimals: i32) -> [f32; N] {
    values.map(|value| round(value, decimals))
}

/// 96 px are 72 pt (CSS Values 4 §6.2).
pub(super) const PT_PER_PX: f32 = 0.75;
