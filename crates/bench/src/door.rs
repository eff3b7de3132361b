//! The program over HTTP: a release binary serving a demonstration, signed-in officials posting acts on kept
//! connections, as browsers do.

use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use engine::{MatterId, Value};

use crate::{
    client::Client,
    machine::{cpu_ms, memory_mib},
    plan::{Plan, inputs},
    table::{Table, percentile},
    work,
};

const ACTS: usize = 10_000;

/// The server, stopped when dropped.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Measures start-up, acts, reading and memory over HTTP.
pub(crate) fn measure(
    plan: &Plan,
    program: &Path,
    folder: &Path,
    round: u32,
    table: &mut Table,
) -> anyhow::Result<()> {
    let data = folder.join(format!("door-{round}"));
    let runtime = tokio::runtime::Runtime::new()?;
    let (login, matters) = runtime.block_on(async {
        let (office, _, matters) = work::prepare(plan, &data).await?;
        anyhow::Ok((work::login(&office, plan, &plan.again).await?, matters))
    })?;
    drop(runtime);
    let host = format!("127.0.0.1:{}", TcpListener::bind("127.0.0.1:0")?.local_addr()?.port());
    let start = Instant::now();
    let mut command = Command::new(program);
    command.args(["serve", "--address", &host, "--data"]).arg(&data);
    let served = Served(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
    while Client::connect(&host).and_then(|mut it| it.get("/healthz")).is_err() {
        anyhow::ensure!(start.elapsed() < Duration::from_secs(30), "the server did not start");
        std::thread::sleep(Duration::from_millis(2));
    }
    let started = start.elapsed().as_secs_f64() * 1e3;
    let process = served.0.id();
    table.row(
        &format!("start-up to first answer, round {round}"),
        &format!("{started:.0} ms"),
        &format!("{} MiB resident", memory_mib(process)),
    );
    acts(plan, &host, process, &login, &matters, round, table)?;
    pages(&host, process, &login, round, table)?;
    let memory = format!("{} MiB resident", memory_mib(process));
    table.row(&format!("memory after round {round}"), &memory, "target 300 MB at 10⁶ matters");
    Ok(())
}

fn signed_in(host: &str, login: &(String, String)) -> anyhow::Result<Client> {
    let mut client = Client::connect(host)?;
    client.get("/login")?;
    let fields = [("name", &login.0), ("password", &login.1)];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.clone()));
    let (status, _) = client.post("/login", &fields)?;
    anyhow::ensure!(status == 303, "signing in gave {status}");
    Ok(client)
}

fn fields_of(plan: &Plan) -> Vec<(String, String)> {
    let given = inputs(&plan.procedure, &plan.again).fields;
    given.into_iter().map(|(key, value)| (format!("f.{key}"), words(&value))).collect()
}

fn words(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        other => other.as_option().or(other.as_text()).unwrap_or_default().to_owned(),
    }
}

fn acts(
    plan: &Plan,
    host: &str,
    process: u32,
    login: &(String, String),
    matters: &[MatterId],
    round: u32,
    table: &mut Table,
) -> anyhow::Result<()> {
    let place = office::demo::home()?;
    let mut clients = Vec::new();
    for mine in matters.chunks(matters.len() / work::WRITERS) {
        let mut client = signed_in(host, login)?;
        let path = |matter: &MatterId| format!("/work/m/{place}/{matter}/act/{}", plan.again.key);
        let paths: Vec<String> = mine.iter().map(path).collect();
        client.get(&paths[0])?;
        clients.push((client, paths));
    }
    let fields = fields_of(plan);
    let left = AtomicUsize::new(ACTS);
    let (start, cpu) = (Instant::now(), cpu_ms(process));
    let times: Vec<anyhow::Result<Vec<f64>>> = std::thread::scope(|scope| {
        let threads: Vec<_> = clients
            .into_iter()
            .map(|(mut client, paths)| {
                let (left, fields) = (&left, &fields);
                scope.spawn(move || {
                    let (mut times, mut turn) = (Vec::new(), paths.iter().cycle());
                    while left
                        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |it| it.checked_sub(1))
                        .is_ok()
                    {
                        let Some(path) = turn.next() else { break };
                        let begin = Instant::now();
                        let (status, body) = client.post(path, fields)?;
                        anyhow::ensure!(status == 303, "an act gave {status}: {body}");
                        times.push(begin.elapsed().as_secs_f64() * 1e3);
                    }
                    Ok(times)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|it| it.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a writer stopped"))))
            .collect()
    });
    let mut all = Vec::new();
    for times in times {
        all.extend(times?);
    }
    let acts = all.len() as f64;
    table.row(
        &format!("acts over HTTP, signed in, {} writers, SQLite FULL, round {round}", work::WRITERS),
        &format!(
            "{:.0} acts/s, {:.3} CPU ms of the server per act, p50 {:.1} ms, p99 {:.1} ms",
            acts / start.elapsed().as_secs_f64(),
            (cpu_ms(process) - cpu) / acts,
            percentile(&mut all, 50),
            percentile(&mut all, 99)
        ),
        "targets 2,500 acts/s, 0.4 CPU ms, p99 60 ms; Open Zaak 150 CPU ms, raw PostgreSQL 0.25",
    );
    Ok(())
}

fn pages(
    host: &str,
    process: u32,
    login: &(String, String),
    round: u32,
    table: &mut Table,
) -> anyhow::Result<()> {
    let mut client = signed_in(host, login)?;
    for path in ["/", "/work", "/work/figures"] {
        let cpu = cpu_ms(process);
        let mut times = Vec::new();
        for _ in 0..200 {
            let begin = Instant::now();
            let (status, _) = client.get(path)?;
            anyhow::ensure!(status == 200, "{path} gave {status}");
            times.push(begin.elapsed().as_secs_f64() * 1e3);
        }
        table.row(
            &format!("page {path}, round {round}"),
            &format!(
                "p50 {:.1} ms, p99 {:.1} ms, {:.2} CPU ms",
                percentile(&mut times, 50),
                percentile(&mut times, 99),
                (cpu_ms(process) - cpu) / 200.0
            ),
            "target 60 ms p99",
        );
    }
    Ok(())
}
