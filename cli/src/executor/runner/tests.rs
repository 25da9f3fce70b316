use super::*;
use std::{fs, path::Path};

fn prepared(program: &str, arguments: &[&str], limit: Duration) -> Prepared {
	Prepared {
		program: program.into(),
		arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
		simulate: None,
		time_limit: limit,
	}
}

/// Runs a program that should need a moment.
async fn run_program(program: &str, arguments: &[&str]) -> Outcome {
	run(&prepared(program, arguments, Duration::from_secs(60))).await
}

/// Runs a shell's script: here a program as any other.
async fn run_script(script: &str, limit: Duration) -> Outcome {
	run(&prepared("/bin/sh", &["-c", script], limit)).await
}

fn text(stream: &Stream) -> &str {
	assert_eq!(stream.length, stream.kept.len() as u64);
	std::str::from_utf8(&stream.kept).expect("it is text")
}

/// Whether the process whose id a script wrote to `path` is there, and has not ended.
fn is_running(path: &Path) -> bool {
	let id = fs::read_to_string(path).expect("the script wrote it");
	let status = fs::read_to_string(format!("/proc/{}/stat", id.trim()));
	status.is_ok_and(|status| !status.contains(") Z "))
}

/// Whether that process ends soon.
async fn ends_soon(path: &Path) -> bool {
	for _ in 0..100 {
		if !is_running(path) {
			return true;
		}
		sleep(POLL).await;
	}
	false
}

#[test]
fn root_should_be_refused_when_it_is_either_user() {
	let user = Uid::from_raw(1_000);
	assert_eq!(refuse_root_among([user, user]), Ok(()));
	for users in [[Uid::ROOT, Uid::ROOT], [Uid::ROOT, user], [user, Uid::ROOT]] {
		assert_eq!(refuse_root_among(users), Err(IsRoot));
	}
	assert_eq!(refuse_root().is_err(), getuid().is_root() || geteuid().is_root());
}

#[tokio::test]
async fn programs_should_get_their_arguments_as_they_are() {
	let arguments = [";", "rm -rf /", "$(reboot)", "`reboot`", "a  b\n", "*", "", "--x=$PATH", "ü"];
	let script = r#"for one in "$@"; do printf '[%s]' "$one"; done"#;
	let all = [&["-c", script, "name"][..], &arguments].concat();
	let outcome = run_program("/bin/sh", &all).await;
	let expected: String = arguments.iter().map(|argument| format!("[{argument}]")).collect();
	assert_eq!(text(&outcome.output.stdout), expected);
	let outcome = run_program("/bin/echo", &["a; $(reboot) | `reboot` > /x && *"]).await;
	assert_eq!(text(&outcome.output.stdout), "a; $(reboot) | `reboot` > /x && *\n");
	assert!(outcome.succeeded());
}

#[tokio::test]
async fn programs_should_get_nothing_but_a_bare_environment() {
	let outcome = run_program("/usr/bin/env", &[]).await;
	let mut environment: Vec<_> = text(&outcome.output.stdout).lines().collect();
	environment.sort_unstable();
	assert_eq!(environment, ["LANG=C", "PATH=/usr/bin:/bin"]);

	// The fifth field is the process group.
	let script = "pwd; cat; test \"$(cut -d ' ' -f 5 /proc/$$/stat)\" = $$";
	let outcome = run_script(script, Duration::from_secs(60)).await;
	assert_eq!(outcome.ending, Ending::Exited(0), "it leads a group: {:?}", outcome.output);
	assert_eq!(text(&outcome.output.stdout), "/\n");
}

#[tokio::test]
async fn outcomes_should_say_how_programs_ended() {
	for (script, ending, succeeded) in [
		("exit 0", Ending::Exited(0), true),
		("exit 7", Ending::Exited(7), false),
		("kill -9 $$", Ending::Signalled(9), false),
		("kill -15 $$", Ending::Signalled(15), false),
	] {
		let outcome = run_script(script, Duration::from_secs(60)).await;
		assert_eq!(outcome.ending, ending, "{script}");
		assert_eq!(outcome.succeeded(), succeeded, "{script}");
	}
	for program in ["/nowhere/program", "/tmp"] {
		let outcome = run_program(program, &[]).await;
		assert!(matches!(outcome.ending, Ending::NotStarted(_)), "{program}: {outcome:?}");
		assert!(!outcome.succeeded());
	}
	let outcome = run_program("/bin/echo", &["a\0b"]).await;
	assert!(matches!(outcome.ending, Ending::NotStarted(_)), "{outcome:?}");
}

#[tokio::test]
async fn output_should_be_kept_in_part_and_counted_when_there_is_too_much() {
	let script = "head -c 1000000 /dev/zero; printf '%01000d' 7 >&2";
	let outcome = run_script(script, Duration::from_secs(60)).await;
	assert_eq!(outcome.ending, Ending::Exited(0), "nobody had to wait for a full pipe");
	let Captured { stdout, stderr } = &outcome.output;
	assert_eq!((stdout.length, stdout.kept.len()), (1_000_000, KEPT));
	assert_eq!(stdout.kept, [0; KEPT]);
	assert_eq!(text(stderr).len(), 1_000);
}

#[tokio::test]
async fn programs_should_be_asked_to_end_when_the_time_is_over() {
	let script = "trap 'echo asked; exit 0' TERM; echo begun; while :; do sleep 0.05; done";
	let outcome = run_script(script, Duration::from_millis(500)).await;
	assert_eq!(outcome.ending, Ending::TimedOut);
	assert!(!outcome.succeeded());
	assert_eq!(text(&outcome.output.stdout), "begun\nasked\n");
	assert!(outcome.took >= Duration::from_millis(500) && outcome.took < GRACE);
}

#[tokio::test]
async fn grandchildren_should_be_killed_when_the_time_is_over() {
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let child = folder.path().join("child");
	// Neither of them ends when it is asked to.
	let script = format!(
		"trap '' TERM; sh -c 'echo $$ > {}; while :; do sleep 1; done' & while :; do sleep 1; done",
		child.display()
	);
	let outcome = run_script(&script, Duration::from_millis(500)).await;
	assert_eq!(outcome.ending, Ending::TimedOut);
	assert!(outcome.took >= GRACE && outcome.took < 3 * GRACE, "{:?}", outcome.took);
	assert!(ends_soon(&child).await);
}

#[tokio::test]
async fn grandchildren_should_be_killed_when_only_the_program_ends_in_time() {
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let child = folder.path().join("child");
	let script = format!(
		"sh -c 'trap \"\" TERM; echo $$ > {}; exec >/dev/null 2>&1; while :; do sleep 1; done' & \
		 while :; do sleep 1; done",
		child.display()
	);
	let outcome = run_script(&script, Duration::from_secs(1)).await;
	assert_eq!(outcome.ending, Ending::TimedOut);
	assert!(outcome.took < GRACE, "the program ends at once: {:?}", outcome.took);
	assert!(ends_soon(&child).await);
}

#[tokio::test]
async fn runs_should_end_when_others_keep_the_output_open() {
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let child = folder.path().join("child");
	let script = format!("sleep 600 & echo $! > {}; echo done", child.display());
	let outcome = run_script(&script, Duration::from_secs(60)).await;
	assert_eq!(outcome.ending, Ending::Exited(0));
	assert_eq!(text(&outcome.output.stdout), "done\n");
	assert!(outcome.took >= LINGER && outcome.took < 4 * LINGER, "{:?}", outcome.took);
	assert!(ends_soon(&child).await);
}

#[tokio::test]
async fn runs_should_end_when_one_out_of_reach_keeps_the_output_open() {
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let child = folder.path().join("child");
	let script = format!(
		"setsid sh -c 'echo $$ > {}; exec sleep 10' & sleep 0.5; echo done",
		child.display()
	);
	let outcome = run_script(&script, Duration::from_secs(60)).await;
	assert_eq!(outcome.ending, Ending::Exited(0));
	assert_eq!(text(&outcome.output.stdout), "done\n");
	assert!(outcome.took < 4 * LINGER, "{:?}", outcome.took);
	assert!(is_running(&child), "it left the group");
}

#[tokio::test]
async fn services_should_stay_when_they_closed_the_output() {
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let child = folder.path().join("child");
	let script = format!("sleep 5 >/dev/null 2>&1 & echo $! > {}", child.display());
	let outcome = run_script(&script, Duration::from_secs(60)).await;
	assert_eq!(outcome.ending, Ending::Exited(0));
	assert!(outcome.took < LINGER, "{:?}", outcome.took);
	assert!(is_running(&child));
}

#[tokio::test]
async fn programs_should_end_when_nobody_waits_for_them_any_more() {
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let child = folder.path().join("child");
	let script = format!("sleep 600 & echo $! > {0}.new; mv {0}.new {0}; wait", child.display());
	let command = prepared("/bin/sh", &["-c", &script], Duration::from_secs(60));
	{
		let mut running = pin!(run(&command));
		while !child.exists() {
			let waited = timeout(POLL, &mut running).await;
			assert!(waited.is_err(), "it ended by itself: {waited:?}");
		}
		assert!(is_running(&child));
	}
	assert!(ends_soon(&child).await);
}

#[test]
fn reports_should_have_all_that_was_captured() {
	let outcome = Outcome {
		ending: Ending::Exited(3),
		output: Captured {
			stdout: Stream { kept: b"a\xff\n".to_vec(), length: 70_000 },
			stderr: Stream::default(),
		},
		took: Duration::from_micros(1_234_567),
	};
	let report = String::from_utf8(outcome.report()).expect("it is JSON");
	assert_eq!(
		report,
		r#"{"ending":{"exited":3},"took_ms":1234,"stdout":{"length":70000,"kept":"Yf8K"},"stderr":{"length":0,"kept":""}}"#
	);
	let other = Outcome { ending: Ending::TimedOut, ..outcome.clone() };
	assert!(other.report().starts_with(br#"{"ending":"timed_out","#));
	assert_ne!(other.digest(), outcome.digest());
	assert_eq!(outcome.clone().digest(), outcome.digest());
}

#[test]
fn digests_should_be_those_of_other_programs() {
	// `hashlib.blake2b(b"abc", digest_size=32)` of Python.
	let expected = "0xbddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319";
	assert_eq!(digest(b"abc").to_string(), expected);
}
