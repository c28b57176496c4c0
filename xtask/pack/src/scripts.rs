//! Scripts without what only people read: comments, spaces, long names. The ones that wasm-bindgen
//! writes are full of them.

use std::path::Path;

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_minifier::{Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

/// Makes every script in the folder small, in its place.
pub fn make_small(dist: &Path) -> Result<(), String> {
    for name in crate::files_below(dist)?.iter().filter(|name| name.ends_with(".js")) {
        let file = dist.join(name);
        let script = crate::read_text(&file)?;
        let small = small(&script).map_err(|why| format!("{name}: {why}"))?;
        crate::write(&file, small.as_bytes())?;
    }
    Ok(())
}

/// The same module, smaller.
pub fn small(script: &str) -> Result<String, String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, script, SourceType::mjs()).parse();
    if let Some(error) = parsed.diagnostics.first() {
        return Err(format!("this is no script: {error}"));
    }
    let mut program = parsed.program;
    let minified = Minifier::new(MinifierOptions::default()).minify(&allocator, &mut program);
    let printed = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(minified.scoping)
        .build(&program);
    Ok(printed.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_long_names_go_and_what_is_exported_stays() {
        let script = "// why\nfunction hidden(number) { return number + 1; }\nexport const shown = hidden(globalThis.start);\n";
        let small = small(script).unwrap();
        assert!(small.contains("shown") && small.contains("globalThis.start"), "{small}");
        assert!(!small.contains("why") && !small.contains("number"), "{small}");
    }

    #[test]
    fn what_is_no_script_is_refused() {
        assert!(small("const = ;").is_err());
    }
}
