use super::*;
use crate::digest::Hash;
use proptest::prelude::*;

/// A command with a parameter of each kind, in TOML.
const SCALE: &str = r#"
	kind = "scale"
	target = "agent:7"
	program = "/bin/echo"
	arguments = ["scale", "{service}.service", "--by={percent}", "{force}", "{{}}; $(reboot)"]
	time-limit = "5m"
	simulate = ["would scale {service}"]
	[parameters.service]
	words = ["aitbc-node", "aitbc-monitor"]
	[parameters.percent]
	least = -10
	greatest = 100
	[parameters.force]
	flag = ["--force", "--no-force"]
"#;

fn read(toml: &str) -> Result<Command, CommandError> {
	toml::from_str::<Entry>(toml).expect("it has the right fields").try_into()
}

/// What is wrong with the command when `from` in it is `to`.
fn error_with(from: &str, to: &str) -> CommandError {
	assert!(SCALE.contains(from), "{from}");
	read(&SCALE.replace(from, to)).expect_err("it is malformed")
}

fn order(parameters: &[(&str, Parameter)]) -> Order {
	let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
	Order {
		action: 17,
		kind: "scale".into(),
		target: Target::Agent(7),
		parameters: parameters.collect(),
		hash: Hash([9; 32]),
	}
}

fn word(text: &str) -> Parameter {
	Parameter::Word(text.to_owned())
}

/// What becomes of an order with these values.
fn prepare(service: Parameter, percent: Parameter, force: Parameter) -> Result<Prepared, Refusal> {
	let command = read(SCALE).expect("it is well formed");
	command.prepare(&order(&[("percent", percent), ("force", force), ("service", service)]))
}

#[test]
fn commands_should_be_filled_with_the_orders_values() {
	let prepared = prepare(word("aitbc-node"), Parameter::Integer(-10), Parameter::Flag(false));
	let prepared = prepared.expect("the values are permitted");
	let arguments = ["scale", "aitbc-node.service", "--by=-10", "--no-force", "{}; $(reboot)"];
	assert_eq!(prepared.arguments, arguments);
	assert_eq!(prepared.program, Path::new("/bin/echo"));
	assert_eq!(prepared.time_limit, Duration::from_secs(300));
	let simulation = prepared.simulation().expect("there is one");
	assert_eq!(simulation.arguments, ["would scale aitbc-node"]);
	assert_eq!(simulation.simulation(), None);
	assert_eq!(simulation.to_string(), r#""/bin/echo" "would scale aitbc-node""#);
}

#[test]
fn orders_should_be_refused_when_a_value_is_out_of_its_bounds() {
	for value in [-11, 101, i64::MIN, i64::MAX] {
		let refused = prepare(word("aitbc-node"), Parameter::Integer(value), Parameter::Flag(true));
		let name = "percent".into();
		let refusal = Refusal::OutOfBounds { name, value, least: -10, greatest: 100 };
		assert_eq!(refused, Err(refusal));
	}
}

#[test]
fn orders_should_be_refused_when_a_word_is_not_listed() {
	for text in [
		"",
		"aitbc",
		"Aitbc-Node",
		"aitbc-node ",
		"aitbc-node\n",
		"aitbc-node\0",
		"aitbc-node; rm -rf /",
		"$(reboot)",
		"`reboot`",
		"--option",
		"../../etc/passwd",
		"{force}",
		"aitbc\u{2010}node",
		"\u{430}itbc-node",
	] {
		let refused = prepare(word(text), Parameter::Integer(1), Parameter::Flag(true));
		let refusal = Refusal::NotAWord { name: "service".into(), word: text.into() };
		assert!(!refusal.to_string().contains(['\n', '\0']), "{refusal}");
		assert_eq!(refused, Err(refusal), "{text:?}");
	}
}

#[test]
fn orders_should_be_refused_when_a_value_is_of_another_type() {
	let [service, percent, force] =
		[word("aitbc-node"), Parameter::Integer(1), Parameter::Flag(true)];
	for (refused, name, expected) in [
		(prepare(percent.clone(), percent.clone(), force.clone()), "service", "a word"),
		(prepare(service.clone(), word("1"), force.clone()), "percent", "a number"),
		(prepare(service.clone(), force, percent.clone()), "percent", "a number"),
		(prepare(service.clone(), percent, word("--force")), "force", "a flag"),
	] {
		assert_eq!(refused, Err(Refusal::WrongType { name: name.into(), expected }));
	}
}

#[test]
fn orders_should_be_refused_when_their_parameters_are_not_the_listed_ones() {
	let command = read(SCALE).expect("it is well formed");
	let [service, percent, force] = [
		("service", word("aitbc-node")),
		("percent", Parameter::Integer(1)),
		("force", Parameter::Flag(true)),
	];
	let name = |name: &str| name.to_owned();
	let extra = ("extra", word("aitbc-node"));
	for (parameters, refusal) in [
		(vec![], Refusal::MissingParameter { name: name("force") }),
		(vec![service.clone(), force.clone()], Refusal::MissingParameter { name: name("percent") }),
		(
			vec![service.clone(), percent.clone(), force.clone(), extra],
			Refusal::UnknownParameter { name: name("extra") },
		),
		(
			vec![service.clone(), percent, force, service],
			Refusal::Repeated { name: name("service") },
		),
	] {
		assert_eq!(command.prepare(&order(&parameters)), Err(refusal));
	}
}

#[test]
fn commands_should_be_refused_when_their_target_or_kind_is_malformed() {
	assert!(matches!(error_with("agent:7", "node"), CommandError::Target(_)));
	for kind in ["", "Scale", "-scale", "scale up", &"x".repeat(33)] {
		let error = error_with("\"scale\"\n", &format!("{kind:?}\n"));
		assert!(matches!(&error, CommandError::Kind(text) if text == kind), "{error}");
	}
}

#[test]
fn commands_should_be_refused_when_their_program_cannot_be_run() {
	let error = error_with("/bin/echo", "bin/echo");
	assert!(matches!(error, CommandError::RelativeProgram(_)), "{error}");
	let error = error_with("/bin/echo", "/nowhere/echo");
	assert!(matches!(error, CommandError::NoProgram { .. }), "{error}");
	let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
	for path in ["/bin", &file.path().display().to_string()] {
		let error = error_with("/bin/echo", path);
		assert!(matches!(&error, CommandError::NotExecutable(named) if named == Path::new(path)));
	}
}

#[test]
fn commands_should_be_refused_when_others_can_change_their_program() {
	let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
	let path = file.path().display().to_string();
	for (mode, refused) in [(0o755, false), (0o775, true), (0o757, true)] {
		let permissions = fs::Permissions::from_mode(mode);
		fs::set_permissions(file.path(), permissions).expect("the file is ours");
		let command = read(&SCALE.replace("/bin/echo", &path));
		let is_exposed =
			matches!(&command, Err(CommandError::Exposed(exposed)) if exposed.mode == mode);
		assert_eq!((is_exposed, command.is_err()), (refused, refused), "{mode:o}");
	}
}

#[test]
fn time_limits_should_be_from_a_second_to_an_hour() {
	for (text, seconds) in [("1s", 1), ("90s", 90), ("5m", 300), ("1h", 3_600), ("3600s", 3_600)] {
		assert_eq!(parse_time_limit(text), Some(Duration::from_secs(seconds)), "{text}");
	}
	for text in ["", "s", "0s", "60", "1.5m", "-1s", "61m", "2h", "1d", "18446744073709551615h"] {
		assert_eq!(parse_time_limit(text), None, "{text}");
		let error = error_with("\"5m\"", &format!("{text:?}"));
		assert!(matches!(&error, CommandError::TimeLimit(named) if named == text), "{error}");
	}
}

#[test]
fn words_should_be_short_and_plain() {
	for text in ["a", "0", "aitbc-node", "a.b_c-", "10.0.0.1", &"x".repeat(32)] {
		assert!(is_word(text), "{text}");
	}
	for text in ["", "-a", ".a", "_a", "A", "a b", "a/b", "a;", "ä", "a\n", &"x".repeat(33)] {
		assert!(!is_word(text), "{text}");
		let error = error_with("\"aitbc-monitor\"", &format!("{text:?}"));
		assert!(matches!(&error, CommandError::Word { word, .. } if word == text), "{error}");
	}
}

#[test]
fn commands_should_be_refused_when_bounds_are_not_of_one_kind() {
	for (from, to) in [
		("least = -10\n", ""),
		("greatest = 100\n", ""),
		("least = -10\n", "words = [\"a\"]\nleast = 0\n"),
		("flag = [\"--force\", \"--no-force\"]", ""),
		("flag = [", "least = 0\nflag = ["),
	] {
		let error = error_with(from, to);
		assert!(matches!(error, CommandError::Bounds(_)), "{error}");
	}
	let error = error_with("[\"aitbc-node\", \"aitbc-monitor\"]", "[]");
	assert!(matches!(error, CommandError::NoWords(_)), "{error}");
	let error = error_with("least = -10", "least = 101");
	assert!(matches!(error, CommandError::EmptyRange { least: 101, greatest: 100, .. }), "{error}");
	let texts = r#""--force", "--no-force""#;
	for wrong in ["", r#""-a""#, r#""-a", "-b", "-c""#, r#""-a", """#, r#""-a", "\u0000""#] {
		let error = error_with(&format!("[{texts}]"), &format!("[{wrong}]"));
		assert!(matches!(error, CommandError::FlagText(_)), "{error}");
	}
}

#[test]
fn commands_should_be_refused_when_places_and_parameters_differ() {
	let undeclared = |error| matches!(error, CommandError::Undeclared(name) if name == "servic");
	assert!(undeclared(error_with("{service}.service", "{servic}.service")));
	assert!(undeclared(error_with("would scale {service}", "would scale {servic}")));
	let error = error_with("{service}.service", "aitbc.service");
	assert!(matches!(&error, CommandError::Unused(name) if name == "service"), "{error}");
	assert!(error.to_string().contains("`{service}`"), "{error}");
	let error = error_with("{service}.service", "{service");
	assert!(matches!(error, CommandError::Template(_)), "{error}");
	let error = error_with("would scale {service}", "}");
	assert!(matches!(error, CommandError::Template(_)), "{error}");
}

#[test]
fn commands_should_be_refused_when_a_negative_number_could_become_an_option() {
	let error = error_with("--by={percent}", "{percent}");
	assert!(matches!(&error, CommandError::NegativeFirst(name) if name == "percent"), "{error}");
	assert!(error.to_string().contains("`--by={percent}`"), "{error}");
	let positive = SCALE.replace("--by={percent}", "{percent}").replace("least = -10", "least = 0");
	assert!(read(&positive).is_ok());
}

#[test]
fn commands_should_be_refused_when_they_have_too_many_parameters() {
	let many = |count: usize| {
		let places: String = (0..count).map(|place| format!("{{p{place}}}")).collect();
		let bounds: String =
			(0..count).map(|place| format!("[parameters.p{place}]\nwords = [\"a\"]\n")).collect();
		let toml = SCALE.replace("\"scale\", ", &format!("\"{places}\", "));
		let (head, _) = toml.split_once("[parameters").expect("it has parameters");
		read(
			&(head
				.replace("\"{service}.service\", \"--by={percent}\", \"{force}\", ", "")
				.replace(" {service}", "")
				+ &bounds),
		)
	};
	assert!(many(16).is_ok());
	let error = many(17).expect_err("it has too many");
	assert!(matches!(error, CommandError::TooManyParameters(17)), "{error}");
	let error = error_with("[parameters.service]", "[parameters.\"ser vice\"]");
	assert!(matches!(error, CommandError::ParameterName(_)), "{error}");
}

/// Values like `likely`, and of every other type.
fn any_parameter(likely: impl Strategy<Value = Parameter>) -> impl Strategy<Value = Parameter> {
	prop_oneof![
		6 => likely,
		1 => any::<i64>().prop_map(Parameter::Integer),
		1 => any::<bool>().prop_map(Parameter::Flag),
		1 => any::<String>().prop_map(Parameter::Word),
	]
}

proptest! {
	#[test]
	fn any_values_should_be_refused_or_stay_harmless_in_their_places(
		service in any_parameter("aitbc-(node|monitor)[-;$ a\n]?".prop_map(Parameter::Word)),
		percent in any_parameter((-15..110i64).prop_map(Parameter::Integer)),
		force in any_parameter(any::<bool>().prop_map(Parameter::Flag)),
	) {
		if let Ok(prepared) = prepare(service, percent, force) {
			let [head, service, percent, force, tail] = &prepared.arguments[..] else {
				panic!("there are five arguments");
			};
			prop_assert_eq!((head.as_str(), tail.as_str()), ("scale", "{}; $(reboot)"));
			let service = service.strip_suffix(".service").expect("it stays");
			prop_assert!(is_word(service) && !service.starts_with('-'));
			let percent = percent.strip_prefix("--by=").expect("it stays");
			let digits = percent.strip_prefix('-').unwrap_or(percent);
			prop_assert!((1..=3).contains(&digits.len()));
			prop_assert!(digits.bytes().all(|byte| byte.is_ascii_digit()));
			prop_assert!(["--force", "--no-force"].contains(&force.as_str()));
		}
	}
}
