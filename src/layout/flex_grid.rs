//! Flex and grid containers: taffy decides where their items stand, each item is laid out by us.
//!
//! [`View`] shows taffy one container and its items. What it asks of an item goes back to [`Engine`], so
//! that blocks, tables and paragraphs in a grid in a flex box nest freely. Afterwards the items are
//! gathered into bands, the rows between which a page may begin.

use std::rc::Rc;

use taffy::prelude::*;
use taffy::{
    Baselines, CacheTree, DetailedGridInfo, Layout, LayoutFlexboxContainer, LayoutGridContainer,
    LayoutInput, LayoutOutput, LayoutPartialTree, RequestedAxis, RunMode, SizingMode,
    TraversePartialTree, compute_cached_layout, compute_flexbox_layout, compute_grid_layout,
    compute_leaf_layout,
};

use super::boxes::{BoxContent, BoxId, Items};
use super::engine::{ContentBox, Context, Engine, Inner, Laid, Space};
use super::fragment::*;
use super::paint::contains;
use super::positioned::is_placed;
use super::sizing::{ContainingBlock, Intrinsic, definite, edges, grows_past_ratio};
use super::taffy_style::{placement, taffy_style};
use crate::style::values::{Align, BoxSizing, BreakBetween, FlexDirection, FlexWrap, LengthOrAuto};

/// px that a band may reach into the next before they are one.
const OVERLAP: f32 = 0.01;

struct View<'e, 'a> {
    engine: &'e mut Engine<'a>,
    container: BoxId,
    /// Of the container, once laid out.
    grid: Option<DetailedGridInfo<String>>,
    initial: Style<String>,
}

fn box_id(node: NodeId) -> BoxId {
    BoxId(usize::from(node) as u32)
}

fn node_id(id: BoxId) -> NodeId {
    NodeId::from(id.index())
}

impl Engine<'_> {
    /// The items of a flex or grid container, in bands.
    pub fn flex_or_grid(
        &mut self,
        id: BoxId,
        items: &Items,
        space: Space,
        content: ContentBox,
    ) -> Inner {
        let inputs = LayoutInput {
            run_mode: RunMode::PerformLayout,
            sizing_mode: SizingMode::InherentSize,
            axis: RequestedAxis::Both,
            known_dimensions: Size { width: Some(space.width), height: space.height },
            known_dimensions_are_definite: Size { width: true, height: true },
            parent_size: Size { width: Some(space.cb.width), height: space.cb.height },
            available_space: Size {
                width: AvailableSpace::Definite(space.width),
                height: AvailableSpace::MaxContent,
            },
            vertical_margins_are_collapsible: Line::FALSE,
        };
        let mut view = View::new(self, id);
        let output = view.container_layout(id, inputs);
        let grid = view.grid;
        let cb = ContainingBlock { width: content.width, height: content.height };
        let mut placed = Vec::with_capacity(items.in_flow.len());
        for &item in items.in_flow.iter() {
            let layout = self.caches[item.index()].place;
            let fragment = match &self.caches[item.index()].item {
                Some(laid) if is_size(&laid.fragment, layout.size) => laid.fragment.clone(),
                _ => {
                    let height = Some(layout.size.height);
                    let (width, border) = (layout.size.width, None);
                    let context = Context::Independent;
                    self.layout(item, Space { cb, width, height, border, context }).fragment
                }
            };
            placed.push(Placed { x: layout.location.x, y: layout.location.y, fragment });
        }
        let groups = match &grid {
            Some(grid) => rows_of_grid(&placed, grid),
            None => lines_of_flex(&placed, &self.tree.get(id).style),
        };
        let bands = self.bands(placed, groups);
        let areas: Vec<Option<Area>> = match &grid {
            Some(grid) => {
                let border_box = (space.width, output.size.height);
                items.absolutes.iter().map(|&item| self.grid_area(id, item, grid, border_box)).collect()
            }
            None => vec![None; items.absolutes.len()],
        };
        let inset = edges(self.tree.get(id), space.cb.width).inset().vertical();
        let height = (output.size.height - inset).max(0.0);
        let mut inner = Inner::new(FragmentContent::Empty, height);
        if !bands.is_empty() {
            let stacked = bands.len() > 1 && bands.iter().all(|b| b.cells.len() == 1);
            let keep = if stacked { Keep::Stacked } else { Keep::Whole };
            inner.content =
                FragmentContent::Bands(Bands { bands: bands.into(), keep, head: None, foot: None });
        }
        let area = Area { x: content.x, y: content.y, width: content.width, height };
        let anchor = |(&box_id, grid_area): (&BoxId, Option<Area>)| Anchor {
            box_id,
            place: self.static_place(id, box_id, grid_area.unwrap_or(area)),
            grid_area: grid_area.filter(|_| is_placed(&self.tree.get(box_id).style)),
        };
        inner.anchors = items.absolutes.iter().zip(areas).map(anchor).collect();
        inner.first_baseline = output.baselines.first;
        inner.last_baseline = output.baselines.last.or(output.baselines.first);
        inner
    }

    /// The grid area of an absolutely positioned child, in the container's border box (CSS Grid 2 §9.1). None
    /// where it has none.
    fn grid_area(
        &self,
        container: BoxId,
        child: BoxId,
        grid: &DetailedGridInfo<String>,
        (width, height): (f32, f32),
    ) -> Option<Area> {
        let style = &self.tree.get(child).style;
        // As browsers have it, the padding box is the area of a child that is placed nowhere.
        if !(is_placed(style) || contains(&self.tree.get(container).style)) {
            return None;
        }
        let border = edges(self.tree.get(container), 0.0).border;
        let padding_box = taffy::Rect {
            left: border.left,
            right: width - border.right,
            top: border.top,
            bottom: height - border.bottom,
        };
        let (rows, columns) = (placement(&style.grid_row), placement(&style.grid_column));
        let area = grid.resolve_absolute_grid_area(rows, columns, taffy::Direction::Ltr, padding_box);
        let (width, height) = (area.right - area.left, area.bottom - area.top);
        Some(Area { x: area.left, y: area.top, width, height })
    }

    /// As if it were the container's only item (CSS Flexbox 1 §4.1, CSS Grid 2 §9.2).
    fn static_place(&self, container: BoxId, child: BoxId, area: Area) -> StaticPlace {
        let around = &self.tree.get(container).style;
        let own = &self.tree.get(child).style;
        let or = |own: Align, all: Align| if own == Align::Normal { all } else { own };
        let align = or(own.align_self, around.align_items);
        if let BoxContent::Grid(_) = self.tree.get(container).content {
            let justify = or(own.justify_self, around.justify_items);
            return StaticPlace { area, across: edge(justify, false), down: edge(align, false) };
        }
        let turned = around.flex_wrap == FlexWrap::WrapReverse;
        let (main, cross) = match around.flex_direction {
            FlexDirection::Row | FlexDirection::Column => (edge(around.justify_content, false), align),
            _ => (edge(around.justify_content, true), align),
        };
        let cross = edge(cross, turned);
        match around.flex_direction {
            FlexDirection::Row | FlexDirection::RowReverse => {
                StaticPlace { area, across: main, down: cross }
            }
            _ => StaticPlace { area, across: cross, down: main },
        }
    }

    /// Content-box width of a container under a min-content or max-content constraint.
    pub fn flex_or_grid_intrinsic(&mut self, id: BoxId, which: Intrinsic) -> f32 {
        let available = match which {
            Intrinsic::Min => AvailableSpace::MinContent,
            Intrinsic::Max => AvailableSpace::MaxContent,
        };
        let inputs = LayoutInput {
            run_mode: RunMode::ComputeSize,
            sizing_mode: SizingMode::ContentSize,
            axis: RequestedAxis::Horizontal,
            known_dimensions: Size::NONE,
            known_dimensions_are_definite: Size { width: true, height: true },
            parent_size: Size::NONE,
            available_space: Size { width: available, height: AvailableSpace::MaxContent },
            vertical_margins_are_collapsible: Line::FALSE,
        };
        let mut view = View::new(self, id);
        let output = view.container_layout(id, inputs);
        let inset = edges(self.tree.get(id), 0.0).inset();
        (output.size.width - inset.horizontal()).max(0.0)
    }

    /// Rows of items that one break cuts, from groups of their indices with the rows' extents.
    fn bands(&self, placed: Vec<Placed>, groups: Vec<Group>) -> Vec<Band> {
        let mut placed: Vec<Option<Placed>> = placed.into_iter().map(Some).collect();
        let mut bands: Vec<Band> = vec![];
        for group in merged(groups) {
            let cells: Vec<Placed> = group
                .items
                .iter()
                .filter_map(|&i| placed[i].take())
                .map(|p| Placed { y: p.y - group.top, ..p })
                .collect();
            let before = match bands.last() {
                None => Between::Allowed,
                Some(above) => self.between_rows(&above.cells, &cells),
            };
            let (y, height) = (group.top, group.bottom - group.top);
            let (rows, rules, above) = (vec![], vec![], vec![]);
            bands.push(Band { y, height, before, cells, rows, rules, above });
        }
        bands
    }

    fn between_rows(&self, above: &[Placed], below: &[Placed]) -> Between {
        let after = above.iter().map(|c| self.tree.get(c.fragment.box_id).break_after);
        let before = below.iter().map(|c| self.tree.get(c.fragment.box_id).break_before);
        after.chain(before).fold(BreakBetween::Auto, super::segments::stronger).into()
    }
}

fn is_size(fragment: &Rc<Fragment>, size: Size<f32>) -> bool {
    fragment.width == size.width && fragment.height == size.height
}

/// Where an alignment puts one box; `reversed` says that the axis runs from the end.
fn edge(align: Align, reversed: bool) -> Edge {
    let (flex_start, flex_end) =
        if reversed { (Edge::End, Edge::Start) } else { (Edge::Start, Edge::End) };
    match align {
        Align::Start => Edge::Start,
        Align::End => Edge::End,
        Align::FlexEnd => flex_end,
        Align::Center | Align::SpaceAround | Align::SpaceEvenly => Edge::Center,
        Align::FlexStart | Align::Normal | Align::Stretch | Align::Baseline | Align::SpaceBetween => {
            flex_start
        }
    }
}

/// Items of one row, and its extent, px from the container's top.
struct Group {
    items: Vec<usize>,
    top: f32,
    bottom: f32,
}

impl Group {
    fn around(items: Vec<usize>, placed: &[Placed]) -> Group {
        let tops = items.iter().map(|&i| placed[i].y);
        let bottoms = items.iter().map(|&i| placed[i].y + placed[i].fragment.height);
        let top = tops.fold(f32::INFINITY, f32::min);
        let bottom = bottoms.fold(f32::NEG_INFINITY, f32::max);
        Group { items, top, bottom }
    }
}

/// Rows of a grid: an item that spans rows makes one of them.
fn rows_of_grid(placed: &[Placed], grid: &DetailedGridInfo<String>) -> Vec<Group> {
    let positions = &grid.rows.positions;
    let track = |line: u16| positions.get(usize::from(line).saturating_sub(1));
    placed
        .iter()
        .enumerate()
        .map(|(i, item)| {
            let mut group = Group::around(vec![i], placed);
            if let Some(info) = grid.items.get(i)
                && let (Some(first), Some(last)) =
                    (track(info.row_start), track(info.row_end.saturating_sub(1)))
            {
                group.top = group.top.min(first.start);
                group.bottom = (item.y + item.fragment.height).max(last.end);
            }
            group
        })
        .collect()
}

/// Lines of a row container, items of a column container (CSS Flexbox 1 §10). Items of a line that
/// follows begin again at the main-start side.
fn lines_of_flex(placed: &[Placed], style: &crate::style::values::ComputedStyle) -> Vec<Group> {
    let row = matches!(style.flex_direction, FlexDirection::Row | FlexDirection::RowReverse);
    let wraps = style.flex_wrap != FlexWrap::Nowrap;
    let reverse = style.flex_direction == FlexDirection::RowReverse;
    let mut lines: Vec<Vec<usize>> = vec![];
    for (i, item) in placed.iter().enumerate() {
        let starts_line = match lines.last().and_then(|line| line.last()) {
            None => true,
            Some(&last) if row && wraps => {
                let last = &placed[last];
                match reverse {
                    false => item.x < last.x + last.fragment.width - OVERLAP,
                    true => item.x + item.fragment.width > last.x + OVERLAP,
                }
            }
            Some(_) => !row && !wraps,
        };
        match lines.last_mut() {
            Some(line) if !starts_line => line.push(i),
            _ => lines.push(vec![i]),
        }
    }
    lines.into_iter().map(|line| Group::around(line, placed)).collect()
}

/// From top to bottom; groups that share some height become one.
fn merged(mut groups: Vec<Group>) -> Vec<Group> {
    groups.sort_by(|a, b| a.top.total_cmp(&b.top));
    let mut merged: Vec<Group> = vec![];
    for group in groups {
        match merged.last_mut() {
            Some(last) if group.top < last.bottom - OVERLAP || group.top <= last.top => {
                last.items.extend(group.items);
                last.bottom = last.bottom.max(group.bottom);
            }
            _ => merged.push(group),
        }
    }
    for group in &mut merged {
        group.items.sort_unstable();
    }
    merged
}

impl<'e, 'a> View<'e, 'a> {
    fn new(engine: &'e mut Engine<'a>, container: BoxId) -> View<'e, 'a> {
        View { engine, container, grid: None, initial: Style::default() }
    }

    fn items(&self, node: NodeId) -> &[BoxId] {
        match &self.engine.tree.get(box_id(node)).content {
            BoxContent::Flex(items) | BoxContent::Grid(items) => &items.in_flow,
            _ => &[],
        }
    }

    fn style(&self, node: NodeId) -> &Style<String> {
        self.engine.caches[box_id(node).index()].style.as_deref().unwrap_or(&self.initial)
    }

    /// Makes the styles of a container and its items, once.
    fn dress(&mut self, id: BoxId) {
        let items = self.items(node_id(id)).to_vec();
        let container = self.engine.tree.get(id);
        let in_grid = matches!(container.content, BoxContent::Grid(_));
        let align_items = container.style.align_items;
        for id in std::iter::once(id).chain(items.iter().copied()) {
            let b = self.engine.tree.get(id);
            // CSS Grid 2 §6.2: an item with a ratio keeps the height that it gives, unless it says `stretch`.
            let keeps_height = in_grid
                && b.style.aspect_ratio.is_some()
                && items.contains(&id)
                && b.style.align_self == Align::Normal
                && align_items == Align::Normal;
            if self.engine.caches[id.index()].style.is_none() || keeps_height {
                let mut style = taffy_style(b, &mut self.engine.calcs.borrow_mut());
                if keeps_height {
                    style.align_self = Some(taffy::AlignItems::START);
                }
                self.engine.caches[id.index()].style = Some(Rc::new(style));
            }
        }
    }

    fn container_layout(&mut self, id: BoxId, inputs: LayoutInput) -> LayoutOutput {
        self.dress(id);
        match self.engine.tree.get(id).content {
            BoxContent::Grid(_) => compute_grid_layout(self, node_id(id), inputs),
            _ => compute_flexbox_layout(self, node_id(id), inputs),
        }
    }

    /// Size of an item, or its whole layout.
    fn item(&mut self, id: BoxId, inputs: LayoutInput) -> LayoutOutput {
        let size = match self.engine.tree.get(id).content {
            BoxContent::Flex(_) | BoxContent::Grid(_) => {
                let measure = LayoutInput { run_mode: RunMode::ComputeSize, ..inputs };
                match inputs.known_dimensions {
                    Size { width: Some(width), height: Some(height) } => Size { width, height },
                    _ => {
                        let size = self.container_layout(id, measure).size;
                        let by_ratio = inputs.known_dimensions.height.is_none();
                        let by_ratio =
                            by_ratio.then(|| self.height_by_ratio(id, size, inputs)).flatten();
                        Size { height: by_ratio.unwrap_or(size.height), ..size }
                    }
                }
            }
            _ => self.leaf(id, inputs),
        };
        let mut output = LayoutOutput::from_outer_size(size);
        if inputs.run_mode == RunMode::PerformLayout {
            let cb = ContainingBlock {
                width: inputs.parent_size.width.unwrap_or(size.width),
                height: inputs.parent_size.height,
            };
            let (width, height) = (size.width, Some(size.height));
            let space = Space { cb, width, height, border: None, context: Context::Independent };
            let laid: Laid = self.engine.layout(id, space);
            output.baselines =
                Baselines { first: laid.fragment.first_baseline, last: laid.fragment.last_baseline };
            self.engine.caches[id.index()].item = Some(laid);
        }
        output
    }

    /// Border-box size of an item that is not a flex or grid container itself.
    fn leaf(&mut self, id: BoxId, inputs: LayoutInput) -> Size<f32> {
        let inputs = LayoutInput { run_mode: RunMode::ComputeSize, ..inputs };
        let Some(style) = self.engine.caches[id.index()].style.clone() else { return Size::ZERO };
        let width_said = inputs.known_dimensions.width.is_some()
            || inputs.sizing_mode == SizingMode::InherentSize
                && definite(self.engine.tree.get(id).style.width, inputs.parent_size.width).is_some();
        let calcs = self.engine.calcs.clone();
        let resolve = |handle, base| calcs.borrow().resolve(handle, base);
        let output = compute_leaf_layout(inputs, &*style, resolve, |_, available| {
            self.content_size(id, inputs, available.width, width_said)
        });
        output.size
    }

    /// Border-box height of a container that is an item, by its `aspect-ratio`.
    fn height_by_ratio(&self, id: BoxId, size: Size<f32>, inputs: LayoutInput) -> Option<f32> {
        let b = self.engine.tree.get(id);
        if b.style.height != LengthOrAuto::Auto {
            return None;
        }
        let inset = edges(b, inputs.parent_size.width.unwrap_or(0.0)).inset();
        let height = self.engine.height_by_ratio(id, size.width, inset)?;
        Some(if grows_past_ratio(&b.style) { height.max(size.height) } else { height })
    }

    /// Content size of an item, as wide as it is told or as its content makes it.
    fn content_size(
        &mut self,
        id: BoxId,
        inputs: LayoutInput,
        available: AvailableSpace,
        width_said: bool,
    ) -> Size<f32> {
        let engine = &mut *self.engine;
        let base = inputs.parent_size.width;
        let inset = edges(engine.tree.get(id), base.unwrap_or(0.0)).inset();
        let cb = ContainingBlock { width: base.unwrap_or(0.0), height: inputs.parent_size.height };
        if let BoxContent::Replaced(_) = engine.tree.get(id).content {
            let used = engine.replaced_size(id, base, cb.height);
            // Stretched to a height that is known, its width follows (CSS Flexbox 1 §9.2, 3.B), unless it is of
            // its container and asks for none (CSS Sizing 3 §5.2.2).
            let least = engine.replaced_contribution(id, Intrinsic::Min);
            let compresses = available == AvailableSpace::MinContent && least == 0.0;
            if let Size { width: None, height: Some(height) } = inputs.known_dimensions
                && used.height > 0.0
                && !compresses
            {
                let height = (height - inset.vertical()).max(0.0);
                return Size { width: used.width * height / used.height, height };
            }
            return match available {
                AvailableSpace::Definite(width) if width_said && used.width > 0.0 => {
                    Size { width, height: used.height * width / used.width }
                }
                AvailableSpace::MinContent => Size { width: least, height: used.height },
                _ => Size { width: used.width, height: used.height },
            };
        }
        let ratio = engine.tree.get(id).style.aspect_ratio.filter(|ratio| *ratio > 0.0);
        let by_height = match (inputs.known_dimensions, ratio) {
            (Size { width: None, height: Some(height) }, Some(ratio)) => {
                Some(match engine.tree.get(id).style.box_sizing {
                    BoxSizing::ContentBox => (height - inset.vertical()).max(0.0) * ratio,
                    BoxSizing::BorderBox => (height * ratio - inset.horizontal()).max(0.0),
                })
            }
            _ => None,
        };
        let width = match available {
            AvailableSpace::Definite(width) if width_said => width,
            AvailableSpace::Definite(_) | AvailableSpace::MaxContent if by_height.is_some() => {
                by_height.unwrap_or(0.0)
            }
            AvailableSpace::Definite(room) => match engine.tree.get(id).content {
                BoxContent::TableWrapper { .. } => engine.table_width(id, room, base.unwrap_or(room)),
                _ => {
                    let max = engine.intrinsic(id, Intrinsic::Max);
                    if max <= room { max } else { engine.intrinsic(id, Intrinsic::Min).max(room) }
                }
            },
            AvailableSpace::MinContent => engine.intrinsic(id, Intrinsic::Min),
            AvailableSpace::MaxContent => engine.intrinsic(id, Intrinsic::Max),
        };
        if inputs.axis == RequestedAxis::Horizontal {
            return Size { width, height: 0.0 };
        }
        let (border, context) = (None, Context::Independent);
        let space = Space { cb, width: width + inset.horizontal(), height: None, border, context };
        let laid = engine.layout(id, space);
        let height = ratio.map_or(laid.natural, |_| laid.fragment.height);
        Size { width, height: (height - inset.vertical()).max(0.0) }
    }
}

impl TraversePartialTree for View<'_, '_> {
    type ChildIter<'b>
        = std::iter::Map<std::slice::Iter<'b, BoxId>, fn(&BoxId) -> NodeId>
    where
        Self: 'b;

    fn child_ids(&self, parent: NodeId) -> Self::ChildIter<'_> {
        self.items(parent).iter().map(|&id| node_id(id))
    }

    fn child_count(&self, parent: NodeId) -> usize {
        self.items(parent).len()
    }

    fn get_child_id(&self, parent: NodeId, index: usize) -> NodeId {
        node_id(self.items(parent)[index])
    }
}

impl LayoutPartialTree for View<'_, '_> {
    type CoreContainerStyle<'b>
        = &'b Style<String>
    where
        Self: 'b;
    type CustomIdent = String;

    fn get_core_container_style(&self, node: NodeId) -> Self::CoreContainerStyle<'_> {
        self.style(node)
    }

    fn resolve_calc_value(&self, value: *const (), basis: f32) -> f32 {
        self.engine.calcs.borrow().resolve(value, basis)
    }

    fn set_unrounded_layout(&mut self, node: NodeId, layout: &Layout) {
        self.engine.caches[box_id(node).index()].place = *layout;
    }

    fn compute_child_layout(&mut self, node: NodeId, inputs: LayoutInput) -> LayoutOutput {
        compute_cached_layout(self, node, inputs, |view, node, inputs| view.item(box_id(node), inputs))
    }
}

impl CacheTree for View<'_, '_> {
    fn cache_get(&mut self, node: NodeId, input: &LayoutInput) -> Option<LayoutOutput> {
        self.engine.caches[box_id(node).index()].taffy.get(input)
    }

    fn cache_store(&mut self, node: NodeId, input: &LayoutInput, output: LayoutOutput) {
        self.engine.caches[box_id(node).index()].taffy.store(input, output);
    }

    fn cache_clear(&mut self, node: NodeId) {
        self.engine.caches[box_id(node).index()].taffy.clear();
    }
}

impl LayoutFlexboxContainer for View<'_, '_> {
    type FlexboxContainerStyle<'b>
        = &'b Style<String>
    where
        Self: 'b;
    type FlexboxItemStyle<'b>
        = &'b Style<String>
    where
        Self: 'b;

    fn get_flexbox_container_style(&self, node: NodeId) -> Self::FlexboxContainerStyle<'_> {
        self.style(node)
    }

    fn get_flexbox_child_style(&self, child: NodeId) -> Self::FlexboxItemStyle<'_> {
        self.style(child)
    }
}

impl LayoutGridContainer for View<'_, '_> {
    type GridContainerStyle<'b>
        = &'b Style<String>
    where
        Self: 'b;
    type GridItemStyle<'b>
        = &'b Style<String>
    where
        Self: 'b;

    fn get_grid_container_style(&self, node: NodeId) -> Self::GridContainerStyle<'_> {
        self.style(node)
    }

    fn get_grid_child_style(&self, child: NodeId) -> Self::GridItemStyle<'_> {
        self.style(child)
    }

    fn set_detailed_grid_info(&mut self, node: NodeId, info: DetailedGridInfo<String>) {
        if box_id(node) == self.container {
            self.grid = Some(info);
        }
    }
}
