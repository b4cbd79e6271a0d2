//! Builds again when a form, a code list or a text was added; the compiler itself only sees changed files.

fn main() {
    for folder in ["forms", "codelists", "locales"] {
        let path = format!("../../schema/{folder}");
        watch(std::path::Path::new(&path));
    }
}

#[allow(clippy::print_stdout)] // This is how a build script speaks to cargo.
fn watch(folder: &std::path::Path) {
    println!("cargo:rerun-if-changed={}", folder.display());
}
