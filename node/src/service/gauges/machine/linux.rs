//! What Linux tells of a process and its machine.

use super::Error;
use rustix::time::{clock_gettime, ClockId};
use std::{
	fs, io,
	path::{Path, PathBuf},
};

/// What this process has and does; see `proc_pid_status(5)`.
const STATUS: &str = "/proc/self/status";

/// The machine's memory; see `proc_meminfo(5)`.
const MEMORY: &str = "/proc/meminfo";

/// Which control groups this process is in; see `cgroups(7)`.
const GROUPS: &str = "/proc/self/cgroup";

/// What is mounted where, as this process sees it; see `proc_pid_mountinfo(5)`.
const MOUNTS: &str = "/proc/self/mountinfo";

/// What a control group of version 2 calls the upper limit of its memory.
const LIMIT: &str = "memory.max";

/// The processor time that all threads of this process have used, also those that ended, for
/// themselves and in the kernel, in seconds.
pub fn cpu_seconds() -> f64 {
	let time = clock_gettime(ClockId::ProcessCPUTime);
	time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// The memory that this process occupies, in bytes.
pub fn resident_memory() -> Result<u64, Error> {
	field(Path::new(STATUS), "VmRSS")
}

/// The memory that this process could occupy at most, in bytes: the machine's, or the lowest limit
/// of the control groups that it is in.
pub fn total_memory() -> Result<u64, Error> {
	let machine = field(Path::new(MEMORY), "MemTotal")?;
	let limit = match (read(Path::new(GROUPS))?, read(Path::new(MOUNTS))?) {
		(Some(groups), Some(mounts)) => match group(&groups, &mounts) {
			Some(group) => lowest_limit(&group)?,
			None => None,
		},
		_ => None,
	};
	Ok(limit.map_or(machine, |limit| limit.min(machine)))
}

/// The value of `name` in the file `path`, in bytes.
fn field(path: &Path, name: &'static str) -> Result<u64, Error> {
	let text =
		fs::read_to_string(path).map_err(|cause| Error::Unreadable { path: path.into(), cause })?;
	bytes(&text, name).ok_or_else(|| Error::Malformed { path: path.into(), value: name })
}

/// What is in the file `path`, if there is such a file.
fn read(path: &Path) -> Result<Option<String>, Error> {
	match fs::read_to_string(path) {
		Ok(text) => Ok(Some(text)),
		Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
		Err(cause) => Err(Error::Unreadable { path: path.into(), cause }),
	}
}

/// The value of `name` in lines such as `VmRSS:     1676 kB`, where kB are 1,024 bytes.
fn bytes(text: &str, name: &str) -> Option<u64> {
	let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
	let kibibytes: u64 = value.strip_suffix(" kB")?.trim_start().parse().ok()?;
	kibibytes.checked_mul(1_024)
}

/// A control group of version 2.
#[derive(Debug, PartialEq, Eq)]
struct Group {
	/// Where the hierarchy is mounted.
	mount: PathBuf,
	/// The group's folder below that.
	folder: PathBuf,
}

/// The control group of this process, by its files on groups and mounts, if it is in one that is
/// mounted.
fn group(groups: &str, mounts: &str) -> Option<Group> {
	let path = Path::new(groups.lines().find_map(|line| line.strip_prefix("0::"))?);
	mounts.lines().find_map(|line| {
		let (mount, file_system) = line.split_once(" - ")?;
		if file_system.split(' ').next() != Some("cgroup2") {
			return None;
		}
		let mut fields = mount.split(' ').skip(3);
		let (root, mount) = (fields.next()?, fields.next()?);
		let folder = path.strip_prefix(root).ok()?;
		Some(Group { mount: mount.into(), folder: folder.into() })
	})
}

/// The lowest limit of `group` and of those that it is in, if one of them has a limit.
fn lowest_limit(group: &Group) -> Result<Option<u64>, Error> {
	let mut lowest = None;
	for folder in group.folder.ancestors() {
		let path = group.mount.join(folder).join(LIMIT);
		let Some(text) = read(&path)? else { continue };
		let limit = match text.trim_end() {
			"max" => continue,
			limit => limit.parse::<u64>(),
		};
		let limit = limit.map_err(|_| Error::Malformed { path, value: "a number of bytes" })?;
		lowest = Some(lowest.map_or(limit, |lowest: u64| lowest.min(limit)));
	}
	Ok(lowest)
}

#[cfg(test)]
mod tests {
	use super::*;
	use tempfile::TempDir;

	/// Of Linux 6.18, shortened.
	const STATUS_TEXT: &str = "\
Name:	VmRSS
VmHWM:	    1676 kB
VmRSS:	    1560 kB
RssAnon:	     116 kB
Threads:	1
";

	/// Of Linux 6.18, shortened.
	const MEMORY_TEXT: &str = "\
MemTotal:       24684084 kB
MemFree:        20628432 kB
HugePages_Total:       0
";

	/// Of systemd with version 2 alone.
	const MOUNTS_TEXT: &str = "\
23 29 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:14 - proc proc rw
35 24 0:30 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw
";

	/// A machine with versions 1 and 2.
	const BOTH_MOUNTS_TEXT: &str = "\
35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
";

	/// A folder of control groups with these limits, the outermost first.
	fn groups_with(limits: &[&str]) -> (TempDir, Group) {
		let mount = tempfile::tempdir().expect("a temporary folder can be made");
		let mut folder = PathBuf::new();
		for (depth, limit) in limits.iter().enumerate() {
			if depth > 0 {
				folder.push(format!("group{depth}"));
			}
			let path = mount.path().join(&folder);
			fs::create_dir_all(&path).expect("the folder is writable");
			if !limit.is_empty() {
				fs::write(path.join(LIMIT), limit).expect("the folder is writable");
			}
		}
		let group = Group { mount: mount.path().into(), folder };
		(mount, group)
	}

	#[test]
	fn bytes_should_be_read_when_the_field_is_there() {
		assert_eq!(bytes(STATUS_TEXT, "VmRSS"), Some(1_560 * 1_024));
		assert_eq!(bytes(MEMORY_TEXT, "MemTotal"), Some(24_684_084 * 1_024));
	}

	#[test]
	fn bytes_should_be_none_when_the_field_is_missing_or_another() {
		assert_eq!(bytes(STATUS_TEXT, "VmRS"), None);
		assert_eq!(bytes(STATUS_TEXT, "VmSwap"), None);
		assert_eq!(bytes(STATUS_TEXT, "Threads"), None);
		assert_eq!(bytes(MEMORY_TEXT, "HugePages_Total"), None);
		assert_eq!(bytes("", "MemTotal"), None);
	}

	#[test]
	fn bytes_should_be_none_when_the_number_is_none_or_too_large() {
		assert_eq!(bytes("VmRSS: -1 kB", "VmRSS"), None);
		assert_eq!(bytes("VmRSS: kB", "VmRSS"), None);
		assert_eq!(bytes("VmRSS: 18446744073709551615 kB", "VmRSS"), None);
		assert_eq!(bytes("VmRSS: 18446744073709551616 kB", "VmRSS"), None);
	}

	#[test]
	fn field_should_name_the_file_when_it_cannot_be_read_or_understood() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("status");
		let missing = field(&path, "VmRSS").expect_err("it is not there").to_string();
		fs::write(&path, "VmRSS: much").expect("the folder is writable");
		let malformed = field(&path, "VmRSS").expect_err("it is malformed").to_string();

		for error in [missing, malformed] {
			assert!(error.contains(&*path.to_string_lossy()), "{error}");
		}
	}

	#[test]
	fn group_should_be_found_when_version_2_is_mounted() {
		let found =
			|mount: &str, folder: &str| Some(Group { mount: mount.into(), folder: folder.into() });

		assert_eq!(
			group("0::/system.slice/node.service\n", MOUNTS_TEXT),
			found("/sys/fs/cgroup", "system.slice/node.service")
		);
		assert_eq!(
			group("4:memory:/a\n1:cpu:/\n0::/\n", BOTH_MOUNTS_TEXT),
			found("/sys/fs/cgroup/unified", "")
		);
	}

	#[test]
	fn group_should_be_found_when_only_a_part_of_the_hierarchy_is_mounted() {
		let mounts = "9 8 0:30 /docker/7 /sys/fs/cgroup ro - cgroup2 cgroup ro\n";

		let found =
			|folder: &str| Some(Group { mount: "/sys/fs/cgroup".into(), folder: folder.into() });
		assert_eq!(group("0::/docker/7/inner\n", mounts), found("inner"));
		assert_eq!(group("0::/docker/7\n", mounts), found(""));
		assert_eq!(group("0::/docker/8\n", mounts), None);
	}

	#[test]
	fn group_should_be_none_when_there_is_none_of_version_2() {
		assert_eq!(group("4:memory:/a\n", BOTH_MOUNTS_TEXT), None);
		assert_eq!(group("0::/\n", "23 29 0:21 / /proc rw - proc proc rw\n"), None);
		assert_eq!(group("0::/\n", "35 24 - cgroup2\n"), None);
		assert_eq!(group("", ""), None);
	}

	#[test]
	fn limit_should_be_the_lowest_of_the_group_and_those_around_it() {
		let (_mount, group) = groups_with(&["", "4096\n", "max\n", "8192\n"]);

		assert_eq!(lowest_limit(&group).expect("it is well formed"), Some(4_096));
	}

	#[test]
	fn limit_should_be_none_when_no_group_has_one() {
		for limits in [&["max\n"][..], &["", "max\n"], &["", ""]] {
			let (_mount, group) = groups_with(limits);

			assert_eq!(lowest_limit(&group).expect("it is well formed"), None, "{limits:?}");
		}
	}

	#[test]
	fn limit_should_fail_when_it_is_no_number() {
		let (_mount, group) = groups_with(&["", "much\n"]);

		let error = lowest_limit(&group).expect_err("it is malformed").to_string();

		assert!(error.contains("group1/memory.max"), "{error}");
	}

	#[test]
	fn total_memory_should_be_at_most_the_machines() {
		let machine = field(Path::new(MEMORY), "MemTotal").expect("Linux says it");

		let total = total_memory().expect("Linux says it");

		assert!(total > 0 && total <= machine, "{total} of {machine} bytes");
	}
}
