use std::future::Future;
use std::time::Duration;
use tokio::time::{sleep, Instant};
use tokio_util::sync::CancellationToken;

struct Note {
    end: &'static str,
    start: Instant,
}

impl Drop for Note {
    fn drop(&mut self) {
        println!("{} at {}", self.end, self.start.elapsed().as_millis());
    }
}

async fn work(start: Instant, stop: CancellationToken, ms: u64) -> &'static str {
    let mut note = Note { end: "dropped", start };
    sleep(Duration::from_millis(ms)).await;
    stop.cancel();
    note.end = "done";
    "value"
}

/// What newer versions document of their method by this name.
async fn run_until_cancelled<T>(stop: &CancellationToken, future: impl Future<Output = T>) -> Option<T> {
    if stop.is_cancelled() {
        return None;
    }
    tokio::select! {
        biased;
        value = future => Some(value),
        () = stop.cancelled() => None,
    }
}

async fn at(start: Instant, stop: CancellationToken, ms: u64) -> &'static str {
    run_until_cancelled(&stop, work(start, stop.clone(), ms)).await.unwrap_or("cancelled")
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let stop = CancellationToken::new();
    let child = stop.child_token();
    let own = stop.clone();
    let other = tokio::spawn(async move {
        sleep(Duration::from_millis(10)).await;
        own.cancel();
    });
    let both = run_until_cancelled(&child, work(start, CancellationToken::new(), 10)).await;
    println!("{}", both.unwrap_or("cancelled"));
    other.await.unwrap();
    println!("{}", at(start, stop, 0).await);
    println!("{}", at(start, CancellationToken::new(), 0).await);
    println!("{}", at(start, CancellationToken::new(), 5).await);
}
