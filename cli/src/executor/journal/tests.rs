use super::*;
use crate::executor::order::Target;
use proptest::prelude::*;
use std::{
	fs::{self, Permissions},
	time::Duration,
};

const HASH: Hash = Hash([9; 32]);
const DIGEST: Hash = Hash([7; 32]);
const STARTED: Standing = Standing::Started { hash: HASH };
const DONE: Standing = Standing::Finished { succeeded: true, digest: DIGEST };
const FAILED: Standing = Standing::Finished { succeeded: false, digest: DIGEST };

fn order(action: u64) -> Order {
	let (kind, target, parameters) = ("prune".to_owned(), Target::Network, Vec::new());
	Order { action, kind, target, parameters, hash: HASH }
}

fn prepared() -> Prepared {
	Prepared {
		program: "/bin/echo".into(),
		arguments: vec!["a\n\"b\"".into(), String::new()],
		simulate: None,
		time_limit: Duration::from_secs(1),
	}
}

/// A folder, and where a journal could be in it.
fn folder() -> (tempfile::TempDir, PathBuf) {
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let path = folder.path().join("journal");
	(folder, path)
}

fn open(path: &Path) -> Journal {
	Journal::open(path).expect("it is a journal")
}

/// Makes a journal with this content for its owner's eyes only.
fn write(path: &Path, content: impl AsRef<[u8]>) {
	fs::write(path, content).expect("the folder is ours");
	fs::set_permissions(path, Permissions::from_mode(0o600)).expect("it is ours");
}

impl Journal {
	fn begin_action(&mut self, action: u64) -> Result<(), Error> {
		self.begin(&order(action), &prepared())
	}

	/// Makes its file take nothing.
	pub(in crate::executor) fn make_unwritable(&mut self) {
		self.file = LockedFile(File::open(&self.path).expect("it is there"));
	}
}

#[test]
fn actions_should_go_through_their_steps_and_be_the_same_when_opened_again() {
	let (_folder, path) = folder();
	let mut journal = open(&path);
	assert_eq!(journal.standing(17), Standing::Unseen);
	let expected = |journal: Journal, standing: Standing| {
		assert_eq!(journal.standing(17), standing);
		let standings = journal.standings.clone();
		drop(journal);
		let journal = open(&path);
		assert_eq!(journal.standings, standings);
		journal
	};

	journal.begin_action(17).expect("it is new");
	journal = expected(journal, STARTED);
	journal.finish(17, true, DIGEST).expect("it was started");
	journal = expected(journal, DONE);
	journal.reported(17).expect("it is finished");
	journal = expected(journal, Standing::Reported);
	assert_eq!(journal.unreported(), []);
}

#[test]
fn lines_should_be_json_of_the_steps() {
	let (_folder, path) = folder();
	let mut journal = open(&path);
	journal.begin_action(17).expect("it is new");
	journal.finish(17, false, DIGEST).expect("it was started");
	journal.reported(17).expect("it is finished");
	journal.begin_action(18).expect("it is new");
	journal.reported(18).expect("it was started");

	let text = fs::read_to_string(&path).expect("it is there");
	let without_time = |line: &str| {
		let (before, rest) = line.split_once("\"at\":").expect("it has a time");
		let (at, after) = rest.split_at(rest.find([',', '}']).expect("more follows"));
		assert!(at.parse::<u64>().is_ok_and(|at| at > 1_700_000_000_000), "{at}");
		format!("{before}{}", after.strip_prefix(',').unwrap_or(after))
	};
	let lines: Vec<_> = text.lines().map(without_time).collect();
	let [hash, digest] = [HASH, DIGEST].map(|hash| hash.to_string());
	let command = r#""program":"/bin/echo","arguments":["a\n\"b\"",""]"#;
	assert_eq!(
		lines,
		[
			format!(r#"{{"action":17,"hash":"{hash}","step":"started",{command}}}"#),
			format!(r#"{{"action":17,"step":"finished","outcome":"failed","digest":"{digest}"}}"#),
			r#"{"action":17,"step":"reported","outcome":"failed"}"#.to_owned(),
			format!(r#"{{"action":18,"hash":"{hash}","step":"started",{command}}}"#),
			r#"{"action":18,"step":"reported","outcome":"unknown"}"#.to_owned(),
		]
	);
}

#[test]
fn actions_should_not_begin_twice_however_far_they_got() {
	let (_folder, path) = folder();
	let mut journal = open(&path);
	journal.begin_action(17).expect("it is new");
	for standing in [STARTED, FAILED, Standing::Reported] {
		assert_eq!(journal.standing(17), standing);
		let before = fs::read(&path).expect("it is there");
		let refused = journal.begin_action(17);
		assert!(matches!(refused, Err(Error::AlreadyBegun { action: 17, .. })), "{refused:?}");
		assert_eq!(fs::read(&path).expect("it is there"), before);
		drop(journal);
		journal = open(&path);
		assert!(matches!(journal.begin_action(17), Err(Error::AlreadyBegun { .. })));
		match standing {
			STARTED => journal.finish(17, false, DIGEST).expect("it was started"),
			FAILED => journal.reported(17).expect("it is finished"),
			_ => {},
		}
	}
}

#[test]
fn steps_should_be_refused_when_they_do_not_follow() {
	let (_folder, path) = folder();
	let mut journal = open(&path);
	let out_of_order = |result: Result<(), Error>| matches!(result, Err(Error::OutOfOrder { .. }));
	assert!(out_of_order(journal.finish(17, true, DIGEST)));
	assert!(out_of_order(journal.reported(17)));
	journal.begin_action(17).expect("it is new");
	journal.finish(17, true, DIGEST).expect("it was started");
	assert!(out_of_order(journal.finish(17, false, DIGEST)));
	assert_eq!(journal.standing(17), DONE);
	journal.reported(17).expect("it is finished");
	assert!(out_of_order(journal.finish(17, true, DIGEST)));
	assert!(out_of_order(journal.reported(17)));
	assert_eq!(fs::read_to_string(&path).expect("it is there").lines().count(), 3);
}

#[test]
fn unreported_actions_should_be_listed_in_their_order_with_their_verdicts() {
	let (_folder, path) = folder();
	let mut journal = open(&path);
	for action in [30, 10, 20, 40] {
		journal.begin_action(action).expect("it is new");
	}
	journal.finish(20, false, DIGEST).expect("it was started");
	journal.finish(30, true, DIGEST).expect("it was started");
	journal.reported(40).expect("it was started");
	drop(journal);
	let unreported = open(&path).unreported();
	assert_eq!(unreported, [(30, DONE), (10, STARTED), (20, FAILED)]);
	let verdicts: Vec<_> = unreported.iter().filter_map(|(_, one)| one.verdict()).collect();
	assert_eq!(verdicts, [Verdict::Succeeded, Verdict::Unknown, Verdict::Failed]);
	assert_eq!([Standing::Unseen, Standing::Reported].map(|one| one.verdict()), [None, None]);
}

#[test]
fn journals_should_be_private() {
	let (_folder, path) = folder();
	let mode = |path: &Path| {
		let metadata = fs::metadata(path).expect("it is there");
		metadata.permissions().mode() & 0o777
	};
	let journal = open(&path);
	journal.keep_report(17, b"{}").expect("the folder is ours");
	assert_eq!(mode(&path), 0o600);
	assert_eq!(mode(&journal.reports()), 0o700);
	assert_eq!(mode(&journal.report_path(17)), 0o600);
	drop(journal);
	for wrong in [0o640, 0o604, 0o666] {
		fs::set_permissions(&path, Permissions::from_mode(wrong)).expect("it is ours");
		let refused = Journal::open(&path);
		assert!(matches!(refused, Err(Error::Open { mode, .. }) if mode == wrong), "{refused:?}");
	}
}

#[test]
fn journals_should_be_refused_when_others_can_replace_them() {
	let (folder, path) = folder();
	fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).expect("it is ours");
	assert!(matches!(Journal::open(&path), Err(Error::Exposed(_))));
}

#[test]
fn journals_should_be_open_once_at_a_time() {
	let (_folder, path) = folder();
	let journal = open(&path);
	let error = Journal::open(&path).expect_err("it is open");
	assert!(matches!(error, Error::Locked { .. }), "{error}");
	assert!(error.to_string().contains(&path.display().to_string()), "{error}");
	drop(journal);
	open(&path);
}

#[test]
fn journals_should_be_named_when_they_cannot_be_opened() {
	let (folder, path) = folder();
	let missing = Journal::open(&path.join("journal"));
	assert!(matches!(missing, Err(Error::Io { action: "open", .. })), "{missing:?}");
	let error = Journal::open(folder.path()).expect_err("it is a folder");
	assert!(error.to_string().contains(&folder.path().display().to_string()), "{error}");
	let device = Journal::open(Path::new("/dev/null"));
	assert!(matches!(device, Err(Error::NotAFile(_))), "{device:?}");
}

#[test]
fn reports_should_be_kept_once() {
	let (_folder, path) = folder();
	let journal = open(&path);
	journal.keep_report(17, b"one").expect("the folder is ours");
	assert_eq!(journal.report_path(17), path.with_file_name("journal.reports").join("17.json"));
	assert!(matches!(journal.keep_report(17, b"two"), Err(Error::Io { .. })));
	assert_eq!(fs::read(journal.report_path(17)).expect("it is there"), b"one");
	let files = fs::read_dir(journal.reports()).expect("it is there");
	assert_eq!(files.count(), 1, "nothing else is left");
}

#[test]
fn torn_lines_should_be_taken_off() {
	let (_folder, path) = folder();
	let mut journal = open(&path);
	journal.begin_action(17).expect("it is new");
	let whole = fs::read(&path).expect("it is there");
	journal.begin_action(18).expect("it is new");
	drop(journal);
	let both = fs::read(&path).expect("it is there");
	let zeros = [&whole[..], &[0; 40]].concat();
	for torn in [&both[..both.len() - 1], &both[..whole.len() + 1], &zeros[..]] {
		write(&path, torn);
		let mut journal = open(&path);
		assert_eq!(fs::read(&path).expect("it is there"), whole);
		assert_eq!((journal.standing(17), journal.standing(18)), (STARTED, Standing::Unseen));
		journal.begin_action(18).expect("it was not begun");
		assert_eq!(journal.standing(18), STARTED);
	}
	write(&path, &whole[..whole.len() - 1]);
	assert_eq!(open(&path).standing(17), Standing::Unseen);
	assert_eq!(fs::read(&path).expect("it is there"), b"");
}

#[test]
fn journals_should_be_refused_and_left_alone_when_a_line_is_damaged() {
	let (_folder, path) = folder();
	let mut journal = open(&path);
	journal.begin_action(17).expect("it is new");
	journal.finish(17, true, DIGEST).expect("it was started");
	journal.reported(17).expect("it is finished");
	drop(journal);
	let text = fs::read_to_string(&path).expect("it is there");
	let lines: Vec<_> = text.split_inclusive('\n').collect();
	for (content, damaged) in [
		([lines[0], "garbage\n", lines[2]].concat(), 2),
		([lines[0], "\n", lines[1]].concat(), 2),
		(["\0\0\0\n", lines[0]].concat(), 1),
		([lines[0], lines[0]].concat(), 2),
		([lines[0], lines[1], lines[1]].concat(), 3),
		([lines[0], lines[1], lines[2], lines[2]].concat(), 4),
		([lines[0], lines[2]].concat(), 2),
		([lines[1], lines[2]].concat(), 1),
		(lines[0].replace("\"hash\"", "\"hsah\""), 1),
		(lines[0].replace("\"action\":17", "\"action\":-17"), 1),
		(lines[0].replace("\"action\":17", "\"action\":17,\"action\":18"), 1),
		([lines[0], &lines[1].replace("succeeded", "unknown")].concat(), 2),
		([lines[0], lines[1], &lines[2].replace("succeeded", "failed")].concat(), 3),
		([lines[0], "garbage\n", "torn"].concat(), 2),
	] {
		write(&path, &content);
		let error = Journal::open(&path).expect_err("it is damaged");
		assert!(matches!(error, Error::Damaged { line, .. } if line == damaged), "{error}");
		let named = format!("line {damaged} of the journal `{}`", path.display());
		assert!(error.to_string().starts_with(&named), "{error}");
		assert_eq!(fs::read_to_string(&path).expect("it is there"), content);
	}
}

#[test]
fn journals_should_take_no_line_when_writing_failed() {
	let (_folder, path) = folder();
	let mut journal = open(&path);
	journal.make_unwritable();
	let failed = journal.begin_action(17);
	assert!(matches!(failed, Err(Error::Io { action: "write", .. })), "{failed:?}");
	assert_eq!(journal.standing(17), Standing::Unseen);
	let refused = journal.begin_action(18);
	assert!(matches!(refused, Err(Error::Broken(_))), "{refused:?}");
	assert_eq!(fs::read(&path).expect("it is there"), b"");
}

proptest! {
	// Each step waits for the disk.
	#![proptest_config(ProptestConfig::with_cases(32))]

	#[test]
	fn journals_cut_anywhere_should_say_what_was_so_before_and_begin_nothing_twice(
		steps in prop::collection::vec((0..4u64, 0..4u8), 0..16), cut: prop::sample::Index,
	) {
		let (_folder, path) = folder();
		let mut journal = open(&path);
		let mut states = vec![Standings::default()];
		for (action, step) in steps {
			let before = journal.standing(action);
			let taken = match step {
				0 => journal.begin_action(action),
				1 | 2 => journal.finish(action, step == 1, DIGEST),
				_ => journal.reported(action),
			};
			prop_assert_eq!(taken.is_ok(), journal.standing(action) != before);
			if taken.is_ok() {
				states.push(journal.standings.clone());
			}
		}
		drop(journal);

		let bytes = fs::read(&path).expect("it is there");
		let lines = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
		prop_assert_eq!(lines(&bytes), states.len() - 1);
		let whole = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
		for end in whole.map(|(place, _)| place + 1) {
			prop_assert_eq!(&Standings::read(&bytes[..end]), &Ok(states[lines(&bytes[..end])].clone()));
		}

		let left = &bytes[..cut.index(bytes.len() + 1)];
		write(&path, left);
		let mut journal = open(&path);
		prop_assert_eq!(&journal.standings, &states[lines(left)]);
		for action in 0..4 {
			let is_new = journal.standing(action) == Standing::Unseen;
			prop_assert_eq!(journal.begin_action(action).is_ok(), is_new);
			prop_assert!(journal.begin_action(action).is_err());
		}
	}
}
