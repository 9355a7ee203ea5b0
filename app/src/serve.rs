//! Serving a province over HTTP, with or without TLS of its own.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::extract::Request;
use base::SystemClock;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use metrics_exporter_prometheus::PrometheusBuilder;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use store::Kind;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tower::Service;
use web::Secure;

use crate::assemble::{self, Program};
use crate::folder::Folder;
use crate::place::{Place, told};
use crate::work::Worker;
use crate::{demo, health, work};

/// A province that is open, and the folder this process holds.
pub(crate) struct Opened {
    pub(crate) program: Program,
    _folder: Folder,
}

/// Opens a real province for `serve` and `work`.
pub(crate) async fn open(place: &Place, public_url: String, trusted_proxies: Vec<String>) -> Result<Opened> {
    if Folder::is_demo(&place.data) {
        bail!("{} is a demo province: `tinhso demo` serves it, `serve` and `work` never do", place.data.display());
    }
    let location = place.location()?;
    let folder = Folder::open(&place.data, place.database_url.is_none())?;
    let store = assemble::connect(&location).await?;
    let lacking = work::pending(&store).await?;
    if !lacking.is_empty() {
        bail!("the database is of an older shape: run `tinhso migrate` first ({} steps)", lacking.len());
    }
    if demo::is_marked(&store).await? {
        bail!("the database is a demo province's: `tinhso demo` serves it, `serve` and `work` never do");
    }
    let program = assemble::real(store, &folder, public_url, trusted_proxies).await?;
    Ok(Opened { program, _folder: folder })
}

pub(crate) async fn run(
    place: &Place,
    listen: SocketAddr,
    public_url: String,
    tls: Option<(PathBuf, PathBuf)>,
    trusted: Vec<IpAddr>,
) -> Result<ExitCode> {
    let opened = open(place, public_url, trusted.iter().map(ToString::to_string).collect()).await?;
    let worker = (opened.program.app.store.kind() == Kind::Sqlite).then(|| Worker::new(&opened.program));
    let tls = tls.map(|(certificate, key)| acceptor(&certificate, &key)).transpose()?;
    http(&opened.program, listen, tls, trusted, worker).await?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn migrate(place: &Place, json: bool) -> Result<ExitCode> {
    let location = place.location()?;
    let _folder = Folder::open(&place.data, place.database_url.is_none())?;
    let store = assemble::connect(&location).await?;
    let all = assemble::migrations(&crate::systems::all());
    let taken = store.migrate(&all, base::Clock::now(&SystemClock)).await.map_err(told)?;
    store.close().await.map_err(told)?;
    if json {
        println!("{}", serde_json::json!({ "taken": taken }));
    } else {
        for step in &taken {
            println!("{step}");
        }
        println!("{} steps taken", taken.len());
    }
    Ok(ExitCode::SUCCESS)
}

/// Turns to `true` when the process is asked to end.
pub(crate) fn stop_signal() -> Result<watch::Receiver<bool>> {
    let (send, receive) = watch::channel(false);
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        // Nobody listens any more when the program is already ending.
        let _ = send.send(true);
    });
    Ok(receive)
}

fn acceptor(certificate: &std::path::Path, key: &std::path::Path) -> Result<TlsAcceptor> {
    let chain: Vec<CertificateDer> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .with_context(|| format!("{} holds no certificates", certificate.display()))?;
    let key = PrivateKeyDer::from_pem_file(key).with_context(|| format!("{} holds no key", key.display()))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Answers requests, and does the work of `work` beside them if told to, until the process is asked to end.
pub(crate) async fn http(
    program: &Program,
    listen: SocketAddr,
    tls: Option<TlsAcceptor>,
    trusted: Vec<IpAddr>,
    worker: Option<Worker>,
) -> Result<()> {
    let metrics = PrometheusBuilder::new().install_recorder().context("metrics")?;
    let router = web::router(&program.app, &program.systems).merge(health::router(program.app.clone(), metrics));
    let listener = TcpListener::bind(listen).await.with_context(|| format!("{listen} cannot be listened on"))?;
    let stop = stop_signal()?;
    let work = worker.map(|worker| tokio::spawn(worker.until(stop.clone())));
    println!("Tỉnh Số: http{}://{}", if tls.is_some() { "s" } else { "" }, listener.local_addr()?);
    accept(listener, router, tls, Arc::new(trusted), stop).await;
    if let Some(work) = work {
        work.await?;
    }
    program.app.store.clone().close().await.map_err(told)
}

async fn accept(
    listener: TcpListener,
    router: Router,
    tls: Option<TlsAcceptor>,
    trusted: Arc<Vec<IpAddr>>,
    mut stop: watch::Receiver<bool>,
) {
    let connections = hyper_util::server::graceful::GracefulShutdown::new();
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file handles, or the peer was gone at once: others may still be served.
                    tracing::warn!(%error, "A connection was not accepted");
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    continue;
                }
            },
            _ = stop.changed() => break,
        };
        let (router, tls, trusted, watcher) = (router.clone(), tls.clone(), trusted.clone(), connections.watcher());
        tokio::spawn(async move {
            if let Err(error) = serve_one(stream, peer, router, tls, &trusted, watcher).await {
                tracing::debug!(%error, "A connection ended early");
            }
        });
    }
    tokio::select! {
        () = connections.shutdown() => {}
        () = tokio::time::sleep(std::time::Duration::from_secs(10)) => {}
    }
}

async fn serve_one(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    tls: Option<TlsAcceptor>,
    trusted: &Arc<Vec<IpAddr>>,
    watcher: hyper_util::server::graceful::Watcher,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    stream.set_nodelay(true)?;
    let (secure, trusted) = (tls.is_some(), trusted.clone());
    let service = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut request = request.map(axum::body::Body::new);
        mark_origin(&mut request, peer.ip(), secure, &trusted);
        router.clone().call(request)
    });
    let builder = Builder::new(TokioExecutor::new());
    match tls {
        Some(tls) => {
            let stream = TokioIo::new(tls.accept(stream).await?);
            watcher.watch(builder.serve_connection(stream, service).into_owned()).await
        }
        None => watcher.watch(builder.serve_connection(TokioIo::new(stream), service).into_owned()).await,
    }
}

/// Who is at the other end: the peer, or what a trusted proxy says of it.
fn mark_origin(request: &mut Request, peer: IpAddr, secure: bool, trusted: &[IpAddr]) {
    let peer = peer.to_canonical();
    let (mut address, mut secure) = (peer, secure);
    if trusted.contains(&peer) {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
        if let Some(told) = header("x-forwarded-for").and_then(|list| list.rsplit(',').next()?.trim().parse().ok()) {
            address = told;
        }
        secure = header("x-forwarded-proto") == Some("https");
    }
    request.extensions_mut().insert(address);
    request.extensions_mut().insert(Secure(secure));
}
