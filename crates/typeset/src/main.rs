//! `yifa-press [--fonts FOLDER]…`: reads requests from the pipe and answers them until it is closed.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use press::wire::{self, Answer, Request};
use typeset::{Fault, Fonts, MissingFonts};

fn main() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("yifa-press: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let mut folders = Vec::new();
    while let Some(argument) = arguments.next() {
        match (argument.to_str(), arguments.next()) {
            (Some("--fonts"), Some(folder)) => folders.push(PathBuf::from(folder)),
            _ => return Err(io::Error::other("yifa-press [--fonts FOLDER]…")),
        }
    }
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut fonts = Fonts::find(&folders);
    while let Some(frame) = wire::receive(&mut input)? {
        // Fonts may have been installed since.
        if fonts.is_err() {
            fonts = Fonts::find(&folders);
        }
        let request = serde_json::from_slice(&frame)?;
        answer(&request, fonts.as_ref(), &mut output)?;
    }
    Ok(())
}

fn answer(request: &Request, fonts: Result<&Fonts, &MissingFonts>, to: &mut impl Write) -> io::Result<()> {
    let fonts = match fonts {
        Ok(fonts) => fonts,
        Err(missing) => {
            return say(&Answer::FontsMissing { packages: missing.packages.clone() }, to);
        }
    };
    let made = match request {
        Request::Ready => return say(&Answer::Ready, to),
        Request::Paper(document) => typeset::paper(document, fonts),
        Request::Dossier(dossier) => {
            let mut broken = Ok(());
            let mut progress = |done, of| {
                if broken.is_ok() {
                    broken = say(&Answer::Progress { done, of }, to);
                }
            };
            let made = typeset::dossier(dossier, fonts, &mut progress);
            broken?;
            made
        }
    };
    match made {
        Ok((bytes, pages)) => {
            say(&Answer::File { pages }, to)?;
            wire::send(to, &bytes)
        }
        Err(Fault(why)) => say(&Answer::Failed { why }, to),
    }
}

fn say(answer: &Answer, to: &mut impl Write) -> io::Result<()> {
    wire::send(to, &serde_json::to_vec(answer)?)
}
