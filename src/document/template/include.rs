//! Partials without the cost of Handlebars' own: it copies the whole context for each, and with it
//! every value that the partial looks up.

use handlebars::template::TemplateElement;
use handlebars::{
    BlockContext, Context, Handlebars, Helper, HelperDef, HelperResult, JsonValue, Output,
    RenderContext, RenderErrorReason, Renderable, Template,
};

/// Stands for `{{> name}}` once the layout has been checked, which refuses it in a template.
const INCLUDE: &str = "include-partial";

pub fn register(registry: &mut Handlebars<'_>) {
    registry.register_helper(INCLUDE, Box::new(Include));
}

/// Makes each `{{> name}}` that adds nothing to its context an [`Include`].
pub fn link(template: &mut Template) {
    for element in &mut template.elements {
        match element {
            TemplateElement::PartialExpression(partial)
                if partial.params.is_empty() && partial.hash.is_empty() =>
            {
                let name = partial.name.as_name().map(|name| JsonValue::from(name).to_string());
                let call =
                    name.and_then(|name| Template::compile(&format!("{{{{{INCLUDE} {name}}}}}")).ok());
                if let Some(include) = call.and_then(|call| call.elements.into_iter().next()) {
                    *element = include;
                }
            }
            TemplateElement::HelperBlock(block) => {
                block.template.iter_mut().chain(block.inverse.iter_mut()).for_each(link);
            }
            _ => {}
        }
    }
}

/// Fills a partial in the context where it stands, in a frame of its own as Handlebars gives it one.
struct Include;

impl HelperDef for Include {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let name = helper.param(0).and_then(|name| name.value().as_str()).unwrap_or("");
        let missing = || RenderErrorReason::PartialNotFound(name.to_owned());
        let partial = registry.get_template(name).ok_or_else(missing)?;
        let mut frame = BlockContext::new();
        if let Some(around) = render.block() {
            frame.base_path_mut().clone_from(around.base_path());
            frame.local_variables_mut().clone_from(around.local_variables());
            if let Some(value) = around.base_value() {
                frame.set_base_value(value.clone());
            }
        }
        let within = render.get_current_template_name();
        render.push_block(frame);
        let result = partial.render(registry, context, render, out);
        render.pop_block();
        render.set_current_template_name(within);
        result
    }
}
