use std::time::Duration;
use tokio::task::JoinError;
use tokio::time::{sleep, Instant};

struct Noted(&'static str, Instant);

impl Drop for Noted {
    fn drop(&mut self) {
        println!("{} dropped at {}", self.0, self.1.elapsed().as_millis());
    }
}

async fn inner(start: Instant) {
    let _third = Noted("third", start);
    sleep(Duration::from_millis(100)).await;
}

async fn outer(start: Instant) {
    let _first = Noted("first", start);
    let _second = Noted("second", start);
    inner(start).await;
}

fn show(error: JoinError) -> &'static str {
    if error.is_cancelled() {
        "cancelled"
    } else {
        "panicked"
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let task = tokio::spawn(outer(start));
    sleep(Duration::from_millis(5)).await;
    task.abort();
    println!("asked, finished: {}", task.is_finished());
    println!("{}", task.await.map_or_else(show, |()| "ended"));

    let quick = tokio::spawn(async { 7 });
    sleep(Duration::from_millis(1)).await;
    quick.abort();
    println!("{}", quick.await.map_or_else(|e| show(e).to_string(), |v| format!("too late: {v}")));

    let twice = tokio::spawn(outer(start));
    sleep(Duration::from_millis(1)).await;
    twice.abort();
    twice.abort();
    sleep(Duration::from_millis(1)).await;
    println!("finished: {}", twice.is_finished());
    twice.abort();
    println!("{}", twice.await.map_or_else(show, |()| "ended"));
}
