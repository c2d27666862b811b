use futures_util::stream::{self, StreamExt};
use std::time::Duration;
use tokio::time::{sleep, Instant};

async fn work(start: Instant, ms: u64) -> String {
    println!("{ms} begins at {}", start.elapsed().as_millis());
    sleep(Duration::from_millis(ms)).await;
    format!("{ms} at {}", start.elapsed().as_millis())
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let done: Vec<_> =
        stream::iter([30, 10, 20, 5]).map(|ms| work(start, ms)).buffer_unordered(2).collect().await;
    println!("{}", done.join(", "));
}
