//! Help and misuse, in the chosen language: clap's skeleton with the words of `messages/`.

use std::process::ExitCode;

use clap::{
    Arg, ArgAction, Command,
    error::{ContextKind, ContextValue, Error, ErrorKind},
};
use office::words::Words;

/// The command with every text from the message files.
pub(crate) fn dressed(command: Command, words: &Words) -> Command {
    let command = command
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version));
    part(command, "help", words)
}

fn part(command: Command, id: &str, words: &Words) -> Command {
    let heading = words.say("help-options");
    let template = format!("{{about}}\n\n{}{{usage}}\n\n{{all-args}}", words.say("help-usage"));
    let mut command = command
        .about(words.say(id))
        .long_about(None)
        .help_template(template)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(words.say("help-commands"))
        .subcommand_value_name(words.say("help-command-name"))
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help))
        .mut_args(|arg| {
            let says = words.say(&argument(id, arg.get_id().as_str()));
            let valued = arg.get_action().takes_values();
            arg.help(says)
                .long_help(None)
                .help_heading(heading.clone())
                .hide_default_value(valued)
                .hide_possible_values(valued)
        });
    let names: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    for name in names {
        let below = format!("{id}-{name}");
        command = command.mut_subcommand(name, |it| part(it, &below, words));
    }
    command
}

/// The message of an argument: that of its own verb, or a common one.
fn argument(verb: &str, name: &str) -> String {
    match name {
        "help" | "version" | "lang" | "data" | "address" | "base" => format!("help-any-{name}"),
        _ => format!("{verb}-{}", name.replace('_', "-")),
    }
}

/// Messages that the commands need and the words do not have.
#[cfg(test)]
pub(crate) fn missing(command: &Command, words: &Words) -> Vec<String> {
    fn gather(command: &Command, id: &str, wanted: &mut Vec<String>) {
        wanted.push(id.to_owned());
        wanted.extend(command.get_arguments().map(|it| argument(id, it.get_id().as_str())));
        for below in command.get_subcommands() {
            gather(below, &format!("{id}-{}", below.get_name()), wanted);
        }
    }
    let mut wanted = vec!["help-any-help".to_owned(), "help-any-version".to_owned()];
    gather(command, "help", &mut wanted);
    wanted.retain(|id| !words.has(id));
    wanted
}

/// Prints help as it is asked for, and a misuse as a sentence.
pub(crate) fn say(error: &Error, words: &Words) -> ExitCode {
    let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if asked || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let printed = error.print().is_ok();
        return if asked && printed { ExitCode::SUCCESS } else { ExitCode::from(2) };
    }
    let of = |kind| error.get(kind).map(told).unwrap_or_default();
    let (argument, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let id = match error.kind() {
        ErrorKind::UnknownArgument => "usage-unknown-argument",
        ErrorKind::InvalidSubcommand => "usage-unknown-command",
        ErrorKind::MissingRequiredArgument => "usage-missing-argument",
        ErrorKind::MissingSubcommand => "usage-missing-command",
        ErrorKind::ArgumentConflict => "usage-conflict",
        ErrorKind::InvalidValue if value.is_empty() => "usage-missing-value",
        ErrorKind::InvalidValue => "usage-not-among",
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => "usage-missing-value",
        _ => "usage-other",
    };
    let says = words.with(
        id,
        &[
            ("argument", argument.into()),
            ("value", value.into()),
            ("command", of(ContextKind::InvalidSubcommand).into()),
            ("other", of(ContextKind::PriorArg).into()),
            ("values", of(ContextKind::ValidValue).into()),
            ("text", error.kind().to_string().into()),
        ],
    );
    eprintln!("{says}\n{}", words.say("usage-see-help"));
    ExitCode::from(2)
}

fn told(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(many) => many.join(" "),
        ContextValue::String(one) => one.clone(),
        other => other.to_string(),
    }
}
