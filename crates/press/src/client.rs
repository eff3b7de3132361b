//! The client: one process for papers, one for case files, each started when first needed.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::Duration,
};

use papers::Document;

use crate::{
    error::PressError,
    wire::{self, Answer, Dossier, Request},
};

/// Where the press is and how long it may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The program.
    pub program: PathBuf,
    /// Folders of fonts beside the usual ones.
    pub fonts: Vec<PathBuf>,
    /// How long the next answer may take; reading the fonts at the start is part of it.
    pub patience: Duration,
}

impl Settings {
    /// The program beside the one that runs, fonts in `fonts` beside it or above it, thirty seconds.
    pub fn usual() -> Self {
        let name = format!("yifa-press{}", std::env::consts::EXE_SUFFIX);
        let here = std::env::current_exe().ok().and_then(|it| Some(it.parent()?.to_owned()));
        let here = here.unwrap_or_default();
        let above = here.parent().map(|it| it.join("fonts"));
        let fonts = [here.join("fonts")].into_iter().chain(above).collect();
        Self { program: here.join(name), fonts, patience: Duration::from_secs(30) }
    }
}

/// The press as the rest of the house sees it. Calls wait for one another; call it where waiting is allowed.
#[derive(Debug)]
pub struct Press {
    settings: Settings,
    papers: Mutex<Option<Worker>>,
    dossiers: Mutex<Option<Worker>>,
}

/// A file made, and its number of pages.
type Made = (Vec<u8>, usize);

impl Press {
    /// A press that is not started yet.
    pub fn new(settings: Settings) -> Self {
        Self { settings, papers: Mutex::new(None), dossiers: Mutex::new(None) }
    }

    /// Starts it if need be and asks whether it can work.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn ready(&self) -> Result<(), PressError> {
        self.ask(&self.papers, &Request::Ready, &mut |_, _| {}).map(|_| ())
    }

    /// A paper as PDF.
    ///
    /// # Errors
    /// Why there is none now.
    pub fn paper(&self, document: &Document) -> Result<Vec<u8>, PressError> {
        let request = Request::Paper(Box::new(document.clone()));
        self.ask(&self.papers, &request, &mut |_, _| {}).map(|it| it.0)
    }

    /// A case file as PDF and its number of pages; `progress` hears how many parts are done, of how many.
    ///
    /// # Errors
    /// Why there is none now.
    pub fn dossier(
        &self,
        dossier: &Dossier,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Made, PressError> {
        self.ask(&self.dossiers, &Request::Dossier(Box::new(dossier.clone())), progress)
    }

    fn ask(
        &self,
        lane: &Mutex<Option<Worker>>,
        request: &Request,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Made, PressError> {
        let mut lane = lane.lock().unwrap_or_else(PoisonError::into_inner);
        // A process that ended since its last answer is replaced; one that ends now is reported.
        if lane.as_mut().is_none_or(|it| !it.lives()) {
            *lane = Some(Worker::start(&self.settings)?);
        }
        let Some(worker) = lane.as_mut() else { return Err(PressError::Died) };
        let made = worker.ask(request, self.settings.patience, progress);
        if matches!(made, Err(PressError::TimedOut { .. } | PressError::Died)) {
            *lane = None;
        }
        made
    }
}

/// A running process.
#[derive(Debug)]
struct Worker {
    child: Child,
    requests: Sender<Vec<u8>>,
    frames: Receiver<Vec<u8>>,
}

impl Worker {
    fn start(settings: &Settings) -> Result<Self, PressError> {
        let looked = || PressError::NotThere { looked: settings.program.display().to_string() };
        let mut command = Command::new(&settings.program);
        command.args(settings.fonts.iter().flat_map(|it| ["--fonts".as_ref(), it.as_os_str()]));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().map_err(|_| looked())?;
        let (Some(mut input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(PressError::Died);
        };
        let (send, frames) = channel();
        let (requests, wanted) = channel::<Vec<u8>>();
        // Writing and reading have threads of their own, so that waiting for an answer can have an end, also if the
        // process does not even read.
        thread::spawn(move || {
            while let Ok(bytes) = wanted.recv() {
                if wire::send(&mut input, &bytes).is_err() {
                    break;
                }
            }
        });
        thread::spawn(move || {
            while let Ok(Some(frame)) = wire::receive(&mut output) {
                if send.send(frame).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, requests, frames })
    }

    fn lives(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    fn ask(
        &mut self,
        request: &Request,
        patience: Duration,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Made, PressError> {
        let bytes = serde_json::to_vec(request).map_err(|it| PressError::Failed { why: it.to_string() })?;
        self.requests.send(bytes).map_err(|_| PressError::Died)?;
        loop {
            let answer = self.next(patience)?;
            let answer = serde_json::from_slice(&answer).map_err(|_| PressError::Died)?;
            match answer {
                Answer::Ready => return Ok((Vec::new(), 0)),
                Answer::Progress { done, of } => progress(done, of),
                Answer::File { pages } => return Ok((self.next(patience)?, pages)),
                Answer::FontsMissing { packages } => return Err(PressError::FontsMissing { packages }),
                Answer::Failed { why } => return Err(PressError::Failed { why }),
            }
        }
    }

    fn next(&self, patience: Duration) -> Result<Vec<u8>, PressError> {
        self.frames.recv_timeout(patience).map_err(|error| match error {
            RecvTimeoutError::Timeout => PressError::TimedOut { after: patience },
            RecvTimeoutError::Disconnected => PressError::Died,
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // The process may have ended by itself; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
