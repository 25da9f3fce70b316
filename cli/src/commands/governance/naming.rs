//! How people name calls, tracks and blocks.

use super::GovernanceError;
use crate::{
	chain::{
		governance::{calls::TrackName, Enactment, Track},
		Block, EncodedCall,
	},
	commands::action::naming::CallName,
	error::Error,
	time::Due,
};
use std::{fs, path::PathBuf, str::FromStr};

/// A call: as JSON, in a file, or as other commands take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallText {
	/// As commands show it.
	Json(serde_json::Value),
	/// In a file, as JSON or digits.
	File(PathBuf),
	/// As `action recommend` takes it.
	Named(CallName),
}

impl FromStr for CallText {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let text = text.trim();
		if let Some(path) = text.strip_prefix('@') {
			return Ok(Self::File(path.into()));
		}
		if text.starts_with('{') {
			let json = serde_json::from_str(text);
			return json.map(Self::Json).map_err(|error| format!("it is no JSON: {error}"));
		}
		text.parse().map(Self::Named).map_err(|_| {
			format!(
				"`{text}` is no call: write it as JSON, `{{\"System\": {{\"remark\": {{\"remark\": \
				 \"hello\"}}}}}}`, its bytes as `0x` and hexadecimal digits, `pause:PALLET.CALL`, \
				 `unpause:PALLET.CALL`, or `@FILE` with any of these"
			)
		})
	}
}

impl CallText {
	/// The call, as the runtime of `block` has it.
	pub fn write(&self, block: &Block) -> Result<EncodedCall, Error> {
		match self {
			Self::File(path) => match Self::read(path)? {
				Self::File(other) => {
					let reason =
						format!("`{}` names a file, `{}`", path.display(), other.display());
					Err(GovernanceError::NotACall(reason).into())
				},
				call => call.write_named(block),
			},
			call => call.write_named(block),
		}
	}

	/// The call in a file.
	fn read(path: &PathBuf) -> Result<Self, Error> {
		let unreadable = |source| GovernanceError::Unreadable { path: path.clone(), source };
		let text = fs::read_to_string(path).map_err(unreadable)?;
		Ok(text.parse().map_err(GovernanceError::NotACall)?)
	}

	/// The same of what names no file.
	fn write_named(&self, block: &Block) -> Result<EncodedCall, Error> {
		match self {
			Self::Named(name) => Ok(block.write_call(&name.write(block)?)?),
			Self::Json(json) => {
				let call = block.written_call(&unfolded(json));
				Ok(call.map_err(GovernanceError::NotACall)?)
			},
			Self::File(path) => {
				Err(GovernanceError::NotACall(format!("`{}` is a file", path.display())).into())
			},
		}
	}
}

/// The call in what `--dry-run --output json` writes of it, which names the pallet and the call in one
/// member and has the arguments in another; or `json` itself.
fn unfolded(json: &serde_json::Value) -> serde_json::Value {
	let data = json.get("data").unwrap_or(json);
	let name = data.get("call").and_then(serde_json::Value::as_str);
	match (name.and_then(|name| name.split_once('.')), data.get("arguments")) {
		(Some((pallet, call)), Some(arguments)) => {
			serde_json::json!({ pallet: { call: arguments } })
		},
		_ => json.clone(),
	}
}

/// The track with this name or number.
pub fn track<'a>(tracks: &'a [Track], name: &str) -> Result<&'a Track, Error> {
	let wanted = name.replace('-', "_");
	let is_it = |track: &&Track| track.name == wanted || track.id.to_string() == name;
	let found = tracks.iter().find(is_it);
	found.ok_or_else(|| GovernanceError::TrackNotFound(name.to_owned()).into())
}

/// The track among `tracks` that `name` names.
pub fn known_track(tracks: &[Track], name: TrackName) -> Result<&Track, Error> {
	let found = tracks.iter().find(|track| track.id == name.id());
	found.ok_or_else(|| GovernanceError::TrackNotFound(name.to_string()).into())
}

/// When something is dispatched that is decided: at a block, or so long after its approval.
pub fn enactment(due: Option<Due>) -> Enactment {
	match due {
		None => Enactment::After(0),
		Some(Due::At(block)) => Enactment::At(block),
		Some(Due::In(period)) => Enactment::After(period.0),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	#[test]
	fn calls_should_be_told_by_how_they_begin() {
		let call = |text: &str| text.parse::<CallText>();
		assert_eq!(call("{\"System\": {}}"), Ok(CallText::Json(json!({ "System": {} }))));
		assert_eq!(call("@call.json"), Ok(CallText::File("call.json".into())));
		assert!(matches!(call("0x0000"), Ok(CallText::Named(_))));
		assert!(matches!(call("pause:Market.post"), Ok(CallText::Named(_))));
		let error = call("System.remark").expect_err("it has no arguments");
		assert!(error.contains("as JSON") && error.contains("@FILE"), "{error}");
		assert!(call("{ no").expect_err("it is no JSON").contains("no JSON"));
	}

	#[test]
	fn dry_runs_should_be_taken_as_calls() {
		let arguments = json!({ "remark": "0x01" });
		let expected = json!({ "System": { "remark": arguments } });
		let dry_run = json!({ "call": "System.remark", "arguments": arguments, "fee": "5" });
		assert_eq!(unfolded(&json!({ "schema": "aitbc/v1", "data": dry_run })), expected);
		assert_eq!(unfolded(&dry_run), expected);
		assert_eq!(unfolded(&expected), expected);
	}

	#[test]
	fn enactment_should_be_as_soon_as_possible_when_nothing_is_said() {
		assert_eq!(enactment(None), Enactment::After(0));
		assert_eq!(enactment("1200".parse().ok()), Enactment::At(1_200));
		assert_eq!(enactment("+1m".parse().ok()), Enactment::After(20));
	}
}
