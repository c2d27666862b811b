use futures_util::stream::{self, StreamExt};
use std::time::Duration;
use tokio::time::{sleep, Instant};

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

async fn work(start: Instant, ms: u64) -> u64 {
    let mut note = Note { ms, end: "dropped", start };
    sleep(Duration::from_millis(ms)).await;
    note.end = "done";
    ms
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let done: Vec<_> = stream::iter([30, 10, 20, 5])
        .map(|ms| work(start, ms))
        .buffer_unordered(2)
        .take(2)
        .map(|ms| ms.to_string())
        .collect()
        .await;
    println!("{} {}", done.join(", "), start.elapsed().as_millis());
}
