use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Semaphore, TryAcquireError};
use tokio::time::sleep;

fn show<T>(result: Result<T, TryAcquireError>) -> &'static str {
    match result {
        Ok(_) => "taken",
        Err(TryAcquireError::NoPermits) => "no-permits",
        Err(TryAcquireError::Closed) => "closed",
    }
}

async fn take(permits: Arc<Semaphore>, order: Arc<Mutex<Vec<&'static str>>>, name: &'static str, n: u32) {
    let got = permits.acquire_many(n).await;
    order.lock().unwrap().push(name);
    drop(got);
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let permits = Arc::new(Semaphore::new(3));
    let order = Arc::new(Mutex::new(Vec::new()));
    let held = permits.try_acquire_many(2);
    let large = tokio::spawn(take(permits.clone(), order.clone(), "large", 3));
    sleep(Duration::from_millis(1)).await;
    let small = tokio::spawn(take(permits.clone(), order.clone(), "small", 1));
    sleep(Duration::from_millis(1)).await;
    println!("free {}", permits.available_permits());
    println!("{}", show(permits.try_acquire()));
    permits.add_permits(1);
    sleep(Duration::from_millis(1)).await;
    println!("order {}, free {}", order.lock().unwrap().join(" "), permits.available_permits());
    drop(held);
    large.await.unwrap();
    small.await.unwrap();
    println!("order {}, free {}", order.lock().unwrap().join(" "), permits.available_permits());
    println!("{}", show(permits.try_acquire_many(5)));
}
