use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

const SPAN: Duration = Duration::from_millis(5);

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let notify = Arc::new(Notify::new());
    notify.notify_one();
    notify.notify_one();
    println!("{}", timeout(SPAN, notify.notified()).await.is_ok());
    println!("{}", timeout(SPAN, notify.notified()).await.is_ok());

    let order = Arc::new(Mutex::new(String::new()));
    let mut tasks = Vec::new();
    for name in ["a", "b", "c"] {
        let (notify, order) = (notify.clone(), order.clone());
        tasks.push(tokio::spawn(async move {
            notify.notified().await;
            order.lock().unwrap().push_str(name);
        }));
        sleep(Duration::from_millis(1)).await;
    }
    let [a, b, c]: [_; 3] = tasks.try_into().unwrap();
    notify.notify_one();
    a.await.unwrap();
    println!("{}", order.lock().unwrap());
    b.abort();
    notify.notify_one();
    let _ = b.await;
    c.await.unwrap();
    println!("{}", order.lock().unwrap());
    let made = notify.notified();
    notify.notify_one();
    let second = notify.notified();
    println!("{} {}", timeout(SPAN, second).await.is_ok(), timeout(SPAN, made).await.is_ok());
}
