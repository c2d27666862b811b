use std::time::Duration;
use tokio::time::{interval, interval_at, sleep, timeout, Instant};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let ms = Duration::from_millis;
    let start = Instant::now();
    let at = || start.elapsed().as_millis();
    let mut later = interval_at(start + ms(30), ms(10));
    later.tick().await;
    later.tick().await;
    println!("later: {}", at());
    let mut past = interval_at(start, ms(25));
    let mut due = Vec::new();
    for _ in 0..3 {
        due.push(past.tick().await.duration_since(start).as_millis().to_string());
    }
    println!("past: {} at {}", due.join(" "), at());
    let mut beat = interval(ms(100));
    beat.tick().await;
    sleep(ms(30)).await;
    beat.reset();
    beat.tick().await;
    println!("reset: {}", at());
    for _ in 0..5 {
        tokio::select! {
            biased;
            _ = beat.tick() => {}
            () = sleep(ms(15)) => {}
        }
    }
    beat.tick().await;
    println!("lost five times: {}", at());
    let cut = timeout(ms(100), beat.tick()).await;
    println!("at the very instant: {} {}", if cut.is_ok() { "tick" } else { "elapsed" }, at());
}
