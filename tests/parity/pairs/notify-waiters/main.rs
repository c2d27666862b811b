use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

const SPAN: Duration = Duration::from_millis(5);

async fn waits(notify: Arc<Notify>, name: &'static str) -> &'static str {
    notify.notified().await;
    name
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let notify = Arc::new(Notify::new());
    let before = notify.notified();
    let unused = notify.notified();
    notify.notify_waiters();
    let after = notify.notified();
    println!("{} {}", timeout(SPAN, before).await.is_ok(), timeout(SPAN, after).await.is_ok());
    drop(unused);
    let a = tokio::spawn(waits(notify.clone(), "a"));
    let b = tokio::spawn(waits(notify.clone(), "b"));
    sleep(Duration::from_millis(1)).await;
    notify.notify_one();
    notify.notify_waiters();
    println!("{} {}", a.await.unwrap(), b.await.unwrap());
    println!("{}", timeout(SPAN, notify.notified()).await.is_ok());
    notify.notify_one();
    notify.notify_waiters();
    println!("{}", timeout(SPAN, notify.notified()).await.is_ok());
}
