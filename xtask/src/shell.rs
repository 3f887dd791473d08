//! Finds and runs other programs, the project's own tools before the machine's.

use crate::project;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What went wrong is one line for a person.
pub(crate) type Result<T = ()> = std::result::Result<T, String>;

/// The folders searched for programs, in order.
pub(crate) fn path() -> Vec<PathBuf> {
    let own = [
        project::tools().join("bin"),
        project::root().join("node_modules/.bin"),
    ];
    let machine = std::env::var_os("PATH").unwrap_or_default();
    own.into_iter()
        .chain(std::env::split_paths(&machine))
        .collect()
}

/// The file behind a program's name; on Windows it may end in `.exe` or `.cmd`.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) {
        &[".exe", ".cmd", ".bat"]
    } else {
        &[""]
    };
    path()
        .iter()
        .flat_map(|folder| {
            endings
                .iter()
                .map(move |end| folder.join(format!("{name}{end}")))
        })
        .find(|file| file.is_file())
}

/// A program by name, to be run at the top of the project.
pub(crate) fn program(name: &str) -> Command {
    let file = find(name).unwrap_or_else(|| PathBuf::from(name));
    at_root(file.into())
}

/// The cargo that runs us.
pub(crate) fn cargo() -> Command {
    at_root(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn at_root(program: OsString) -> Command {
    let mut command = Command::new(program);
    command.current_dir(project::root());
    if let Ok(joined) = std::env::join_paths(path()) {
        command.env("PATH", joined);
    }
    command
}

/// Runs a program to its end, its output on ours.
pub(crate) fn run(command: &mut Command) -> Result {
    let shown = show(command);
    println!("  > {shown}");
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{shown}` ended with {status}")),
        Err(error) => Err(format!("`{shown}` did not start: {error}")),
    }
}

/// What a program prints, or nothing if it is missing or fails.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

fn show(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let name = program
        .file_stem()
        .unwrap_or(program.as_os_str())
        .to_string_lossy()
        .into_owned();
    command.get_args().fold(name, |line, word| {
        format!("{line} {}", word.to_string_lossy())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_without_its_folder() {
        assert_eq!(
            show(Command::new("/usr/bin/node").arg("--test")),
            "node --test"
        );
    }

    #[test]
    fn own_tools_come_first() {
        assert_eq!(path().first(), Some(&project::tools().join("bin")));
    }

    #[test]
    fn a_missing_program_says_nothing() {
        assert_eq!(ask(&mut Command::new("there-is-no-such-program")), None);
    }
}
