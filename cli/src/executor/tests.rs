use super::*;
use std::{fs, os::unix::fs::symlink};

/// An executor's folder with its list, which permits to append a word to a file, and to fail.
struct Setup {
	folder: tempfile::TempDir,
	config: Config,
}

impl Setup {
	fn new() -> Self {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().display();
		let list = format!(
			r#"
agent = 7
journal = "{path}/journal"
stop-file = "{path}/stop"

[[command]]
kind = "append"
target = "network"
program = "/bin/sh"
arguments = ["-c", 'printf "%s\n" "$1" >> {path}/effect; echo "$1; $(true)"', "append", "{{word}}"]
time-limit = "60s"
simulate = ["-c", 'echo "would append $1"; exit 3', "append", "{{word}}"]
parameters.word.words = ["one", "two"]

[[command]]
kind = "fail"
target = "network"
program = "/bin/sh"
arguments = ["-c", "exit 7"]
time-limit = "60s"
"#
		);
		let file = folder.path().join("executor.toml");
		fs::write(&file, list).expect("the folder is ours");
		let config = Config::read(&file).expect("it is well formed");
		Self { folder, config }
	}

	fn open(&self) -> Executor {
		Executor::under(self.config.clone()).expect("the folder is ours")
	}

	/// What the program did.
	fn effect(&self) -> String {
		fs::read_to_string(self.folder.path().join("effect")).unwrap_or_default()
	}
}

fn append(action: u64, word: &str) -> Order {
	let parameters = vec![("word".to_owned(), Parameter::Word(word.to_owned()))];
	let (kind, target, hash) = ("append".to_owned(), Target::Network, Hash([9; 32]));
	Order { action, kind, target, parameters, hash }
}

fn fail(action: u64) -> Order {
	Order { kind: "fail".to_owned(), parameters: Vec::new(), ..append(action, "") }
}

fn is_refused(step: &Result<Step, Error>) -> bool {
	matches!(step, Err(Error::Refused(_)))
}

fn is_begun(step: &Result<Step, Error>) -> bool {
	matches!(step, Err(Error::Journal(journal::Error::AlreadyBegun { .. })))
}

#[tokio::test]
async fn orders_should_be_carried_out_once() {
	let setup = Setup::new();
	let mut executor = setup.open();
	let step = executor.carry_out(&append(17, "one")).await.expect("it is permitted");
	let Step::Finished { outcome, digest } = step else { panic!("it is not stopped") };
	assert!(outcome.succeeded());
	assert_eq!(outcome.output.stdout.kept, b"one; \n");
	let report = fs::read(executor.journal().report_path(17)).expect("it is kept");
	assert_eq!((report, outcome.digest()), (outcome.report(), digest));
	let standing = Standing::Finished { succeeded: true, digest };
	assert_eq!(executor.journal().unreported(), [(17, standing)]);

	for again in [append(17, "one"), append(17, "two"), fail(17)] {
		let step = executor.carry_out(&again).await;
		assert!(is_begun(&step), "{step:?}");
	}
	executor.reported(17).expect("it is finished");
	drop(executor);
	let step = setup.open().carry_out(&append(17, "one")).await;
	assert!(is_begun(&step), "{step:?}");
	assert_eq!(setup.effect(), "one\n");
}

#[tokio::test]
async fn failures_should_be_noted_and_not_tried_again() {
	let setup = Setup::new();
	let mut executor = setup.open();
	let step = executor.carry_out(&fail(17)).await.expect("it is permitted");
	let Step::Finished { outcome, digest } = step else { panic!("it is not stopped") };
	assert_eq!(outcome.ending, Ending::Exited(7));
	let standing = Standing::Finished { succeeded: false, digest };
	assert_eq!(executor.journal().standing(17), standing);
	assert!(is_begun(&executor.carry_out(&fail(17)).await));
}

#[tokio::test]
async fn orders_should_leave_no_trace_when_the_list_does_not_permit_them() {
	let setup = Setup::new();
	let mut executor = setup.open();
	let elsewhere = Order { target: Target::Agent(7), ..append(17, "one") };
	let bare = Order { parameters: Vec::new(), ..append(17, "one") };
	let words = ["three", "one; reboot", "$(reboot)", "--help", "one\ntwo", "", "ｏne"];
	for order in words.map(|word| append(17, word)).into_iter().chain([elsewhere, bare]) {
		let step = executor.carry_out(&order).await;
		assert!(is_refused(&step), "{step:?}");
		assert!(matches!(dry_run(&setup.config, &order), Err(Error::Refused(_))));
		assert!(matches!(try_out(&setup.config, &order).await, Err(Error::Refused(_))));
	}
	assert_eq!(executor.journal().standing(17), Standing::Unseen);
	assert_eq!((setup.effect().as_str(), executor.journal().unreported()), ("", vec![]));
}

#[tokio::test]
async fn nothing_should_start_while_the_stop_file_exists() {
	let setup = Setup::new();
	let mut executor = setup.open();
	let stop = setup.config.stop_file.clone();
	for is_link in [false, true] {
		if is_link {
			symlink("/nowhere", &stop).expect("the folder is ours");
		} else {
			fs::write(&stop, "").expect("the folder is ours");
		}
		assert!(executor.is_stopped().expect("it can be seen"));
		let step = executor.carry_out(&append(17, "one")).await;
		assert_eq!(step.expect("it is permitted"), Step::Stopped);
		let simulated = try_out(&setup.config, &append(17, "one")).await;
		assert!(matches!(simulated, Err(Error::Stopped(_))), "{simulated:?}");
		assert_eq!(executor.journal().standing(17), Standing::Unseen);
		fs::remove_file(&stop).expect("it is ours");
	}
	assert_eq!(setup.effect(), "");
	let step = executor.carry_out(&append(17, "one")).await.expect("it is permitted");
	assert!(matches!(step, Step::Finished { .. }), "{step:?}");
	assert_eq!(setup.effect(), "one\n");
}

#[tokio::test]
async fn nothing_should_start_when_the_stop_file_cannot_be_looked_for() {
	let setup = Setup::new();
	let mut executor = setup.open();
	fs::write(setup.folder.path().join("file"), "").expect("the folder is ours");
	executor.config.stop_file = setup.folder.path().join("file/stop");
	let step = executor.carry_out(&append(17, "one")).await;
	assert!(matches!(step, Err(Error::StopFile { .. })), "{step:?}");
	assert_eq!(setup.effect(), "");
}

#[tokio::test]
async fn nothing_should_start_when_the_journal_cannot_be_written() {
	let setup = Setup::new();
	let mut executor = setup.open();
	executor.journal.make_unwritable();
	for action in [17, 18] {
		let step = executor.carry_out(&append(action, "one")).await;
		assert!(matches!(step, Err(Error::Journal(_))), "{step:?}");
	}
	assert_eq!(setup.effect(), "");
}

#[tokio::test]
async fn actions_should_be_unknown_when_the_executor_ended_while_they_ran() {
	let setup = Setup::new();
	let mut executor = setup.open();
	let prepared = dry_run(&setup.config, &append(17, "one")).expect("it is permitted");
	executor.journal.begin(&append(17, "one"), &prepared).expect("it is new");
	drop(executor);

	let mut executor = setup.open();
	let [(17, standing)] = executor.journal().unreported()[..] else {
		panic!("it is the only one")
	};
	assert_eq!(standing, Standing::Started { hash: Hash([9; 32]) });
	assert_eq!(standing.verdict(), Some(Verdict::Unknown));
	assert!(is_begun(&executor.carry_out(&append(17, "one")).await));
	executor.reported(17).expect("it was started");
	assert_eq!(executor.journal().unreported(), []);
	assert!(is_begun(&executor.carry_out(&append(17, "one")).await));
	assert_eq!(setup.effect(), "");
}

#[tokio::test]
async fn actions_should_stay_started_when_their_report_cannot_be_kept() {
	let setup = Setup::new();
	let mut executor = setup.open();
	fs::write(executor.journal().report_path(17), "").expect("the folder is ours");
	let step = executor.carry_out(&append(17, "one")).await;
	assert!(matches!(step, Err(Error::Journal(_))), "{step:?}");
	assert_eq!(executor.journal().standing(17).verdict(), Some(Verdict::Unknown));
	assert!(is_begun(&executor.carry_out(&append(17, "one")).await));
	assert_eq!(setup.effect(), "one\n");
}

#[tokio::test]
async fn executors_should_not_share_a_journal() {
	let setup = Setup::new();
	let _executor = setup.open();
	let other = Executor::under(setup.config.clone());
	assert!(matches!(other, Err(Error::Journal(journal::Error::Locked { .. }))), "{other:?}");
}

#[tokio::test]
async fn simulations_should_have_no_effect_on_the_journal() {
	let setup = Setup::new();
	let mut executor = setup.open();
	for _ in 0..2 {
		let outcome = try_out(&setup.config, &append(17, "one")).await.expect("it is permitted");
		assert_eq!(outcome.ending, Ending::Exited(3));
		assert_eq!(outcome.output.stdout.kept, b"would append one\n");
	}
	let simulated = try_out(&setup.config, &fail(17)).await;
	assert!(matches!(simulated, Err(Error::NoSimulation { .. })), "{simulated:?}");
	assert_eq!((setup.effect().as_str(), executor.journal().standing(17)), ("", Standing::Unseen));
	let step = executor.carry_out(&append(17, "one")).await;
	assert!(matches!(step, Ok(Step::Finished { .. })), "{step:?}");
}

#[test]
fn dry_runs_should_only_say_what_would_be_run() {
	let setup = Setup::new();
	let prepared = dry_run(&setup.config, &append(17, "two")).expect("it is permitted");
	assert!(prepared.to_string().ends_with(r#" "append" "two""#), "{prepared}");
	assert_eq!(setup.effect(), "");
	assert!(!setup.config.journal.exists());
}

#[tokio::test]
async fn root_should_be_refused_before_anything_else() {
	let is_root = refuse_root().is_err();
	let setup = Setup::new();
	let opened = Executor::open(Path::new("/nowhere/executor.toml"));
	assert_eq!(matches!(opened, Err(Error::Root(_))), is_root, "{opened:?}");
	let simulated = simulate(&setup.config, &append(17, "one")).await;
	assert_eq!(matches!(simulated, Err(Error::Root(_))), is_root, "{simulated:?}");
}
