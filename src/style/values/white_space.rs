//! White space and wrapping (CSS Text 4 §3).

/// What white space comes to (CSS Text 4 §3): two properties, which `white-space` sets together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WhiteSpace {
    pub collapse: WhiteSpaceCollapse,
    pub mode: TextWrapMode,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhiteSpaceCollapse {
    #[default]
    Collapse,
    Preserve,
    PreserveBreaks,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextWrapMode {
    #[default]
    Wrap,
    Nowrap,
}

impl WhiteSpace {
    pub const NORMAL: WhiteSpace =
        WhiteSpace { collapse: WhiteSpaceCollapse::Collapse, mode: TextWrapMode::Wrap };
    pub const NOWRAP: WhiteSpace = WhiteSpace { mode: TextWrapMode::Nowrap, ..WhiteSpace::NORMAL };
    pub const PRE: WhiteSpace =
        WhiteSpace { collapse: WhiteSpaceCollapse::Preserve, mode: TextWrapMode::Nowrap };
    pub const PRE_WRAP: WhiteSpace = WhiteSpace { mode: TextWrapMode::Wrap, ..WhiteSpace::PRE };
    pub const PRE_LINE: WhiteSpace =
        WhiteSpace { collapse: WhiteSpaceCollapse::PreserveBreaks, mode: TextWrapMode::Wrap };

    /// Whether runs of spaces are one, and none at the ends of lines.
    pub fn collapses(self) -> bool {
        self.collapse != WhiteSpaceCollapse::Preserve
    }

    /// Whether a written line end is one.
    pub fn keeps_breaks(self) -> bool {
        self.collapse != WhiteSpaceCollapse::Collapse
    }

    /// Whether a line may end between its words.
    pub fn wraps(self) -> bool {
        self.mode == TextWrapMode::Wrap
    }
}
