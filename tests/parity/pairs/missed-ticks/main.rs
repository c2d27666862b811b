use std::time::Duration;
use tokio::time::{advance, interval, Instant, MissedTickBehavior};

async fn take(name: &str, behavior: MissedTickBehavior, busy: &[u64]) {
    let start = Instant::now();
    let mut beat = interval(Duration::from_millis(100));
    beat.set_missed_tick_behavior(behavior);
    let mut seen = Vec::new();
    for ms in busy {
        advance(Duration::from_millis(*ms)).await;
        let due = beat.tick().await;
        seen.push(format!(
            "{}@{}",
            due.duration_since(start).as_millis(),
            start.elapsed().as_millis()
        ));
    }
    println!("{name} {}", seen.join(" "));
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for (name, behavior) in [
        ("burst", MissedTickBehavior::Burst),
        ("delay", MissedTickBehavior::Delay),
        ("skip", MissedTickBehavior::Skip),
    ] {
        take(name, behavior, &[0, 250, 0, 0, 0]).await;
        take(name, behavior, &[0, 105, 0]).await;
        take(name, behavior, &[0, 106, 0]).await;
        take(name, behavior, &[0, 200, 0, 100, 0]).await;
        take(name, behavior, &[50, 0, 350, 0, 0, 0]).await;
        take(name, behavior, &[0, 30, 99, 1, 100]).await;
    }
}
