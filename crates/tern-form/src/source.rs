//! Where schema files come from: built into the program, or a folder.

use std::collections::BTreeMap;
use std::path::Path as FilePath;

use include_dir::{Dir, include_dir};

use crate::schema::SchemaError;

static FORMS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../schema/forms");
static CODELISTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../schema/codelists");
static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../schema/locales");

/// The text of every schema file, by its path below `schema/`.
#[derive(Default)]
pub(crate) struct Files(BTreeMap<String, String>);

impl Files {
    /// The files built into the program.
    pub(crate) fn embedded() -> Self {
        let mut files = Self::default();
        for (name, dir) in [("forms", &FORMS), ("codelists", &CODELISTS), ("locales", &LOCALES)] {
            files.take(name, dir);
        }
        files
    }

    fn take(&mut self, folder: &str, dir: &Dir<'_>) {
        for file in dir.files() {
            if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                self.0.insert(format!("{folder}/{}", path.replace('\\', "/")), text.to_owned());
            }
        }
        for dir in dir.dirs() {
            self.take(folder, dir);
        }
    }

    /// The files of a folder laid out like `schema/`.
    pub(crate) fn read(folder: &FilePath) -> Result<Self, SchemaError> {
        let mut files = Self::default();
        for name in ["forms", "codelists", "locales"] {
            files.read_folder(&folder.join(name), name)?;
        }
        Ok(files)
    }

    fn read_folder(&mut self, folder: &FilePath, name: &str) -> Result<(), SchemaError> {
        let unreadable = |_| SchemaError::at(name, "", "cannot be read");
        for entry in std::fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let Some(file) = path.file_name().and_then(|n| n.to_str()) else { continue };
            let inside = format!("{name}/{file}");
            if path.is_dir() {
                self.read_folder(&path, &inside)?;
            } else if file.ends_with(".json") || file.ends_with(".ftl") {
                let text = std::fs::read_to_string(&path).map_err(unreadable)?;
                self.0.insert(inside, text);
            }
        }
        Ok(())
    }

    /// Path and text of the files below `folder/` that end with `end`, in the order of their paths.
    pub(crate) fn below<'a>(
        &'a self,
        folder: &'a str,
        end: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .filter(move |(path, _)| path.starts_with(folder) && path.ends_with(end))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }
}
