use std::time::Duration;
use tokio::time::{sleep, sleep_until, timeout_at, Instant};

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let at = || start.elapsed().as_millis();
    let nap = sleep(ms(10));
    sleep(ms(30)).await;
    nap.await;
    println!("past already: {}", at());
    sleep_until(start).await;
    println!("before the beginning: {}", at());
    tokio::join!(sleep(ms(10)), sleep(ms(30)), sleep(ms(20)));
    println!("together: {}", at());
    let cut = timeout_at(start + ms(50), sleep(ms(100))).await;
    println!("a deadline that is past: {} {}", cut.is_ok(), at());
    sleep(ms(0)).await;
    println!("nothing: {}", at());
    futures_util::future::join_all(Vec::<tokio::time::Sleep>::new()).await;
    println!("nobody: {}", at());
}
