//! Errors that name the file or folder that they are about.

use sc_cli::Error as CliError;
use sc_service::Error as ServiceError;
use std::{
	fs,
	path::{Path, PathBuf},
};

/// What could not be done with which file, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {path}: {cause}; {remedy}")]
pub struct FileError {
	/// What was tried, such as `read the network key`.
	pub action: &'static str,
	/// The file or folder.
	pub path: PathBuf,
	/// Why it failed.
	pub cause: String,
	/// What to do next.
	pub remedy: &'static str,
}

impl From<FileError> for CliError {
	fn from(error: FileError) -> Self {
		Self::Application(Box::new(error))
	}
}

impl From<FileError> for ServiceError {
	fn from(error: FileError) -> Self {
		Self::Application(Box::new(error))
	}
}

/// Names the file that an input or output error of the SDK is about, which the SDK leaves out.
///
/// Without a `path`, the error was about a standard stream, and stays as it is.
pub fn naming<'a>(
	action: &'static str,
	path: Option<&'a Path>,
	remedy: &'static str,
) -> impl FnOnce(CliError) -> CliError + 'a {
	move |error| match (error, path) {
		(CliError::Io(cause), Some(path)) => {
			FileError { action, path: path.into(), cause: cause.to_string(), remedy }.into()
		},
		(error, _) => error,
	}
}

/// Makes the folder `path` unless it is there, and those that it stands in.
///
/// The SDK makes its folders itself, but its errors leave out which one it could not make.
pub fn make_folder(path: &Path, remedy: &'static str) -> Result<(), FileError> {
	fs::create_dir_all(path).map_err(|cause| FileError {
		action: "make the folder",
		path: path.into(),
		cause: cause.to_string(),
		remedy,
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn naming_should_add_the_path_when_the_error_is_about_a_file() {
		let denied = || CliError::Io(std::io::ErrorKind::PermissionDenied.into());
		let path = Path::new("/data/spec.json");

		let named = naming("write", Some(path), "try elsewhere")(denied()).to_string();

		assert_eq!(named, "cannot write /data/spec.json: permission denied; try elsewhere");
	}

	#[test]
	fn naming_should_leave_other_errors_alone() {
		let denied = CliError::Io(std::io::ErrorKind::PermissionDenied.into());
		let path = Path::new("/data/spec.json");

		let stream = naming("write", None, "try elsewhere")(denied);
		let other = naming("write", Some(path), "try elsewhere")(CliError::SignatureInvalid);

		assert!(matches!(stream, CliError::Io(_)));
		assert!(matches!(other, CliError::SignatureInvalid));
	}

	#[test]
	fn make_folder_should_name_the_folder_when_it_cannot_be_made() {
		let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
		let path = file.path().join("inside");

		let error = make_folder(&path, "try elsewhere").expect_err("a file is no folder");

		assert_eq!(error.path, path);
	}
}
