//! Lengths that may depend on a containing block (CSS Values 4 §10).

/// An absolute part and a part relative to the containing block: `calc(100% - 12px)` is
/// `{ px: -12, percent: 1.0 }`.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct LengthPercentage {
    pub px: f32,
    /// 1.0 is 100 %.
    pub percent: f32,
    /// Of `min()`, `max()` and `clamp()` that only the containing block can decide.
    pub bounds: Bounds,
}

impl std::fmt::Debug for LengthPercentage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("LengthPercentage");
        shown.field("px", &self.px).field("percent", &self.percent);
        match self.bounds {
            Bounds::NONE => shown.finish(),
            Bounds { most, least } => shown.field("most", &most).field("least", &least).finish(),
        }
    }
}

/// What a length comes to at most and at least; the least wins.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    pub most: Option<Linear>,
    pub least: Option<Linear>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Linear {
    pub px: f32,
    /// 1.0 is 100 %.
    pub percent: f32,
}

impl Linear {
    pub fn resolve(self, base: f32) -> f32 {
        self.px + self.percent * base
    }
}

impl Bounds {
    pub const NONE: Bounds = Bounds { most: None, least: None };
}

impl LengthPercentage {
    pub const ZERO: LengthPercentage = LengthPercentage::px(0.0);

    pub const fn px(px: f32) -> LengthPercentage {
        LengthPercentage { px, percent: 0.0, bounds: Bounds::NONE }
    }

    pub const fn percent(percent: f32) -> LengthPercentage {
        LengthPercentage { px: 0.0, percent, bounds: Bounds::NONE }
    }

    /// Whether it depends on the containing block.
    pub fn is_relative(self) -> bool {
        let bounds = [self.bounds.most, self.bounds.least];
        self.percent != 0.0 || bounds.into_iter().flatten().any(|bound| bound.percent != 0.0)
    }

    pub fn resolve(self, base: f32) -> f32 {
        let value = self.px + self.percent * base;
        let value = self.bounds.most.map_or(value, |most| value.min(most.resolve(base)));
        self.bounds.least.map_or(value, |least| value.max(least.resolve(base)))
    }

    /// What is left of 100 %.
    pub fn from_end(self) -> LengthPercentage {
        let rest = |Linear { px, percent }: Linear| Linear { px: 0.0 - px, percent: 1.0 - percent };
        let Linear { px, percent } = rest(Linear { px: self.px, percent: self.percent });
        let Bounds { most, least } = self.bounds;
        LengthPercentage { px, percent, bounds: Bounds { most: least.map(rest), least: most.map(rest) } }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum LengthOrAuto {
    #[default]
    Auto,
    Length(LengthPercentage),
}
