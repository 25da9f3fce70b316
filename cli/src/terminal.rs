//! Talk with the person at the terminal, all of it on standard error.

use console::{style, Term};
use indicatif::{ProgressBar, ProgressStyle};
use std::{env, fmt::Display, future::Future, io, thread, time::Duration};

/// Writes a line that is neither data nor an error.
pub fn note(text: impl Display) {
	eprintln!("{text}");
}

/// Writes a line that should not be overlooked.
pub fn warn(text: impl Display) {
	eprintln!("{} {text}", style("warning:").for_stderr().yellow().bold());
}

/// Writes why the command failed.
pub fn error(text: impl Display) {
	eprintln!("{} {text}", style("error:").for_stderr().red().bold());
}

/// Asks a question; only `y` and `yes` consent. `None`, if nobody is there to ask.
pub async fn confirm(question: &str) -> io::Result<Option<bool>> {
	let terminal = Term::stderr();
	if !terminal.is_term() || !io::IsTerminal::is_terminal(&io::stdin()) {
		return Ok(None);
	}
	terminal.write_str(&format!("{question} [y/N] "))?;
	let answer = read_line().await?;
	Ok(Some(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")))
}

/// Reads a line on a thread of its own, so that who waits for it can give up.
async fn read_line() -> io::Result<String> {
	let (sender, receiver) = tokio::sync::oneshot::channel();
	thread::spawn(move || {
		let mut line = String::new();
		let read = io::stdin().read_line(&mut line).map(|_| line);
		// Nobody waits for it any more if this fails.
		let _ = sender.send(read);
	});
	receiver.await.unwrap_or_else(|_| Err(io::ErrorKind::BrokenPipe.into()))
}

/// Does `work`, unless somebody asks this program to end before it is done.
pub async fn unless_ended<T>(work: impl Future<Output = T>) -> Option<T> {
	let ended = async {
		if asked_to_end().await.is_err() {
			// Whoever asks ends the program at once then, as without this.
			std::future::pending::<()>().await;
		}
	};
	tokio::select! {
		biased;
		done = work => Some(done),
		() = ended => None,
	}
}

/// Waits until somebody asks this program to end: Ctrl-C, or a service manager's SIGTERM.
pub async fn asked_to_end() -> io::Result<()> {
	#[cfg(unix)]
	{
		use tokio::signal::unix::{signal, SignalKind};
		let mut terminate = signal(SignalKind::terminate())?;
		tokio::select! {
			result = tokio::signal::ctrl_c() => result,
			_ = terminate.recv() => Ok(()),
		}
	}
	#[cfg(not(unix))]
	tokio::signal::ctrl_c().await
}

/// Shows that something is under way, until it is dropped.
///
/// Nothing moves where nobody watches, and not with `NO_COLOR`: then each message is a line.
pub struct Spinner(Option<ProgressBar>);

impl Spinner {
	/// Starts with `message`.
	pub fn start(message: impl Display) -> Self {
		let moves = Term::stderr().is_term() && env::var_os("NO_COLOR").is_none();
		let spinner = Self(moves.then(Self::bar));
		spinner.say(message);
		spinner
	}

	fn bar() -> ProgressBar {
		let bar = ProgressBar::new_spinner();
		if let Ok(style) = ProgressStyle::with_template("{spinner:.cyan} {msg} ({elapsed})") {
			bar.set_style(style);
		}
		bar.enable_steady_tick(Duration::from_millis(100));
		bar
	}

	/// Goes on with `message`.
	pub fn say(&self, message: impl Display) {
		match &self.0 {
			Some(bar) => bar.set_message(message.to_string()),
			None => note(message),
		}
	}
}

impl Drop for Spinner {
	fn drop(&mut self) {
		if let Some(bar) = &self.0 {
			bar.finish_and_clear();
		}
	}
}
