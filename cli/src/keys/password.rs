//! Where passwords come from: a file, the environment, or somebody at the terminal.

use super::{read_secret, Error};
use std::{env, io::IsTerminal, path::PathBuf};
use zeroize::Zeroizing;

/// The environment variable that can hold the password.
const VARIABLE: &str = "AITBC_PASSWORD";

/// A password that is not empty.
pub struct Password(Zeroizing<String>);

impl Password {
	/// Takes a password, unless it is empty.
	pub fn new(text: Zeroizing<String>) -> Result<Self, Error> {
		if text.is_empty() {
			return Err(Error::EmptyPassword);
		}
		Ok(Self(text))
	}

	/// The password itself.
	pub fn expose(&self) -> &str {
		&self.0
	}
}

/// Where to find the password of a key.
#[derive(Clone, Debug, clap::Args)]
pub struct PasswordArgs {
	/// File whose first line is the key's password; else AITBC_PASSWORD, else you are asked
	#[arg(long, value_name = "FILE")]
	pub password_file: Option<PathBuf>,
}

impl PasswordArgs {
	/// The password of the key `name`, asked for on the terminal if it is given nowhere.
	pub fn read(&self, name: &dyn std::fmt::Display) -> Result<Password, Error> {
		match self.given()? {
			Some(password) => Ok(password),
			None => ask(&format!("Password of key `{name}`: ")),
		}
	}

	/// A password for the new key `name`, asked for twice if it is given nowhere.
	pub fn choose(&self, name: &dyn std::fmt::Display) -> Result<Password, Error> {
		if let Some(password) = self.given()? {
			return Ok(password);
		}
		let password = ask(&format!("Password for the new key `{name}`: "))?;
		if ask("The same again: ")?.expose() != password.expose() {
			return Err(Error::PasswordMismatch);
		}
		Ok(password)
	}

	/// The password from the file or the environment.
	fn given(&self) -> Result<Option<Password>, Error> {
		if let Some(path) = &self.password_file {
			let content = read_secret(path)?;
			let line = content.lines().next().unwrap_or_default();
			return Password::new(line.to_owned().into()).map(Some);
		}
		env::var(VARIABLE).ok().map(|password| Password::new(password.into())).transpose()
	}
}

/// Asks on the terminal, without showing what is typed.
fn ask(prompt: &str) -> Result<Password, Error> {
	Password::new(ask_secret(prompt)?)
}

/// Reads a line from the terminal, without showing what is typed.
pub fn ask_secret(prompt: &str) -> Result<Zeroizing<String>, Error> {
	if !std::io::stdin().is_terminal() {
		return Err(Error::NoPassword);
	}
	rpassword::prompt_password(prompt)
		.map(Zeroizing::new)
		.map_err(Error::io("read from", "/dev/tty"))
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::io::Write;

	fn read(content: &str) -> Result<Password, Error> {
		let mut file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
		file.write_all(content.as_bytes()).expect("a temporary file can be written");
		PasswordArgs { password_file: Some(file.path().into()) }.read(&"agent")
	}

	#[test]
	fn password_file_should_give_its_first_line() {
		for content in ["open sesame", "open sesame\n", "open sesame\r\nnote\n"] {
			assert_eq!(read(content).expect("it has a line").expose(), "open sesame");
		}
	}

	#[test]
	fn password_file_should_be_refused_when_empty_or_missing() {
		assert!(matches!(read("\n"), Err(Error::EmptyPassword)));
		let missing = PasswordArgs { password_file: Some("/nowhere/password".into()) };
		let error = missing.read(&"agent").err().expect("there is no such file");
		assert!(matches!(error, Error::Unreadable { .. }) && error.is_usage(), "{error}");
	}
}
