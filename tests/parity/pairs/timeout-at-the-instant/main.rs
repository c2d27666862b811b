use std::future::Future;
use std::time::Duration;
use tokio::time::{sleep, timeout, Instant};

struct Note {
    ms: u64,
    end: &'static str,
    start: Instant,
}

impl Drop for Note {
    fn drop(&mut self) {
        println!("{} {} at {}", self.ms, self.end, self.start.elapsed().as_millis());
    }
}

async fn work(start: Instant, ms: u64) -> String {
    let mut note = Note { ms, end: "dropped", start };
    sleep(Duration::from_millis(ms)).await;
    note.end = "done";
    format!("value of {ms}")
}

async fn now() -> String {
    "at once".to_string()
}

async fn show(ms: u64, future: impl Future<Output = String>) {
    match timeout(Duration::from_millis(ms), future).await {
        Ok(value) => println!("{value}"),
        Err(_) => println!("elapsed"),
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let ms = Duration::from_millis;
    show(10, work(start, 9)).await;
    show(10, work(start, 10)).await;
    show(10, work(start, 11)).await;
    show(0, now()).await;
    show(0, work(start, 0)).await;
    show(0, work(start, 1)).await;
    let early = timeout(ms(5), work(start, 3));
    sleep(ms(20)).await;
    match early.await {
        Ok(value) => println!("{value}"),
        Err(_) => println!("elapsed"),
    }
    match timeout(ms(10), timeout(ms(10), work(start, 20))).await {
        Ok(Ok(_)) => println!("value"),
        Ok(Err(_)) => println!("inner"),
        Err(_) => println!("outer"),
    }
}
