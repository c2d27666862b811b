use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

async fn waits(notify: Arc<Notify>) -> &'static str {
    match timeout(Duration::from_millis(50), notify.notified()).await {
        Ok(()) => "notified",
        Err(_) => "elapsed",
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let span = Duration::from_millis(1);
    let notify = Arc::new(Notify::new());
    let first = tokio::spawn(waits(notify.clone()));
    sleep(span).await;
    let second = tokio::spawn(waits(notify.clone()));
    sleep(span).await;
    notify.notify_waiters();
    first.abort();
    sleep(span).await;
    let third = tokio::spawn(waits(notify.clone()));
    let (_, b, c) = tokio::join!(first, second, third);
    println!("{} {}", b.unwrap(), c.unwrap());

    let gave_up = tokio::spawn(waits(notify.clone()));
    sleep(span).await;
    notify.notify_one();
    gave_up.abort();
    let _ = gave_up.await;
    println!("passed on: {}", waits(notify.clone()).await);
    println!("once: {}", waits(notify).await);
}
