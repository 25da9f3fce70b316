//! Puts the commit into the version: `0.1.0-1f2e3d4c5b6`, with `-dirty` behind it when what the
//! program is built from differs from that commit.
//!
//! It runs again after a commit or a change of what it looks at, and at no other time.

use std::{
	env,
	path::{Path, PathBuf},
	process::Command,
};

/// What the program is built from, seen from the workspace.
const SOURCES: [&str; 6] =
	["Cargo.toml", "Cargo.lock", "cli/Cargo.toml", "cli/artifacts", "cli/src", "primitives/core"];

/// The commit, for builds without a repository. The node's build reads it too.
const COMMIT: &str = "SUBSTRATE_CLI_GIT_COMMIT_HASH";

fn main() {
	let folder = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it");
	let workspace = PathBuf::from(folder).join("..");
	let commit = env::var(COMMIT).ok().or_else(|| commit(&workspace));
	let version = env::var("CARGO_PKG_VERSION").expect("cargo sets it");
	let version = match commit {
		Some(commit) => format!("{version}-{}", commit.trim()),
		None => format!("{version} (unknown commit)"),
	};
	println!("cargo:rustc-env=AITBC_VERSION={version}");

	println!("cargo:rerun-if-env-changed={COMMIT}");
	println!("cargo:rerun-if-changed=build.rs");
	for source in SOURCES {
		println!("cargo:rerun-if-changed={}", workspace.join(source).display());
	}
	// The log gets a line with every commit and checkout. Cargo takes a file that is missing for one
	// that has changed, so only what is there is named.
	for file in ["HEAD", "logs/HEAD"] {
		let path = git(&workspace, &["rev-parse", "--git-path", file]);
		let path = path.map(|path| workspace.join(path)).filter(|path| path.exists());
		if let Some(path) = path {
			println!("cargo:rerun-if-changed={}", path.display());
		}
	}
}

/// The commit that is checked out, as short as the node shows it.
fn commit(workspace: &Path) -> Option<String> {
	let commit = git(workspace, &["rev-parse", "--short=11", "HEAD"])?;
	let changes = git(workspace, &[&["status", "--porcelain", "--"], &SOURCES[..]].concat())?;
	Some(if changes.is_empty() { commit } else { format!("{commit}-dirty") })
}

/// What git writes about the workspace; `None` where there is no git or no repository.
fn git(workspace: &Path, arguments: &[&str]) -> Option<String> {
	// Without locks, so that a build takes nothing from a git that runs meanwhile.
	let mut command = Command::new("git");
	command.arg("--no-optional-locks").arg("-C").arg(workspace).args(arguments);
	let output = command.output().ok().filter(|output| output.status.success())?;
	Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
